using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Marking;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Submissions;

/// <summary>Everything a pupil has handed in, newest first.</summary>
[Row("R79"), Versioned]
public sealed class MyWorkPage(ClassHubDb db, Viewer viewer) : PageModel
{
    private const int PageSize = 40;

    public sealed record View(int SubmissionId, int TaskId, int ClassId, string ClassName, Subject? Subject, string Title, DateTimeOffset? DueAt, DateTimeOffset? ExtendedTo, DateTimeOffset? HandedInAt, DateTimeOffset? ReturnedAt, bool IsAskedAgain, bool IsSecondTry, bool WasOnTime, string Receipt, Result? Result, bool IsInSight)
    {
        public Standing Standing(DateTimeOffset now) => new() { Now = now, DueAt = DueAt, ExtendedTo = ExtendedTo, HasDraft = HandedInAt is null, HandedInAt = HandedInAt, ReturnedAt = ReturnedAt, IsAskedAgain = IsAskedAgain, IsSecondTry = IsSecondTry, WasOnTime = WasOnTime };
    }

    /// <summary>Begun for a task that is not to be seen any more; nothing was handed in.</summary>
    public sealed record DraftView(int SubmissionId, string Title, string ClassName, Subject? Subject, DateTimeOffset SavedAt);

    public IReadOnlyList<DraftView> Drafts { get; private set; } = [];
    public DateTimeOffset Now => viewer.Now;
    public IReadOnlyList<View> Work { get; private set; } = [];
    public int? Older { get; private set; }

    public async Task<IActionResult> OnGetAsync(int? before, CancellationToken stop)
    {
        if (!viewer.IsPupil) return Forbid();
        var (me, now, most) = (viewer.PersonId, viewer.Now, before ?? int.MaxValue);
        var posts = db.Posts.VisibleTo(viewer, db);
        var rows = await (
            from version in db.SubmissionVersions
            where version.Submission.PupilId == me && version.Number == version.Submission.Number && version.Id < most && db.Submissions.VisibleTo(viewer).Any(s => s.Id == version.SubmissionId)
            from arranged in db.Arrangements.Where(a => a.TaskId == version.Submission.TaskId && a.PupilId == me).DefaultIfEmpty()
            from mark in db.Marks.Where(m => m.SubmissionId == version.SubmissionId && m.Number == version.Number && m.ReturnedAt <= now).DefaultIfEmpty()
            orderby version.Id descending
            select new
            {
                version.Id,
                View = new View(version.SubmissionId, version.Submission.TaskId, version.Submission.ClassId, version.Submission.Task.Post.Class.Name, version.Submission.Task.Post.Class.Subject, version.Submission.Task.Post.Title,
                version.Submission.Task.DueAt, arranged!.DueAt, version.Submission.HandedInAt, version.Submission.ReturnedAt, version.Submission.IsAskedAgain, version.Submission.IsSecondTry, version.Submission.WasOnTime, version.Receipt, mark!.Result, posts.Any(p => p.Id == version.Submission.TaskId))
            }).Take(PageSize + 1).ToListAsync(stop);
        if (before is null) Drafts = await db.Submissions.VisibleTo(viewer).Where(s => s.Number == 0 && s.DraftSavedAt != null && !posts.Any(p => p.Id == s.TaskId)).OrderByDescending(s => s.DraftSavedAt)
            .Select(s => new DraftView(s.Id, s.Task.Post.Title, s.Task.Post.Class.Name, s.Task.Post.Class.Subject, s.DraftSavedAt!.Value)).ToListAsync(stop);
        if (rows.Count > PageSize) Older = rows[PageSize - 1].Id;
        Work = [.. rows.Take(PageSize).Select(r => r.View)];
        foreach (var work in Work) HttpContext.LooksDifferentAt(work.Standing(Now).NextMoment);
        return Page();
    }
}
