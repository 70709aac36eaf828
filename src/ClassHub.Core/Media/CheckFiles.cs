using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Media;

/// <summary>Every night: reads what is stored, longest unchecked first, and notes what is missing or no longer the bytes that came. A file found well again is well again.</summary>
public sealed class CheckFiles(ClassHubDb db, IFileStore store, TimeProvider clock)
{
    private const int AtOnce = 50;
    /// <summary>What a large school does not get through in a night, the next nights take first.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(3);

    private sealed record Row(int Id, string Key, long Size, string Sha256);

    public async Task RunAsync(CancellationToken stop)
    {
        var start = clock.GetUtcNow();
        while (clock.GetUtcNow() < start + Longest && await NextAsync(start, stop) is { Count: > 0 } files)
        {
            // No transaction is open while the disk is read.
            var isWhole = new Dictionary<int, bool>();
            foreach (var file in files) isWhole[file.Id] = await store.IsWholeAsync(new FileKey(file.Key), new(file.Size, file.Sha256), stop);
            await NoteAsync(isWhole, stop);
        }
    }

    /// <summary>What this night has read already is left out.</summary>
    private async Task<List<Row>> NextAsync(DateTimeOffset start, CancellationToken stop)
    {
        var never = await Rows(db.Files.Where(f => f.CheckedAt == null).OrderBy(f => f.Id)).ToListAsync(stop);
        return never.Count > 0 ? never : await Rows(db.Files.Where(f => f.CheckedAt < start).OrderBy(f => f.CheckedAt)).ToListAsync(stop);
    }

    private static IQueryable<Row> Rows(IQueryable<StoredFile> files) => files.Take(AtOnce).Select(f => new Row(f.Id, f.Key, f.Size, f.Sha256));

    /// <summary>A file whose row went in the meantime was swept away, not damaged.</summary>
    private Task NoteAsync(Dictionary<int, bool> isWhole, CancellationToken stop)
    {
        var (now, ids) = (clock.GetUtcNow(), isWhole.Keys.ToList());
        return db.WriteAsync(async () =>
        {
            foreach (var file in await db.Files.Where(f => ids.Contains(f.Id)).ToListAsync(stop)) file.Checked(isWhole[file.Id], now);
            await db.SaveChangesAsync(stop);
        }, stop);
    }
}

public static class CheckingFiles
{
    /// <summary>Whether the bytes are there, can be read and are the ones that came.</summary>
    public static async Task<bool> IsWholeAsync(this IFileStore store, FileKey key, Bytes expected, CancellationToken stop)
    {
        try
        {
            await using var content = await store.OpenAsync(key, stop);
            return await Bytes.ReadAsync(content, null, stop) == expected;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException) { return false; }
    }
}
