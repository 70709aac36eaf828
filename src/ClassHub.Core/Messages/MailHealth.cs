using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Messages;

/// <summary>How sending does, for the office: over the last seven days.</summary>
/// <param name="Waiting">Tried in vain at least once and tried again, or not tried for a quarter of an hour after its time.</param>
/// <param name="Since">When the oldest of those was queued.</param>
/// <param name="Unreached">People whose address was refused, or from whom a message came back.</param>
public sealed record MailHealth(int Sent, int Waiting, DateTimeOffset? Since, string? Problem, int GivenUp, int Unreached)
{
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(15);

    public static async Task<MailHealth> ReadAsync(ClassHubDb db, DateTimeOffset now, CancellationToken stop)
    {
        var (week, overdue) = (now.AddDays(-7), now - Overdue);
        var failing = db.Messages.Where(m => m.SentAt == null && m.DroppedAt == null && m.GaveUpAt == null && (m.Attempts > 0 || m.NextTryAt < overdue));
        return new(await db.Messages.CountAsync(m => m.SentAt >= week, stop), await failing.CountAsync(stop), await failing.MinAsync(m => (DateTimeOffset?)m.QueuedAt, stop),
            await failing.OrderByDescending(m => m.Problem != null).ThenByDescending(m => m.Id).Select(m => m.Problem).FirstOrDefaultAsync(stop),
            await db.Messages.CountAsync(m => m.GaveUpAt >= week, stop),
            await db.MessageSettings.CountAsync(s => s.Trouble != null && s.Person.DisabledAt == null, stop));
    }
}
