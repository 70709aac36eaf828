using ClassHub.Database;

namespace ClassHub.Web.Ui;

/// <summary>The numbers in the frame of every page: news not seen yet, work waiting for this teacher. One statement; counts stop at a hundred.</summary>
public static class Nav
{
    public sealed record Counts(int News, int ToMark);

    private static readonly HotQuery<int, Counts> Query = new((db, me) =>
        from person in db.People
        where person.Id == me
        select new Counts(
            db.Notifications.Where(n => n.RecipientId == me && n.SeenAt == null).Take(100).Count(),
            (from member in db.Memberships
             where member.PersonId == me && member.IsTeacher
             from work in db.Submissions
             where work.ClassId == member.ClassId && work.HandedInAt != null && work.ReturnedAt == null
             select work.Id).Take(100).Count()));

    public static async Task<Counts> CountsAsync(ClassHubDb db, int personId, CancellationToken stop) =>
        (await Query.RunAsync(db, personId, stop)).FirstOrDefault() ?? new Counts(0, 0);

    public static string Few(int count) => count >= 100 ? "99+" : count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
