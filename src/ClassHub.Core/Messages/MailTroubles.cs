using ClassHub.Database;
using ClassHub.Notifications;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Messages;

internal static class MailTroubles
{
    /// <summary>It stands at the person from now on, and the teachers of a guardian's children are told. Inside the caller's WriteAsync.</summary>
    public static async Task NoteTroubleAsync(this ClassHubDb db, int personId, MailTrouble what, DateTimeOffset now, CancellationToken stop)
    {
        if (await db.MessageSettings.SingleOrDefaultAsync(s => s.PersonId == personId, stop) is not { } settings || settings.Trouble == what) return;
        var isNews = settings.Trouble is null;
        settings.NoteTrouble(what, now);
        await db.SaveChangesAsync(stop);
        if (!isNews) return;
        var teachers = await (
            from link in db.GuardianLinks
            where link.GuardianId == personId && link.EndedAt == null
            from learner in db.Memberships
            where learner.PersonId == link.PupilId && !learner.IsTeacher && learner.Class.ArchivedAt == null
            from teacher in db.Memberships
            where teacher.ClassId == learner.ClassId && teacher.IsTeacher
            select new { link.PupilId, learner.ClassId, teacher.PersonId }).ToListAsync(stop);
        foreach (var group in teachers.GroupBy(t => (t.PupilId, t.ClassId)))
            await db.NotifyAsync([.. group.Select(t => t.PersonId)], NotificationKind.MailRefused, group.Key.PupilId, now.ToUnixTimeSeconds(),
                group.Key.ClassId, now, stop);
    }
}
