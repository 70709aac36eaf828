using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Audit;

public static class AuditLog
{
    /// <summary>How long a stated reason opens one thing for the person who stated it.</summary>
    public static readonly TimeSpan ReasonLasts = TimeSpan.FromMinutes(30);

    /// <summary>Appends inside the caller's transaction; the row is saved with the caller's next save.</summary>
    public static async Task AppendAuditAsync(this ClassHubDb db, DateTimeOffset at, int actorId, AuditAction action, int subjectId, string reason, CancellationToken stop)
    {
        var previous = db.Audit.Local.OrderByDescending(a => a.Id == 0).ThenByDescending(a => a.Id).FirstOrDefault(a => a.Id == 0)
            ?? await db.Audit.OrderByDescending(a => a.Id).FirstOrDefaultAsync(stop);
        db.Audit.Add(new AuditEntry(previous, at, actorId, action, subjectId, reason));
    }

    /// <summary>Whether this person has said within the last half hour why they open this.</summary>
    public static Task<bool> HasStatedReasonAsync(this ClassHubDb db, int actorId, AuditAction action, int subjectId, DateTimeOffset now, CancellationToken stop)
    {
        var since = now - ReasonLasts;
        return db.Audit.AnyAsync(a => a.ActorId == actorId && a.Action == action && a.SubjectId == subjectId && a.At >= since, stop);
    }
}
