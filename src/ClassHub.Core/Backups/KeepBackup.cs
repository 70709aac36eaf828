using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Backups;

/// <summary>Makes an archive in the data folder, keeps the newest three, and notes files that were missing or changed as the nightly check would.</summary>
public sealed class KeepBackup(ClassHubDb db, TakeBackup take, Archives archives, TimeProvider clock)
{
    public const int Kept = 3;

    public async Task RunAsync(CancellationToken stop)
    {
        var made = await TakeAsync(stop);
        archives.KeepNewest(Kept);
        var (now, bad) = (clock.GetUtcNow(), made.Bad.Select(f => f.Key).ToList());
        if (bad.Count == 0) return;
        await db.WriteAsync(async () =>
        {
            foreach (var file in await db.Files.Where(f => bad.Contains(f.Key)).ToListAsync(stop)) file.Checked(isWhole: false, now);
            await db.SaveChangesAsync(stop);
        }, stop);
    }

    /// <summary>Nobody waits for this, so what went wrong is kept for the page of the office.</summary>
    private async Task<BackupMade> TakeAsync(CancellationToken stop)
    {
        archives.NoteBegun(clock.GetUtcNow());
        try { return await take.RunAsync(archives.NewPath(clock.GetUtcNow()), stop); }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            archives.NoteFailed(clock.GetUtcNow(), Trouble.InWords(problem));
            throw;
        }
    }
}
