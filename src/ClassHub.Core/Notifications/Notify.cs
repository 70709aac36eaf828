using System.Runtime.CompilerServices;
using System.Text;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Notifications;

public static class Notify
{
    /// <summary>Tells each of these people once, inside the caller's WriteAsync; who was told before is left alone. Returns how many were told now.</summary>
    /// <param name="at">From when they read it; what lies ahead can still be taken back.</param>
    public static async Task<int> NotifyAsync(this ClassHubDb db, IReadOnlyCollection<int> recipients, NotificationKind kind, int subjectId, long occurrence, int? classId, DateTimeOffset at, CancellationToken stop)
    {
        var told = 0;
        foreach (var some in recipients.Distinct().Chunk(200))
        {
            var sql = new StringBuilder("""INSERT INTO "Notifications" ("RecipientId", "Kind", "SubjectId", "Occurrence", "ClassId", "At") VALUES """);
            for (var i = 0; i < some.Length; i++) sql.Append(i == 0 ? "" : ", ").Append('(').Append('{').Append(i + 5).Append("}, {0}, {1}, {2}, {3}, {4})");
            sql.Append(" ON CONFLICT DO NOTHING");
            object?[] values = [kind.ToString(), subjectId, occurrence, classId, at.UtcDateTime, .. some.Cast<object?>()];
            told += await db.Database.ExecuteSqlAsync(FormattableStringFactory.Create(sql.ToString(), values), stop);
        }
        if (told > 0) db.Stamps.NotePeople(recipients);
        return told;
    }

    /// <summary>Takes back what was told, or lies ahead, from this moment on, inside the caller's WriteAsync.</summary>
    public static Task ForgetFromAsync(this ClassHubDb db, NotificationKind kind, int subjectId, DateTimeOffset from, CancellationToken stop) =>
        db.Notifications.Where(n => n.Kind == kind && n.SubjectId == subjectId && n.At >= from).ExecuteDeleteAsync(stop);

    /// <summary>Marks everything this person was told up to now as seen.</summary>
    public static Task SeeNewsAsync(this ClassHubDb db, int personId, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        await db.Notifications.Where(n => n.RecipientId == personId && n.SeenAt == null && n.At <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.SeenAt, now), stop);
        await db.StampPeopleAsync([personId], stop);
    }, stop);
}
