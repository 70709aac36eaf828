using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Notifications;
using ClassHub.Posts;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Today;

/// <summary>One thing a person was told, with what is needed to say it in words. The words are made when shown: names change.</summary>
public sealed record NewsItem(long Id, NotificationKind Kind, int SubjectId, int? ClassId, string? ClassName, Subject? Subject, DateTimeOffset At, bool IsNew, string? Title, int? TaskId, string? Pupil);

public static class News
{
    public const int PageSize = 50;

    /// <summary>Newest first. What was removed meanwhile is left out: news never opens what its page would hide.</summary>
    public static async Task<List<NewsItem>> NewsOfAsync(this ClassHubDb db, Viewer viewer, long before, CancellationToken stop)
    {
        var (me, isPupil, now) = (viewer.PersonId, viewer.IsPupil, viewer.Now);
        var posts = db.Posts.VisibleTo(viewer, db);
        var told = await (
            from n in db.Notifications
            where n.RecipientId == me && n.Id < before && n.At <= now
            from c in db.Classes.Where(c => c.Id == n.ClassId).DefaultIfEmpty()
            where n.Kind == NotificationKind.Urgent || n.Kind == NotificationKind.WorkReturned || n.Kind == NotificationKind.TeachingAsked || n.Kind == NotificationKind.TeachingAnswered
                || n.Kind == NotificationKind.DiskFillsUp || (n.Kind == NotificationKind.GuessedAt && n.ClassId == null) || db.Memberships.Any(m => m.ClassId == n.ClassId && m.PersonId == me)
            let taskId = n.Kind == NotificationKind.WorkHandedIn || n.Kind == NotificationKind.WorkReturned ? db.Submissions.Where(s => s.Id == n.SubjectId).Select(s => s.TaskId).FirstOrDefault() : n.SubjectId
            orderby n.Id descending
            select new NewsItem(n.Id, n.Kind, n.SubjectId, n.ClassId, c!.Name, c.Subject, n.At, n.SeenAt == null,
                n.Kind == NotificationKind.Urgent ? db.UrgentNotices.Where(u => u.Id == n.SubjectId).Select(u => u.Text).FirstOrDefault()
                    : n.Kind == NotificationKind.GuessedAt ? db.People.Where(p => p.Id == n.SubjectId).Select(p => p.Name).FirstOrDefault()
                    : n.Kind == NotificationKind.WorkReturned ? db.Posts.Where(p => p.Id == taskId).Select(p => p.Title).FirstOrDefault()
                    : n.Kind == NotificationKind.MailRefused
                    ? db.People.Where(p => p.Id == n.SubjectId).Select(p => p.Name).FirstOrDefault()
                    : posts.Where(p => p.Id == taskId).Select(p => p.Title).FirstOrDefault(), taskId,
                isPupil || n.Kind != NotificationKind.WorkHandedIn ? null : db.Submissions.Where(s => s.Id == n.SubjectId).Select(s => s.Pupil.Name).FirstOrDefault()))
            .Take(PageSize + 1).ToListAsync(stop);
        return told.FindAll(n => n.Title is not null || n.Kind is NotificationKind.JoinAsked or NotificationKind.JoinAdmitted or NotificationKind.TeachingAsked or NotificationKind.TeachingAnswered
            or NotificationKind.DiskFillsUp);
    }
}
