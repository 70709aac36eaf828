using ClassHub.Database;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Notifications;

/// <summary>Every minute: at whose password was guessed very often within a day, that person, the first teachers of their classes and the office hear of it,
/// once.</summary>
public sealed class TellOfGuesses(ClassHubDb db, TimeProvider clock)
{
    public Task RunAsync(CancellationToken stop) => db.WriteAsync(async () =>
    {
        var guessedAt = await (
            from t in db.SignInThrottles
            where t.Misses >= SignInThrottle.Many
            join a in db.Users on t.AccountId equals a.Id
            where a.Person.DisabledAt == null
            orderby a.PersonId
            select new { a.PersonId, t.DayBeganAt }).ToListAsync(stop);
        if (guessedAt.Count == 0) return;
        var office = await db.People.Where(p => p.IsOffice && p.DisabledAt == null).Select(p => p.Id).ToListAsync(stop);
        foreach (var one in guessedAt)
        {
            var (now, occurrence) = (clock.GetUtcNow(), one.DayBeganAt.ToUnixTimeSeconds());
            var teachers = await db.Memberships.Where(m => m.IsFirst && m.Person.DisabledAt == null && m.Class.ArchivedAt == null
                && !office.Contains(m.PersonId)
                    && db.Memberships.Any(p => p.ClassId == m.ClassId && p.PersonId == one.PersonId && !p.IsTeacher))
                .OrderBy(m => m.ClassId).Select(m => new { m.ClassId, m.PersonId }).ToListAsync(stop);
            await db.NotifyAsync([one.PersonId, .. office], NotificationKind.GuessedAt, one.PersonId, occurrence, null, now, stop);
            foreach (var teacher in teachers) await db.NotifyAsync([teacher.PersonId], NotificationKind.GuessedAt, one.PersonId, occurrence, teacher.ClassId,
                now, stop);
        }
    }, stop);
}
