using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Notifications;
using ClassHub.Web.Access;

namespace ClassHub.Web.Ui;

/// <summary>The numbers in the frame of every page: news not seen yet, work waiting for this teacher; and when the next scheduled post comes out or the next news is told. One statement; counts stop at a hundred.</summary>
public static class Nav
{
    public sealed record Counts(int News, int ToMark, DateTimeOffset? NextPostAt, DateTimeOffset? NextNewsAt);

    private static readonly HotQuery<int, DateTimeOffset, Counts> Query = new((db, me, now) =>
        from person in db.People
        where person.Id == me
        select new Counts(
            db.Notifications.Where(n => n.RecipientId == me && n.SeenAt == null && n.At <= now && n.Kind != NotificationKind.WorkHandedIn).Take(100).Count()
                // Hand-ins of one task are one line of News. Of more than 500 unseen ones the newest count.
                + (from n in db.Notifications.Where(n => n.RecipientId == me && n.SeenAt == null && n.At <= now && n.Kind == NotificationKind.WorkHandedIn)
                    .OrderByDescending(n => n.Id).Take(500)
                   join work in db.Submissions on n.SubjectId equals work.Id
                   select work.TaskId).Distinct().Count(),
            (from member in db.Memberships
             where member.PersonId == me && member.IsTeacher
             from work in db.Submissions
             where work.ClassId == member.ClassId && work.HandedInAt != null && work.ReturnedAt == null
             select work.Id).Take(100).Count(),
            (from member in db.Memberships
             where member.PersonId == me
             from post in db.Posts
             where post.ClassId == member.ClassId && post.PublishAt > now && post.BinnedAt == null
                && (member.IsTeacher || post.IsForAll || post.Readers.Any(r => r.PersonId == me) || post.Groups.Any(g => db.PupilGroupMembers.Any(x => x.GroupId == g.GroupId && x.PersonId == me)))
             orderby post.PublishAt
             select post.PublishAt).FirstOrDefault(),
            db.Notifications.Where(n => n.RecipientId == me && n.SeenAt == null && n.At > now).Min(n => (DateTimeOffset?)n.At)));

    public static async Task<Counts> CountsAsync(ClassHubDb db, HttpContext context)
    {
        var viewer = context.Features.Get<SignedInPerson>()!.Viewer;
        var counts = (await Query.RunAsync(db, viewer.PersonId, viewer.Now, context.RequestAborted)).FirstOrDefault() ?? new Counts(0, 0, null, null);
        context.LooksDifferentAt(counts.NextPostAt);
        context.LooksDifferentAt(counts.NextNewsAt);
        return counts;
    }

    public static string Few(int count) => count >= 100 ? "99+" : count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
