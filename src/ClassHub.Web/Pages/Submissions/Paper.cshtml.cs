using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Submissions;

/// <summary>The teacher files work for a pupil who brought it on paper.</summary>
[Row("R61"), TakesFiles]
public sealed class PaperPage(ClassHubDb db, Viewer viewer, HandInWork handIn, TakingFiles taking, SchoolClock clock) : PageModel
{
    public sealed record Pupil(int Id, string Name, bool HasWork);

    [BindProperty] public int? PupilId { get; set; }
    [BindProperty] public string? BroughtAt { get; set; }
    [BindProperty] public string? Text { get; set; }
    [BindProperty] public string Key { get; set; } = RandomKey.Hex();
    [BindProperty] public List<IFormFile> Files { get; set; } = [];
    [BindProperty] public List<string> Uploads { get; set; } = [];

    public MyClass Class => viewer.Me;
    public int TaskId { get; private set; }
    public string Title { get; private set; } = "";
    public IReadOnlyList<Pupil> Pupils { get; private set; } = [];
    public FileLimits Limits => HttpContext.RequestServices.GetRequiredService<FileLimits>();

    public async Task<IActionResult> OnGetAsync(int taskId, int? pupil, CancellationToken stop)
    {
        if (await RefuseAsync(taskId, stop) is { } no) return no;
        (PupilId, BroughtAt) = (pupil, clock.ForTyping(viewer.Now));
        return await ShowAsync(stop);
    }

    public async Task<IActionResult> OnPostAsync(int classId, int taskId, CancellationToken stop)
    {
        if (await RefuseAsync(taskId, stop) is { } no) return no;
        if (PupilId is not { } pupilId || !await db.AudienceOf(taskId).AnyAsync(id => id == pupilId, stop)) ModelState.AddModelError(nameof(PupilId), "Choose the pupil whose work this is.");
        if (!ModelState.IsValid || !await this.TryAsync("Text", () => FileAsync(taskId, PupilId!.Value, stop))) return await ShowAsync(stop);

        this.Say("Filed.", [clock.Night(SchoolClock.Read(BroughtAt), isDeadline: false)]);
        return Redirect($"/classes/{classId}/tasks/{taskId}");
    }

    private async Task FileAsync(int taskId, int pupilId, CancellationToken stop)
    {
        var brought = clock.Typed(BroughtAt, nameof(BroughtAt)) is { } typed ? clock.VisibleFrom(typed) : viewer.Now;
        if (brought > viewer.Now) throw new RuleBroken("It cannot be brought in the future.", nameof(BroughtAt));
        await handIn.RunAsync(new(taskId, pupilId, viewer.PersonId, Key, Text, await taking.AllAsync(Files, Uploads, viewer.Me.ClassId, stop), IsOnPaper: true, brought), stop);
    }

    private async Task<IActionResult?> RefuseAsync(int taskId, CancellationToken stop)
    {
        var classId = viewer.Me.ClassId;
        var title = await db.Tasks.VisibleTo(viewer, db).Where(t => t.Id == taskId && t.ClassId == classId).Select(t => t.Post.Title).SingleOrDefaultAsync(stop);
        if (title is null) return NotFound();
        if (viewer.Me is not { IsTeacher: true, IsArchived: false }) return Forbid();
        (TaskId, Title) = (taskId, title);
        return null;
    }

    private async Task<IActionResult> ShowAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status400BadRequest;
        Pupils = await db.People.Where(p => db.AudienceOf(TaskId).Any(id => id == p.Id)).OrderBy(p => p.SortName)
            .Select(p => new Pupil(p.Id, p.Name, db.Submissions.Any(s => s.TaskId == TaskId && s.PupilId == p.Id && s.HandedInAt != null))).ToListAsync(stop);
        return Page();
    }
}
