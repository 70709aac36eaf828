using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Tasks;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Posts;

[Row("R18"), TakesFiles]
public sealed class NewPage(ClassHubDb db, Viewer viewer, ComposePost compose, TakingFiles taking, FileLimits limits, SchoolClock clock, Times times) : PageModel
{
    [BindProperty] public ComposeForm Form { get; set; } = new();
    [BindProperty] public List<string> Uploads { get; set; } = [];

    public ComposeView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(PostKind? kind, CancellationToken stop)
    {
        if (viewer.Me is not { IsTeacher: true, IsArchived: false }) return Forbid();
        Form = ComposeForm.Fresh(clock);
        Form.Kind = kind ?? PostKind.Task;
        return await ShowAsync(stop);
    }

    public async Task<IActionResult> OnPostAsync(int classId, CancellationToken stop)
    {
        if (viewer.Me is not { IsTeacher: true, IsArchived: false }) return Forbid();
        List<int> made = [];
        if (!await this.TryAsync("", async () => Form.Keep.AddRange((await taking.AllAsync(Form.Files, Uploads, classId, stop)).Select(f => f.Id))) || !ModelState.IsValid
            || !await this.TryAsync("", async () => made = await compose.RunAsync(viewer, Form.Text([]), Form.Targets(classId, clock), stop, Form.DraftId)))
            return await ShowAsync(stop);

        var post = $"/classes/{classId}/posts/{made[0]}";
        var nights = string.Join("", Form.Nights(classId, clock).OfType<string>().Distinct().Select(note => " " + note));
        var isOver = await db.Posts.AnyAsync(p => p.Id == made[0] && p.PublishAt <= viewer.Now, stop);
        var said = Form.Goes switch
        {
            GoesOut.Now => (made.Count == 1 ? "Posted." : $"Posted to {made.Count} classes.") + " Pupils see it now. They are told in half a minute.",
            GoesOut.Later when isOver => "Posted. That day and time are over already, so pupils see it now.",
            GoesOut.Later => made.Count == 1 ? "Scheduled. It goes out by itself." : $"Scheduled for {made.Count} classes.",
            GoesOut.AsDraft => "Kept as a draft. Only teachers of this class see it.",
        };
        if (Form.Goes == GoesOut.Now) this.Say(said + nights, $"{post}/do/undo");
        else this.Say(said + nights);
        return Redirect(post);
    }

    /// <summary>What is typed is kept as a draft of this class every few seconds.</summary>
    public async Task<IActionResult> OnPostKeepAsync(int classId, CancellationToken stop)
    {
        if (viewer.Me is not { IsTeacher: true, IsArchived: false }) return Forbid();
        if (!await this.TryAsync("", async () => Form.DraftId = await compose.KeepAsync(viewer, Form.Text([]), Form.Target(classId, clock), Form.DraftId,
            stop)))
            return this.NotSaved();
        return Form.DraftId is null ? this.NothingToSave() : this.Saved(0, Form.DraftId);
    }

    public async Task<IActionResult> OnPostCheckAsync(CancellationToken stop)
    {
        if (viewer.Me is not { IsTeacher: true, IsArchived: false }) return Forbid();
        return Partial("_BeforeItGoesOut", ComposeCheck.Of(await ComposeView.ReadAsync(db, viewer, Form, limits, stop), clock, times));
    }

    private async Task<IActionResult> ShowAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status400BadRequest;
        View = await ComposeView.ReadAsync(db, viewer, Form, limits, stop) with { IsNew = true, IsDraft = true, Back = $"/classes/{viewer.Me.ClassId}" };
        View.Check = ComposeCheck.Of(View, clock, times);
        return Page();
    }
}
