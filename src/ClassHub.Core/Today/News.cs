using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Notifications;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Today;

/// <summary>One thing a person was told, with what is needed to say it in words. The words are made when shown: names change.</summary>
public sealed record NewsItem(long Id, NotificationKind Kind, int SubjectId, int ClassId, string ClassName, Subject? Subject, DateTimeOffset At, bool IsNew, string? Title, int? TaskId, string? Pupil);

public static class News
{
    public const int PageSize = 50;

    /// <summary>Newest first. What was removed meanwhile is left out: news never opens what its page would hide.</summary>
    public static Task<List<NewsItem>> NewsOfAsync(this ClassHubDb db, Viewer viewer, long before, CancellationToken stop)
    {
        var (me, isPupil) = (viewer.PersonId, viewer.IsPupil);
        // Joined by keys alone: a condition on the notification inside the join would need APPLY, which SQLite lacks.
        return (
            from told in db.Notifications
            where told.RecipientId == me && told.Id < before
            from c in db.Classes.Where(c => c.Id == told.ClassId && db.Memberships.Any(m => m.ClassId == c.Id && m.PersonId == me))
            let isWork = told.Kind == NotificationKind.WorkHandedIn || told.Kind == NotificationKind.WorkReturned
            let isJoin = told.Kind == NotificationKind.JoinAsked || told.Kind == NotificationKind.JoinAdmitted
            join handedIn in db.Submissions on isWork ? told.SubjectId : (int?)null equals (int?)handedIn.Id into works
            from work in works.DefaultIfEmpty()
            join shown in db.Posts.Where(p => p.BinnedAt == null) on isJoin ? null : isWork ? (int?)work!.TaskId : told.SubjectId equals (int?)shown.Id into posts
            from post in posts.DefaultIfEmpty()
            where post != null || isJoin
            orderby told.Id descending
            select new NewsItem(told.Id, told.Kind, told.SubjectId, c.Id, c.Name, c.Subject, told.At, told.SeenAt == null, post!.Title, work == null ? null : work.TaskId, isPupil ? null : work!.Pupil.Forename + " " + work.Pupil.Surname))
            .Take(PageSize + 1).ToListAsync(stop);
    }
}
