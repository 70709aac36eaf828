using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>Every hour: sessions that are over, throttles nobody waits for, and devices not seen for a year are forgotten.</summary>
public sealed class SweepSignIns(ClassHubDb db, TimeProvider clock)
{
    public Task RunAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var (unused, quiet, gone) = (now.AddDays(-31), now.AddDays(-1), now.AddYears(-1));
        return db.WriteAsync(async () =>
        {
            await db.SignInSessions.Where(s => s.EndsAt < now || s.LastUsedAt < unused).ExecuteDeleteAsync(stop);
            await db.SignInThrottles.Where(t => t.LastFailAt < quiet && t.DayBeganAt < quiet && (t.LetInUntil == null
                || t.LetInUntil < now)).ExecuteDeleteAsync(stop);
            await db.KnownDevices.Where(d => d.LastUsedAt < gone).ExecuteDeleteAsync(stop);
        }, stop);
    }
}
