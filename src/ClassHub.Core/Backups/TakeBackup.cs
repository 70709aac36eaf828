using System.IO.Compression;
using ClassHub.Database;
using ClassHub.Media;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Backups;

/// <summary>What was written, and the files for which the school should look elsewhere.</summary>
public sealed record BackupMade(Manifest Manifest, long Size, IReadOnlyList<Snapshot.FileRow> Bad);

/// <summary>Writes the whole school into one archive while it works on: the database as it is at one moment, then every file that its rows name. Files never change once they have their name.</summary>
public sealed class TakeBackup(ClassHubDb db, IFileStore store, Archives archives, TimeProvider clock)
{
    /// <exception cref="RuleBroken">Nothing was made: something has this name already, or the database cannot be copied.</exception>
    public async Task<BackupMade> RunAsync(string file, CancellationToken stop)
    {
        file = Path.GetFullPath(file);
        if (Path.Exists(file)) throw new RuleBroken($"{file} is there already. Choose another name.");
        if (!Directory.Exists(Path.GetDirectoryName(file))) throw new RuleBroken($"The folder {Path.GetDirectoryName(file)} does not exist.");
        var snapshot = archives.Temporary();
        try
        {
            var now = clock.GetUtcNow();
            var made = await WriteAsync(file, snapshot, now, await db.Snapshot().TakeAsync(snapshot, stop), stop);
            archives.NoteMade(now);
            return made;
        }
        finally { File.Delete(snapshot); }
    }

    private async Task<BackupMade> WriteAsync(string file, string snapshot, DateTimeOffset now, IReadOnlyList<Snapshot.FileRow> rows, CancellationToken stop)
    {
        var part = file + ".part";
        await using var archive = DurableFile.CreatePrivate(part);
        try
        {
            var made = await FillAsync(archive, snapshot, now, rows, stop);
            await Seal.CloseAsync(archive, stop);
            DurableFile.Sync(archive.SafeFileHandle);
            DurableFile.Publish(part, file);
            return made with { Size = archive.Length };
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private async Task<BackupMade> FillAsync(FileStream archive, string snapshot, DateTimeOffset now, IReadOnlyList<Snapshot.FileRow> rows, CancellationToken stop)
    {
        var engine = db.Snapshot().Engine;
        List<Manifest.Entry> entries = [];
        List<string> missing = [], damaged = [];
        List<Snapshot.FileRow> bad = [];
        using var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true) { Comment = Seal.Open };
        await using (var database = new FileStream(snapshot, FileMode.Open, FileAccess.Read))
            entries.Add((await AddAsync(zip, Snapshot.Names[engine], database, now, stop)).Entry);

        foreach (var row in rows)
        {
            var name = Manifest.NameOf(new(row.Key));
            if (await OpenAsync(row.Key, stop) is not { } content)
            {
                missing.Add(row.Key);
                // Swept away since the snapshot: nobody needs it any more.
                if (await db.Files.AnyAsync(f => f.Key == row.Key, stop)) bad.Add(row);
                continue;
            }
            await using (content)
            {
                var (entry, isRead) = await AddAsync(zip, name, content, now, stop);
                entries.Add(entry);
                if (isRead && entry.Size == row.Size && entry.Sha256 == row.Sha256) continue;
                damaged.Add(row.Key);
                bad.Add(row);
            }
        }
        var manifest = new Manifest(Manifest.NewestFormat, Manifest.ThisProgram, now, engine, entries, missing, damaged) { Schema = await Schema.OfAsync(db, stop) };
        await using (var last = await NewEntry(zip, Manifest.EntryName, now).OpenAsync(stop)) await manifest.WriteAsync(last, stop);
        return new(manifest, 0, bad);
    }

    /// <summary>A disk that no longer gives the rest of a file is no reason to lose the others.</summary>
    private static async Task<(Manifest.Entry Entry, bool IsRead)> AddAsync(ZipArchive zip, string name, Stream content, DateTimeOffset now, CancellationToken stop)
    {
        await using var entry = await NewEntry(zip, name, now).OpenAsync(stop);
        var reading = new UntilUnreadable(content);
        var bytes = await Bytes.ReadAsync(reading, entry, stop);
        return (new(name, bytes.Size, bytes.Sha256), !reading.IsCut);
    }

    private static ZipArchiveEntry NewEntry(ZipArchive zip, string name, DateTimeOffset now)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = now;
        return entry;
    }

    private async Task<Stream?> OpenAsync(string key, CancellationToken stop)
    {
        try { return await store.OpenAsync(new FileKey(key), stop); }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException) { return null; }
    }
}
