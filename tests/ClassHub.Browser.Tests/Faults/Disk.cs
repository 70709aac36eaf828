namespace ClassHub.Browser.Tests.Faults;

/// <summary>A disk of its own, gone afterwards.</summary>
public sealed class Disk : IAsyncDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("classhub-disk-").FullName;
    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>A small one in memory, to be filled.</summary>
    public static Task<Disk> SmallAsync(int megabytes) => MountAsync("-t", "tmpfs", "-o", $"size={megabytes}m", "classhub");

    public static async Task<Disk> MountAsync(params string[] what)
    {
        var disk = new Disk();
        try { await Command.RunAsync("mount", [.. what, disk.Folder]); }
        catch
        {
            Directory.Delete(disk.Folder);
            throw;
        }
        return disk;
    }

    /// <summary>Something else takes the space, all but so many bytes; 0 means that nothing more can be written.</summary>
    public void LeaveFree(long bytes)
    {
        using var ballast = new FileStream(Ballast, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        ballast.Seek(0, SeekOrigin.End);
        try
        {
            while (new DriveInfo(Folder).AvailableFreeSpace > bytes) ballast.Write(block);
        }
        catch (IOException) when (bytes == 0) { /* somebody else took the last of it */ }
    }

    public void MakeRoom() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        try { await Command.RunAsync("umount", Folder); }
        catch (InvalidOperationException) { await Command.RunAsync("umount", "-l", Folder); }
        Directory.Delete(Folder);
    }
}
