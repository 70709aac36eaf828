using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Web.Ui;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Today;

/// <summary>A teacher's first page: what needs me, my classes, this week.</summary>
public sealed record StaffHome(string Greeting, IReadOnlyList<StaffHome.ClassRow> Classes, IReadOnlyList<StaffHome.Event> Week)
{
    public sealed record ClassRow(int ClassId, string Name, Subject? Subject, int Pupils, int ToMark, DateTimeOffset? OldestAt, int Requests, int Drafts)
    {
        public string FullName => SchoolClass.Called(Name, Subject);
    }
    public sealed record Event(DateTimeOffset At, bool IsDue, int ClassId, int PostId, string Title, string ClassName, Subject? Subject);

    /// <summary>So many of the week are in sight; the calendar has them all.</summary>
    public const int FewEvents = 20;

    public int ToMark => Classes.Sum(c => c.ToMark);
    public int Requests => Classes.Sum(c => c.Requests);

    public static async Task<StaffHome> ReadAsync(ClassHubDb db, SignedInPerson person, Times times, CancellationToken stop)
    {
        var (me, now, week) = (person.Viewer.PersonId, person.Viewer.Now, person.Viewer.Now.AddDays(7));
        var classes = await (
            from m in db.Memberships
            where m.PersonId == me && m.IsTeacher && m.Class.ArchivedAt == null
            orderby m.Class.Name, m.Class.Subject, m.ClassId
            select new ClassRow(m.ClassId, m.Class.Name, m.Class.Subject, db.Memberships.Count(p => p.ClassId == m.ClassId && !p.IsTeacher),
                db.Submissions.Count(s => s.ClassId == m.ClassId && s.HandedInAt != null && s.ReturnedAt == null),
                db.Submissions.Where(s => s.ClassId == m.ClassId && s.HandedInAt != null && s.ReturnedAt == null).Min(s => s.HandedInAt),
                db.JoinRequests.Count(r => r.ClassId == m.ClassId && r.DecidedAt == null),
                db.Posts.Count(p => p.ClassId == m.ClassId && p.BinnedAt == null && p.PublishAt == null))).ToListAsync(stop);
        var teaches = person.Viewer.Teaches;
        var due = await db.Tasks.Where(t => teaches.Contains(t.ClassId) && t.DueAt > now && t.DueAt < week && t.Post.BinnedAt == null && t.Post.PublishAt != null).OrderBy(t => t.DueAt)
            .Select(t => new Event(t.DueAt!.Value, true, t.ClassId, t.Id, t.Post.Title, t.Post.Class.Name, t.Post.Class.Subject)).ToListAsync(stop);
        var comingOut = await db.Posts.Where(p => teaches.Contains(p.ClassId) && p.PublishAt > now && p.PublishAt < week && p.BinnedAt == null).OrderBy(p => p.PublishAt)
            .Select(p => new Event(p.PublishAt!.Value, false, p.ClassId, p.Id, p.Title, p.Class.Name, p.Class.Subject)).ToListAsync(stop);
        var greeting = times.Clock.TimeOf(now).Hour switch { < 12 => "Good morning", < 17 => "Good afternoon", _ => "Good evening" };
        return new($"{greeting}, {person.Forename}", classes, [.. due.Concat(comingOut).OrderBy(e => e.At).ThenBy(e => e.PostId)]);
    }
}
