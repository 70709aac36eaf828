using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Notifications;
using ClassHub.People;
using ClassHub.Today;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Notifications;

/// <summary>What a person was told in the app. Reading changes nothing; "seen" is said by the person.</summary>
[Row("R54")]
public sealed class NewsPage(ClassHubDb db, Viewer viewer) : PageModel
{
    public sealed record Line(string Words, string Address, DateTimeOffset At, bool IsNew, string ClassName, Subject? Subject);

    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public bool HasNew { get; private set; }
    public bool IsPupil => viewer.IsPupil;
    public bool IsGuardian => viewer.IsGuardian;
    public long? Older { get; private set; }

    public async Task OnGetAsync(long? before, CancellationToken stop)
    {
        var items = await db.NewsOfAsync(viewer, before ?? long.MaxValue, stop);
        if (items.Count > News.PageSize) Older = items[News.PageSize - 1].Id;
        HasNew = items.Any(i => i.IsNew);
        Lines = [.. Together(items.Take(News.PageSize))];
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        await db.SeeNewsAsync(viewer.PersonId, viewer.Now, stop);
        return RedirectToPage();
    }

    /// <summary>Hand-ins of one task become one line: "Amira Hassan and 4 others handed in …".</summary>
    private IEnumerable<Line> Together(IEnumerable<NewsItem> items) => items
        .GroupBy(i => i.Kind == NotificationKind.WorkHandedIn ? (i.TaskId ?? 0, i.IsNew) : ((int)-i.Id, i.IsNew))
        .Select(g => Say(g.First(), g.Select(i => i.Pupil).Distinct().Count() - 1)).OrderByDescending(l => l.At);

    private Line Say(NewsItem item, int others)
    {
        var task = $"/classes/{item.ClassId}/tasks/{item.TaskId ?? item.SubjectId}";
        var (words, address) = item.Kind switch
        {
            NotificationKind.PostPublished => ($"New: {item.Title}", $"/classes/{item.ClassId}/posts/{item.SubjectId}"),
            NotificationKind.DueTomorrow => ($"Due tomorrow: {item.Title}", task),
            NotificationKind.DueSoon => ($"Due in two hours: {item.Title}", task),
            NotificationKind.Reminded => ($"Your teacher reminds you: {item.Title}", task),
            NotificationKind.DeadlinePassed => ($"The deadline has passed: {item.Title}", task),
            NotificationKind.WorkHandedIn => ($"{item.Pupil}{(others > 0 ? $" and {(others == 1 ? "1 other" : others + " others")}" : "")} handed in {item.Title}", task),
            NotificationKind.WorkReturned => ($"Given back: {item.Title}", $"/work/{item.SubjectId}"),
            NotificationKind.Urgent => ($"Urgent: {item.Title}", "/news"),
            NotificationKind.TeachingAnswered => ("Your wish to teach this class was answered", $"/classes/{item.ClassId}/staff"),
            NotificationKind.TeachingAsked => ("Somebody of the office asks to teach this class", $"/classes/{item.ClassId}/staff"),
            NotificationKind.GuessedAt when item.SubjectId == viewer.PersonId =>
                ($"Somebody typed more than {SignInThrottle.Many} wrong passwords at your name. Tell {(viewer.IsPupil ? "a teacher" : "the office")}",
                "/me/sessions"),
            NotificationKind.GuessedAt => ($"Somebody typed more than {SignInThrottle.Many} wrong passwords at the name of {item.Title}. If this " +
                $"keeps them out, let them in here",
                item.ClassId is null ? $"/admin/people/{item.SubjectId}" : $"/classes/{item.ClassId}/people"),
            NotificationKind.MailRefused => ($"E-mail to a guardian of {item.Title} comes back", $"/classes/{item.ClassId}/pupils/{item.SubjectId}/guardians"),
            NotificationKind.JoinAsked => ("Somebody asks to join", $"/classes/{item.ClassId}/people#requests"),
            NotificationKind.DiskFillsUp => ("The disk of the server fills up: ask the person who runs it to make room", "/admin"),
            NotificationKind.JoinAdmitted => ("You are in a new class", $"/classes/{item.ClassId}"),
        };
        return new(words, address, item.At, item.IsNew, item.ClassName is null ? "The whole school" : SchoolClass.Called(item.ClassName, item.Subject), item.Subject);
    }
}
