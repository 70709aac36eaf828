using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Audit;

public static class AuditLog
{
    /// <summary>How long a stated reason opens one thing for the person who stated it.</summary>
    public static readonly TimeSpan ReasonLasts = TimeSpan.FromMinutes(30);

    /// <summary>Appends inside the caller's transaction; the row is saved with the caller's next save. Writers of the log wait for one another, as each entry names the one before.</summary>
    public static async Task AppendAuditAsync(this ClassHubDb db, DateTimeOffset at, int actorId, AuditAction action, int subjectId, string reason, CancellationToken stop)
    {
        // Several entries of one transaction follow each other before any of them has an id.
        var unsaved = db.Audit.Local.Where(a => a.Id == 0).ToList();
        var named = unsaved.Select(a => a.PreviousHash).ToHashSet();
        var previous = unsaved.Find(a => !named.Contains(a.Hash));
        if (previous is null)
        {
            await db.WaitForTurnAsync(Turn.AuditLog, stop);
            previous = await db.Audit.OrderByDescending(a => a.Id).FirstOrDefaultAsync(stop);
        }
        db.Audit.Add(new AuditEntry(previous, at, actorId, action, subjectId, reason));
    }

    /// <summary>Whether this person has said within the last half hour why they open this.</summary>
    public static Task<bool> HasStatedReasonAsync(this ClassHubDb db, int actorId, AuditAction action, int subjectId, DateTimeOffset now, CancellationToken stop)
    {
        var since = now - ReasonLasts;
        return db.Audit.AnyAsync(a => a.ActorId == actorId && a.Action == action && a.SubjectId == subjectId && a.At >= since, stop);
    }
}
