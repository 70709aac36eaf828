using System.Globalization;
using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Marking;
using ClassHub.Media;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using ClassHub.Web.Pages.Tasks;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Marking;

/// <summary>Work in the centre, feedback beside it, the queue on the other side.</summary>
[TakesFiles, OpenToFormer]
public sealed class MarkPage(ClassHubDb db, Viewer viewer, MarkWork marking, TakingFiles taking, FileLimits limits) : PageModel
{
    [BindProperty] public Result? Result { get; set; }
    [BindProperty(Name = "Points")] public string? PointsTyped { get; set; }
    [BindProperty] public string? Comment { get; set; }
    [BindProperty] public int SeenVersion { get; set; }
    [BindProperty] public List<IFormFile> Files { get; set; } = [];
    [BindProperty] public List<string> Uploads { get; set; } = [];
    [BindProperty(SupportsGet = true)] public string? From { get; set; }

    public WorkView Work { get; private set; } = null!;
    public IReadOnlyList<PupilTask.VersionView> Versions { get; private set; } = [];
    public PupilTask.VersionView? Newest => Versions.Count > 0 ? Versions[0] : null;
    public IReadOnlyList<MarkView> Earlier { get; private set; } = [];
    public MarkView? Theirs { get; private set; }
    public IReadOnlyList<FileView> MarkFiles => Earlier.FirstOrDefault(m => m.Number == Work.Number)?.Files ?? [];
    /// <summary>Came with a form that was refused; they are with the mark once a form is taken that names them.</summary>
    public IReadOnlyList<StoredFile> Arrived { get; private set; } = [];
    public FileLimits Limits => limits;
    public DateTimeOffset? ReturnedAt { get; private set; }
    public bool IsReturned => ReturnedAt is not null;
    public DateTimeOffset? OpenedAt { get; private set; }
    public bool MayTakeBack { get; private set; }
    public DateTimeOffset Now => viewer.Now;
    public MarkQueue Queue { get; private set; } = new([], 0);
    public int Done { get; private set; }
    public int Total { get; private set; }
    public bool Everywhere => From == "all";
    public MyClass Class => viewer.Me;
    public bool MayMark => viewer.Me is { IsTeacher: true, IsArchived: false } && Work.HandedInAt is not null;
    public string? Next => Beside(+1);
    public string? Previous => Beside(-1);

    public string HowItCame => Newest is not { } v ? "" : $"Handed in {T.Within(v.HandedInAt)}{(v.ByTeacher ? ", filed by a teacher" : "")}, {(Work.IsSecondTry ? "second try" : Work.IsLate ? "late" : "on time")}{(T.MadeAndArrived(v.MadeAt, v.ArrivedAt) is { } waited ? $" ({waited})" : "")}";
    private Times T => new(HttpContext.RequestServices.GetRequiredService<ClassHub.School.SchoolClock>(), HttpContext.RequestServices.GetRequiredService<IHttpContextAccessor>());

    [Row("R27")]
    public async Task<IActionResult> OnGetAsync(int taskId, int submissionId, CancellationToken stop)
    {
        if (await FindAsync(taskId, submissionId, stop) is { } no) return no;
        await ShowAsync(keepTyped: false, stop);
        return Page();
    }

    [Row("R32")]
    public Task<IActionResult> OnPostSaveAsync(int taskId, int submissionId, CancellationToken stop) => Request.IsAutosave() ? KeepAsync(taskId, submissionId, stop)
        : DoAsync(taskId, submissionId, words => marking.SaveAsync(submissionId, viewer.PersonId, words, stop), "Saved. The pupil does not see it until you give it back.", stop);

    [Row("R32")]
    public Task<IActionResult> OnPostGiveBackAsync(int taskId, int submissionId, CancellationToken stop) =>
        DoAsync(taskId, submissionId, words => marking.GiveBackAsync(submissionId, viewer.PersonId, words, stop), "", stop, givesBack: true);

    /// <summary>For half a minute as if it had never been given back; then for a day, while nobody has opened it.</summary>
    [Row("R32")]
    public async Task<IActionResult> OnPostTakeBackAsync(int taskId, int submissionId, CancellationToken stop)
    {
        if (viewer.Me is not { IsTeacher: true, IsArchived: false }) return Forbid();
        if (await FindAsync(taskId, submissionId, stop) is { } no) return no;
        var isDone = await this.TryAsync("", () => marking.TakeBackAsync(submissionId, stop));
        this.Say(isDone ? $"Taken back from {Work.Forename}. It is your draft again." : ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage);
        return Redirect($"/classes/{Work.ClassId}/tasks/{taskId}/mark/{submissionId}{(Everywhere ? "?from=all" : "")}");
    }

    /// <summary>Files are with the draft as soon as they are there, so that leafing on loses none.</summary>
    [Row("R32")]
    public Task<IActionResult> OnPostAttachAsync(int taskId, int submissionId, CancellationToken stop) =>
        DoAsync(taskId, submissionId, words => marking.SaveAsync(submissionId, viewer.PersonId, words, stop), "Saved with your answer.", stop, stays: true);

    [Row("R32")]
    public Task<IActionResult> OnPostRemoveAsync(int taskId, int submissionId, int remove, CancellationToken stop) =>
        DoAsync(taskId, submissionId, words => marking.RemoveFileAsync(submissionId, viewer.PersonId, words, remove, stop), "Removed.", stop, stays: true);

    /// <summary>Kept while the teacher types. What was given back changes only by a press: the pupil sees it at once.</summary>
    private async Task<IActionResult> KeepAsync(int taskId, int submissionId, CancellationToken stop)
    {
        if (viewer.Me is not { IsTeacher: true, IsArchived: false }) return Forbid();
        if (await FindAsync(taskId, submissionId, stop) is { } no) return no;
        if (Work.ReturnedAt is not null) return this.NotSaved("This was given back meanwhile. Load the page again.");
        Mark? mark = null;
        try
        {
            return await this.TryAsync("Comment", async () => mark = await marking.SaveAsync(submissionId, viewer.PersonId, new(Result, Points(), Comment, SeenVersion), stop)) ? this.Saved(mark!.Version) : this.NotSaved();
        }
        catch (MarkChanged changed) { return this.NotSaved(changed.Message + " Press Save for later to see theirs beside yours."); }
    }

    private async Task<IActionResult> DoAsync(int taskId, int submissionId, Func<MarkWords, Task> act, string done, CancellationToken stop, bool stays = false, bool givesBack = false)
    {
        if (viewer.Me is not { IsTeacher: true, IsArchived: false }) return Forbid();
        if (await FindAsync(taskId, submissionId, stop) is { } no) return no;
        var before = await QueueAsync(stop);
        try
        {
            if (await this.TryAsync("Files", async () => Arrived = await taking.AllAsync(Files, Uploads, Work.ClassId, stop))
                && await this.TryAsync("Comment", async () => await act(new(Result, Points(), Comment, SeenVersion) { Files = Arrived })))
                return Onward(stays ? null : MarkQueue.After(before.Page, submissionId), done, stays, givesBack);
        }
        catch (MarkChanged)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            await ShowAsync(keepTyped: true, stop);
            (Theirs, SeenVersion) = (Earlier.FirstOrDefault(m => m.Number == Work.Number), Earlier.FirstOrDefault(m => m.Number == Work.Number)?.Version ?? 0);
            ModelState.Remove(nameof(SeenVersion));
            return Page();
        }
        await ShowAsync(keepTyped: true, stop);
        return Page();
    }

    private RedirectResult Onward(MarkQueue.Item? next, string done, bool stays, bool givesBack)
    {
        var task = $"/classes/{Work.ClassId}/tasks/{Work.TaskId}";
        if (givesBack) this.Say($"Given back to {Work.Forename}.", $"{task}/mark/{Work.SubmissionId}?handler=TakeBack{(Everywhere ? "&from=all" : "")}");
        else this.Say(stays ? done : Work.ReturnedAt is null ? $"{Work.Forename}: {done}" : "Saved.");
        return Redirect((stays ? $"{task}/mark/{Work.SubmissionId}" : next?.Address ?? task) + (Everywhere && (stays || next is not null) ? "?from=all" : "") + (stays ? "#work" : ""));
    }

    private decimal? Points() => string.IsNullOrWhiteSpace(PointsTyped) ? null
        : decimal.TryParse(PointsTyped.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var points) ? points
        : throw new RuleBroken("Write the points as a number, like 7 or 7.5.", "Points");

    private async Task<IActionResult?> FindAsync(int taskId, int submissionId, CancellationToken stop)
    {
        var classId = viewer.Me.ClassId;
        // A pupil's own work has a page of its own.
        if (!viewer.IsStaff) return await db.Submissions.VisibleTo(viewer).AnyAsync(s => s.Id == submissionId && s.TaskId == taskId && s.ClassId == classId, stop) ? Redirect($"/work/{submissionId}") : NotFound();
        Work = (await db.Submissions.Where(s => s.Id == submissionId && s.TaskId == taskId && s.ClassId == classId && s.Number > 0)
            .Select(s => new WorkView(s.Id, s.TaskId, s.ClassId, s.Task.Post.Title, s.PupilId, s.Pupil.Forename, s.Pupil.Surname, s.Task.DueAt, db.Arrangements.Where(a => a.TaskId == taskId && a.PupilId == s.PupilId).Select(a => a.DueAt).FirstOrDefault(), s.Task.MostPoints, s.Number, s.HandedInAt, s.ReturnedAt, s.IsSecondTry, s.WasOnTime))
            .SingleOrDefaultAsync(stop))!;
        if (Work is null) return NotFound();
        if (await db.Submissions.VisibleTo(viewer).AnyAsync(s => s.Id == submissionId, stop)) return null;
        return viewer.IsOffice ? await this.MustStateReasonAsync(db, viewer, AuditAction.OpenedWork, submissionId, stop) : NotFound();
    }

    private async Task ShowAsync(bool keepTyped, CancellationToken stop)
    {
        Versions = await PupilTask.VersionsAsync(db, Work.SubmissionId, Work.PupilId, stop);
        Earlier = await MarkView.OfAsync(db, Work.SubmissionId, stop);
        Arrived = [.. Arrived.Where(a => MarkFiles.All(f => f.Id != a.Id))];
        await db.WithRungsAsync(stop, [Newest?.Files ?? [], MarkFiles, .. Earlier.Select(m => m.Files)]);
        var mark = Earlier.FirstOrDefault(m => m.Number == Work.Number);
        (ReturnedAt, OpenedAt) = (mark?.ReturnedAt, mark?.OpenedAt);
        MayTakeBack = Work.HandedInAt is not null && mark?.MayBeTakenBack(viewer.Now) == true;
        if (!keepTyped && (viewer.Me.IsTeacher || IsReturned)) (Result, PointsTyped, Comment, SeenVersion) = (mark?.Result, mark?.Points?.ToString("0.##", CultureInfo.InvariantCulture), mark?.Comment, mark?.Version ?? 0);
        if (viewer.Me.IsTeacher) Queue = await QueueAsync(stop);
        var counts = await db.Submissions.Where(s => s.TaskId == Work.TaskId && s.HandedInAt != null).GroupBy(s => 1).Select(g => new { Total = g.Count(), Done = g.Count(s => s.ReturnedAt != null) }).SingleOrDefaultAsync(stop);
        (Done, Total) = (counts?.Done ?? 0, counts?.Total ?? 0);
    }

    private Task<MarkQueue> QueueAsync(CancellationToken stop) => MarkQueue.AroundAsync(db, viewer, Everywhere ? null : Work.TaskId, Work.SubmissionId, stop);

    private string? Beside(int step)
    {
        var here = Queue.Page.ToList().FindIndex(q => q.SubmissionId == Work.SubmissionId);
        var there = here < 0 ? (step > 0 ? 0 : -1) : here + step;
        return there >= 0 && there < Queue.Page.Count ? Queue.Page[there].Address + (Everywhere ? "?from=all" : "") : null;
    }
}
