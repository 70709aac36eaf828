using System.Linq.Expressions;
using ClassHub.Database;

namespace ClassHub.People;

/// <summary>Who has not been seen for a month: nobody signed in, and no session was used.</summary>
public static class Absence
{
    public static readonly TimeSpan Long = TimeSpan.FromDays(30);

    public static Expression<Func<Person, bool>> Since(ClassHubDb db, DateTimeOffset now)
    {
        var since = now - Long;
        return p => !db.Users.Any(a => a.PersonId == p.Id && a.LastSignInAt >= since) && !db.SignInSessions.Any(s => s.PersonId == p.Id && s.LastUsedAt >= since);
    }
}
