using System.Diagnostics;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>A disk inside a file. A copy of that file is the disk as it is after a power cut: what the system had not yet written is not in it.</summary>
public sealed class LoopDisk : IAsyncDisposable
{
    private readonly string images = Directory.CreateTempSubdirectory("classhub-image-").FullName;
    private Disk? disk;

    private string Image => Path.Combine(images, "disk");
    public string Folder => disk!.Folder;

    public static async Task<LoopDisk> NewAsync(int megabytes)
    {
        var loop = new LoopDisk();
        try
        {
            using (var file = File.Create(loop.Image)) file.SetLength(megabytes * 1_048_576L);
            await Command.RunAsync("mkfs.ext4", "-q", loop.Image);
            loop.disk = await Disk.MountAsync("-o", "loop", loop.Image);
        }
        catch
        {
            await loop.DisposeAsync();
            throw;
        }
        return loop;
    }

    /// <summary>The power goes at this moment, for this process if one is given; what is left of the disk is opened beside it, and afterwards all goes on.</summary>
    public async Task<Disk> CutAsync(int? processId)
    {
        var cut = Path.Combine(images, "cut");
        if (processId is { } id) await Command.RunAsync("kill", "-STOP", $"{id}");
        try
        {
            // A disk that was written to while it was copied is none that ever was.
            var device = Path.GetFileName((await Command.RunAsync("losetup", "-n", "-O", "NAME", "-j", Image)).Trim());
            string before;
            var watch = Stopwatch.StartNew();
            do
            {
                if (watch.Elapsed > TimeSpan.FromMinutes(1)) throw new TimeoutException("The disk never stood still.");
                before = await WrittenAsync(device);
                await Command.RunAsync("cp", "--sparse=always", Image, cut);
            }
            while (before != await WrittenAsync(device));
        }
        finally { if (processId is { } stopped) await Command.RunAsync("kill", "-CONT", $"{stopped}"); }
        return await Disk.MountAsync("-o", "loop", cut);
    }

    /// <summary>Writes completed, sectors written, requests on their way, flushes.</summary>
    private static async Task<string> WrittenAsync(string device)
    {
        var numbers = (await File.ReadAllTextAsync($"/sys/block/{device}/stat")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', numbers[4], numbers[6], numbers[8], numbers.Length > 15 ? numbers[15].Trim() : "");
    }

    public async ValueTask DisposeAsync()
    {
        if (disk is not null) await disk.DisposeAsync();
        Directory.Delete(images, recursive: true);
    }
}
