using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Messages;

/// <summary>How sending does, for the office: over the last seven days.</summary>
/// <param name="Waiting">Tried in vain at least once and tried again.</param>
/// <param name="Since">When the oldest of those was queued.</param>
public sealed record MailHealth(int Sent, int Waiting, DateTimeOffset? Since, string? Problem, int GivenUp)
{
    public static async Task<MailHealth> ReadAsync(ClassHubDb db, DateTimeOffset now, CancellationToken stop)
    {
        var week = now.AddDays(-7);
        var failing = db.Messages.Where(m => m.SentAt == null && m.DroppedAt == null && m.GaveUpAt == null && m.Attempts > 0);
        return new(await db.Messages.CountAsync(m => m.SentAt >= week, stop), await failing.CountAsync(stop), await failing.MinAsync(m => (DateTimeOffset?)m.QueuedAt, stop),
            await failing.OrderByDescending(m => m.Id).Select(m => m.Problem).FirstOrDefaultAsync(stop), await db.Messages.CountAsync(m => m.GaveUpAt >= week, stop));
    }
}
