using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ClassHub.Media;

/// <summary>Bytes that survive a power cut. .NET's own flush reports no failed fsync on Linux, and its rename does not sync the folder, so we ask the system ourselves.</summary>
internal static partial class DurableFile
{
    private const int ReadOnlyDirectory = 0x10000;     // O_RDONLY | O_DIRECTORY
    private const int NoSpace = 28, NoSpaceOnWindows = unchecked((int)0x80070070);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FsyncDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);

    /// <exception cref="IOException">The system did not confirm the write: it must count as lost.</exception>
    public static void Sync(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows()) RandomAccess.FlushToDisk(file);
        else if (Fsync(file) != 0) throw Failed("The file was not saved");
    }

    /// <summary>Gives the finished file its name and makes the name itself durable.</summary>
    public static void Publish(string from, string to)
    {
        if (OperatingSystem.IsWindows()) { File.Move(from, to); return; }
        if (Rename(from, to) != 0) throw Failed("The file was not saved");
        SyncFolder(Path.GetDirectoryName(to)!);
    }

    /// <summary>A new file that only the program's own user may read, in place of one that was left half-written. Nobody else can open it meanwhile.</summary>
    public static FileStream CreatePrivate(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }

    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, ReadOnlyDirectory);
        if (descriptor < 0) throw Failed("The folder of the files cannot be opened");
        try { if (FsyncDescriptor(descriptor) != 0) throw Failed("The file was not saved"); }
        finally { _ = Close(descriptor); }
    }

    /// <summary>Whether the disk had no space for it.</summary>
    public static bool IsFull(IOException problem) => problem.HResult is NoSpace or NoSpaceOnWindows;

    private static IOException Failed(string what)
    {
        var error = Marshal.GetLastPInvokeError();
        return new($"{what}: {new Win32Exception(error).Message}.", error);
    }
}
