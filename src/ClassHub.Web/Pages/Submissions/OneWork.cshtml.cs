using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using ClassHub.Web.Access;
using ClassHub.Web.Pages.Tasks;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Submissions;

/// <summary>One piece of work for whom it belongs to, whatever became of its class, group or task: what was asked, what was handed in, what was answered. To be read only.</summary>
[Row("R33")]
public sealed class OneWorkPage(ClassHubDb db, Viewer viewer) : PageModel
{
    public sealed record View(int Id, int TaskId, int ClassId, int PupilId, string Title, string Body, string ClassName, Subject? Subject, string? AuthorTitle, string AuthorForename, string AuthorSurname,
        decimal? MostPoints, string? DraftText, DateTimeOffset? DraftSavedAt)
    {
        public string Teacher => ClassHub.People.Person.CalledBy(AuthorTitle, AuthorForename, AuthorSurname);
        public WritingRules Rules { get; init; }
        public string? Formulae { get; init; }
        public string FullClass => SchoolClass.Called(ClassName, Subject);
    }

    public View Work { get; private set; } = null!;
    public bool IsMine => viewer.PersonId == Work.PupilId;
    /// <summary>What was asked when the newest version was handed in.</summary>
    public string Title { get; private set; } = "";
    public Written Asked { get; private set; } = new("");
    public IReadOnlyList<PupilTask.VersionView> Versions { get; private set; } = [];
    public IReadOnlyList<PupilTask.MarkView> Marks { get; private set; } = [];
    public IReadOnlyList<FileView> DraftFiles { get; private set; } = [];
    public IReadOnlyList<PupilTask.EarlierView> Earlier { get; private set; } = [];

    public PupilTask.FeedbackCard Feedback(PupilTask.MarkView mark) => new(Work.Id, mark, Work.MostPoints, Versions.Count > 1 ? mark.Number : null);

    public async Task<IActionResult> OnGetAsync(int submissionId, CancellationToken stop)
    {
        var found = await db.Submissions.Where(s => s.Id == submissionId)
            .Select(s => new View(s.Id, s.TaskId, s.ClassId, s.PupilId, s.Task.Post.Title, s.Task.Post.Body, s.Task.Post.Class.Name, s.Task.Post.Class.Subject,
                s.Task.Post.Author.Title, s.Task.Post.Author.Forename, s.Task.Post.Author.Surname, s.Task.MostPoints, s.DraftText, s.DraftSavedAt)
            { Rules = s.Task.Post.Rules, Formulae = s.Task.Post.Formulae }).SingleOrDefaultAsync(stop);
        if (found is null) return NotFound();
        if (!await db.Submissions.VisibleTo(viewer).AnyAsync(s => s.Id == submissionId, stop))
        {
            if (!await db.Submissions.ForOffice(viewer).AnyAsync(s => s.Id == submissionId, stop)) return NotFound();
            if (await this.MustStateReasonAsync(db, viewer, AuditAction.OpenedWork, submissionId, stop) is { } ask) return ask;
        }
        Work = found;
        var task = $"/classes/{found.ClassId}/tasks/{found.TaskId}";
        if (viewer.IsStaff) return Redirect($"{task}/mark/{found.Id}");
        if (viewer.Learns.Contains(found.ClassId) && await db.Tasks.VisibleTo(viewer, db).AnyAsync(t => t.Id == found.TaskId, stop))
            return Redirect(task + (viewer.IsGuardian ? $"?child={found.PupilId}" : ""));
        await ReadAsync(stop);
        return Page();
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        Versions = await PupilTask.VersionsAsync(db, Work.Id, Work.PupilId, stop);
        Marks = await PupilTask.MarksAsync(db, Work.Id, viewer.Now, stop);
        var then = await db.TaskWordings.OfThenAsync(Work.TaskId, Versions.Count > 0 ? Versions[0].HandedInAt : viewer.Now, stop);
        (Title, Asked) = then is null
            ? (Work.Title, new Written(Work.Body, Work.Rules, Work.Formulae))
            : (then.Title, new Written(then.Body, then.Rules, then.Formulae));
        if (IsMine)
        {
            DraftFiles = Work.DraftSavedAt is null ? [] : await PupilTask.DraftFilesAsync(db, Work.Id, stop);
            Earlier = await PupilTask.EarlierAsync(db, Work.Id, stop);
        }
        await db.WithRungsAsync(stop, [DraftFiles, .. Versions.Select(v => v.Files), .. Marks.Select(m => m.Files)]);
    }
}
