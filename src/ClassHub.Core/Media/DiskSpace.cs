namespace ClassHub.Media;

/// <summary>What is left on the disk of the data folder, in bytes.</summary>
public readonly record struct DiskSpace(long Free, long Total)
{
    /// <summary>Less than a tenth: the office is warned.</summary>
    public bool IsLow => Free < Total / 10;
    /// <summary>Less than a twentieth: the office gets a message, and small disks take no more files.</summary>
    public bool IsNearlyFull => Free < Total / 20;

    /// <summary>None where the system does not tell.</summary>
    public static DiskSpace? Of(string folder)
    {
        try
        {
            var disk = new DriveInfo(folder);
            return new(disk.AvailableFreeSpace, disk.TotalSize);
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException) { return null; }
    }
}

/// <summary>The disk that holds the data folder. On one that is full a little is still there for those who sign in: a file that only keeps space, and gives it
/// up bit by bit.</summary>
public sealed class SchoolDisk(string folder)
{
    private const long Kept = 16_000_000, AtOnce = 512_000;
    private readonly Lock giving = new();
    private string Reserve => Path.Combine(folder, "reserve");

    public DiskSpace? Space => DiskSpace.Of(folder);

    /// <summary>What a technician must do before the folder can be written into; none when it can. A full disk is no reason not to start.</summary>
    public static string? ProblemWith(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            new FileStream(Path.Combine(folder, "." + RandomKey.Hex()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1,
                FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException || (problem is IOException other && !DurableFile.IsFull(other)))
        {
            return $"ClassHub cannot write into its data folder {folder} ({problem.Message}). " +
                "Give that folder to the user who runs ClassHub, or name another one in ClassHub:DataFolder.";
        }
    }

    /// <summary>Keeps the space, if there is plenty.</summary>
    public void KeepReserve()
    {
        lock (giving)
        {
            if (Space is not { IsLow: false } || new FileInfo(Reserve) is { Exists: true, Length: >= Kept }) return;
            using var file = DurableFile.CreatePrivate(Reserve);
            // Written, because a length alone keeps nothing.
            var block = new byte[65_536];
            while (file.Length < Kept) file.Write(block);
        }
    }

    /// <summary>Gives up some of it; false when nothing is left.</summary>
    public bool GiveUpSome()
    {
        lock (giving)
        {
            if (!File.Exists(Reserve)) return false;
            using var file = new FileStream(Reserve, FileMode.Open, FileAccess.Write, FileShare.Read);
            if (file.Length == 0) return false;
            file.SetLength(Math.Max(0, file.Length - AtOnce));
            return true;
        }
    }
}
