using System.Runtime.InteropServices;

namespace ClassHub.Media;

/// <summary>What the school keeps on the disk is for the program's own user alone.</summary>
public static partial class OwnFiles
{
    /// <summary>From now on every file and folder that this program, its engine or its children make is closed to others (umask 077).</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsWindows()) _ = SetMask(0x3F);
    }

    /// <summary>A folder from before, and the database in it, are closed too. Where they belong to another user, that user decides.</summary>
    public static void Close(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var file in Directory.EnumerateFiles(folder, "classhub.db*")) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or IOException) { }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetMask(uint mask);
}
