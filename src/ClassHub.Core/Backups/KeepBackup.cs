using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Backups;

/// <summary>Makes an archive in the data folder, keeps the newest three, and notes files that were missing or changed as the nightly check would.</summary>
public sealed class KeepBackup(ClassHubDb db, TakeBackup take, Archives archives, TimeProvider clock)
{
    public const int Kept = 3;

    public async Task RunAsync(CancellationToken stop)
    {
        var made = await take.RunAsync(archives.NewPath(clock.GetUtcNow()), stop);
        archives.KeepNewest(Kept);
        var (now, bad) = (clock.GetUtcNow(), made.Bad.Select(f => f.Key).ToList());
        if (bad.Count == 0) return;
        await db.WriteAsync(async () =>
        {
            foreach (var file in await db.Files.Where(f => bad.Contains(f.Key)).ToListAsync(stop)) file.Checked(isWhole: false, now);
            await db.SaveChangesAsync(stop);
        }, stop);
    }
}
