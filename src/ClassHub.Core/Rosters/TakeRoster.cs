using System.Text.Json;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Rosters;

/// <summary>The first step: a file is read and what was understood is kept for a look. Nothing in the school changes.</summary>
public sealed class TakeRoster(ClassHubDb db, IFileStore store, SchoolClock clock)
{
    /// <summary>A OneRoster zip or an office sheet; which one it is is read from its first bytes.</summary>
    /// <exception cref="RuleBroken">Too big, damaged, or no roster at all.</exception>
    public async Task<int> FromFileAsync(Stream file, string? name, int byPersonId, CancellationToken stop)
    {
        var bytes = await ReadAsync(file, stop);
        if (bytes.Length == 0) throw new RuleBroken("This file is empty. Choose it again.", "Files");
        var content = bytes.AsSpan().StartsWith("PK"u8)
            ? new OneRoster(OneRosterFiles.InZip(new MemoryStream(bytes, writable: false)), clock.Today).Read()
            : OfficeSheet.Read(PlainText.Line(name?.Split('/', '\\')[^1], 60) is { Length: > 0 } tidy ? tidy : "the file", bytes);
        return await KeepAsync(content, name, byPersonId, stop);
    }

    /// <summary>The same from the files of a OneRoster folder.</summary>
    public async Task<int> FromFolderAsync(IEnumerable<string> paths, string name, int byPersonId, CancellationToken stop) =>
        await KeepAsync(new OneRoster(await OneRosterFiles.InFolderAsync(paths, stop), clock.Today).Read(), name, byPersonId, stop);

    private static async Task<byte[]> ReadAsync(Stream file, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        var slice = new byte[81_920];
        for (int read; (read = await file.ReadAsync(slice, stop)) > 0;)
        {
            if (bytes.Length + read > RosterLimits.Bytes) throw RosterLimits.TooBig();
            bytes.Write(slice, 0, read);
        }
        return bytes.ToArray();
    }

    private async Task<int> KeepAsync(RosterContent content, string? name, int byPersonId, CancellationToken stop)
    {
        var kept = await store.SaveAsync(new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(content)), RosterLimits.KeptBytes, stop);
        return await db.WriteAsync(async () =>
        {
            var now = clock.Now;
            var forgotten = await db.RosterImports.Where(i => i.AppliedAt == null && i.At < now - RosterImport.UndoLasts).OrderBy(i => i.Id).Take(100).ToListAsync(stop);
            await LetGoAsync(db, [.. forgotten.Select(i => i.FileId)], stop);
            db.RosterImports.RemoveRange(forgotten);

            var file = db.Files.Add(new StoredFile(kept, "roster.json", byPersonId, null, now)).Entity;
            file.Claim(now);
            await db.SaveChangesAsync(stop);
            var import = db.RosterImports.Add(new RosterImport(name, content.Kind, file.Id, byPersonId, now)).Entity;
            await db.SaveChangesAsync(stop);
            return import.Id;
        }, stop);
    }

    /// <summary>The nightly sweep then takes the bytes.</summary>
    internal static Task LetGoAsync(ClassHubDb db, IReadOnlyList<int?> fileIds, CancellationToken stop) =>
        db.Files.Where(f => fileIds.Contains(f.Id)).ExecuteUpdateAsync(set => set.SetProperty(f => f.ClaimedAt, (DateTimeOffset?)null), stop);
}

/// <summary>The dry run: what was read is compared with the school as it is now. Writes nothing, so it can be asked for as often as one likes.</summary>
public sealed class PreviewRoster(ClassHubDb db, IFileStore store)
{
    /// <summary>Nothing when there is no such import, or it was applied already.</summary>
    /// <param name="reading">The key of another encoding that was offered.</param>
    public async Task<RosterPlan?> RunAsync(int importId, CancellationToken stop, string? reading = null) =>
        await ContentAsync(importId, reading, stop) is { } content ? ComparesRoster.Plan(content, await SchoolNow.ReadAsync(db, stop)) : null;

    internal async Task<RosterContent?> ContentAsync(int importId, string? reading, CancellationToken stop)
    {
        var key = await db.RosterImports.Where(i => i.Id == importId && i.AppliedAt == null)
            .Join(db.Files, i => i.FileId, f => f.Id, (i, f) => f.Key).SingleOrDefaultAsync(stop);
        if (key is null) return null;
        await using var bytes = await store.OpenAsync(new FileKey(key), stop);
        var content = await JsonSerializer.DeserializeAsync<RosterContent>(bytes, cancellationToken: stop);
        return content?.Others.FirstOrDefault(o => o.Key == reading)?.Content ?? content;
    }
}
