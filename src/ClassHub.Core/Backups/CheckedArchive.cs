using System.IO.Compression;
using System.Text.Json;
using ClassHub.Database;
using ClassHub.Media;

namespace ClassHub.Backups;

/// <summary>An archive of which every byte has been compared with what it says of itself. Only such a one is unpacked.</summary>
public sealed class CheckedArchive : IDisposable
{
    private readonly FileStream file;
    private readonly ZipArchive zip;

    public Manifest Manifest { get; }

    private CheckedArchive(FileStream file, ZipArchive zip, Manifest manifest) => (this.file, this.zip, Manifest) = (file, zip, manifest);

    public void Dispose()
    {
        zip.Dispose();
        file.Dispose();
    }

    /// <exception cref="RuleBroken">It is damaged, cut short, or not one of ours.</exception>
    public static async Task<CheckedArchive> OpenAsync(string path, CancellationToken stop)
    {
        if (!File.Exists(path)) throw new RuleBroken($"There is no file {path}.");
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 81_920, useAsync: true);
        ZipArchive? zip = null;
        try
        {
            await Seal.MustHoldAsync(file, stop);
            zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var manifest = await ManifestOfAsync(zip, stop);
            await MustBeAsSaidAsync(zip, manifest, stop);
            return new(file, zip, manifest);
        }
        catch (Exception problem)
        {
            zip?.Dispose();
            await file.DisposeAsync();
            if (problem is InvalidDataException or JsonException or EndOfStreamException) throw Seal.Broken();
            throw;
        }
    }

    private static async Task<Manifest> ManifestOfAsync(ZipArchive zip, CancellationToken stop)
    {
        if (zip.Entries.Count == 0 || zip.Entries[^1].FullName != Manifest.EntryName) throw new RuleBroken("This is not a backup of ClassHub: it has no list of what it holds.");
        await using var words = await zip.Entries[^1].OpenAsync(stop);
        var manifest = await Manifest.ReadAsync(words, stop);
        if (manifest?.Format > Manifest.NewestFormat) throw new RuleBroken("This backup was made by a newer ClassHub. Install that version first.");
        return manifest is { Format: > 0, IsSound: true } ? manifest : throw new RuleBroken("This is not a backup of ClassHub: its list names what a backup does not hold.");
    }

    /// <summary>Each entry is named, each name is an entry, and the bytes are the ones that were written.</summary>
    private static async Task MustBeAsSaidAsync(ZipArchive zip, Manifest manifest, CancellationToken stop)
    {
        var said = manifest.Entries.ToDictionary(e => e.Name);
        var there = zip.Entries.SkipLast(1).ToList();
        if (there.Count != said.Count || !said.Keys.ToHashSet().SetEquals(there.Select(e => e.FullName)))
            throw new RuleBroken("This backup holds something else than its list says, so it is not believed.");
        foreach (var entry in there)
        {
            var (_, size, sha256) = said[entry.FullName];
            await using var content = await entry.OpenAsync(stop);
            if (entry.Length != size || await Bytes.ReadAsync(content, null, stop) != new Bytes(size, sha256)) throw Seal.Broken();
        }
    }

    /// <summary>Opens an entry that the manifest names.</summary>
    public Task<Stream> ReadAsync(Manifest.Entry entry, CancellationToken stop) => zip.GetEntry(entry.Name)!.OpenAsync(stop);

    /// <summary>Writes the snapshot of the database into a file of its own, durably, and has the engine look at it.</summary>
    /// <exception cref="RuleBroken">The engine finds it broken.</exception>
    public async Task UnpackDatabaseAsync(string to, CancellationToken stop)
    {
        await using (var database = DurableFile.CreatePrivate(to))
        {
            await using var content = await ReadAsync(Manifest.Database, stop);
            await content.CopyToAsync(database, stop);
            DurableFile.Sync(database.SafeFileHandle);
        }
        if (await Snapshot.ProblemInAsync(Manifest.Engine, to, stop) is { } problem) throw new RuleBroken($"The database in this backup is damaged: {problem}.");
    }
}
