using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Submissions;
using ClassHub.Tasks;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Posts;

[Row("R19"), TakesFiles]
public sealed class EditPage(ClassHubDb db, Viewer viewer, ComposePost compose, TakingFiles taking, FileLimits limits, SchoolClock clock, Times times) : PageModel
{
    [BindProperty] public ComposeForm Form { get; set; } = new();
    [BindProperty] public List<string> Uploads { get; set; } = [];

    /// <summary>The pupils that this teacher was told about, see <see cref="NarrowedReaders"/>.</summary>
    [BindProperty] public string? ToldOf { get; set; }

    public ComposeView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int classId, int postId, CancellationToken stop)
    {
        if (await FindAsync(classId, postId, stop) is not { } post) return NotFound();
        if (viewer.Me is not { IsTeacher: true, IsArchived: false }) return Forbid();
        Form = ComposeForm.Of(post, await db.Tasks.AsNoTracking().SingleOrDefaultAsync(t => t.Id == postId, stop), clock);
        return await ShowAsync(post, stop);
    }

    public async Task<IActionResult> OnPostAsync(int classId, int postId, CancellationToken stop)
    {
        if (await FindAsync(classId, postId, stop) is not { } post) return NotFound();
        if (viewer.Me is not { IsTeacher: true, IsArchived: false }) return Forbid();
        Form.Kind = post.Kind;
        if (!await this.TryAsync("", async () => Form.Keep.AddRange((await taking.AllAsync(Form.Files, Uploads, classId, stop)).Select(f => f.Id))) || !ModelState.IsValid
            || !await this.TryAsync("", () => TellWhomItTouchesAsync(classId, postId, stop))
            || !await this.TryAsync("", () => compose.EditAsync(viewer, postId, Form.Version, Form.WholeSet, Form.Text([]), Form.Target(classId, clock), stop)))
            return await ShowAsync(post, stop);

        var saved = Form.Goes switch { GoesOut.AsDraft => "Kept as a draft.", GoesOut.Later => "Saved. It goes out by itself.", GoesOut.Now => "Saved." };
        this.Say(saved, Form.Nights(classId, clock));
        return Redirect($"/classes/{classId}/posts/{postId}");
    }

    /// <summary>Once, before work and its task part: who would no longer see the task.</summary>
    private async Task TellWhomItTouchesAsync(int classId, int postId, CancellationToken stop)
    {
        if (Form.Kind != PostKind.Task) return;
        var touched = await db.WouldLoseTaskAsync(postId, Form.Target(classId, clock), stop);
        var names = string.Join(", ", touched);
        if (touched.Count == 0 || names == ToldOf) return;
        ModelState.Remove(nameof(ToldOf));
        ToldOf = names;
        var who = touched.Count <= 3 ? names : $"{string.Join(", ", touched.Take(2))} and {touched.Count - 2} others";
        throw new RuleBroken($"{who} {(touched.Count == 1 ? "has" : "have")} work in this task and will not see it any more. They keep their work under My work. Save again if that is what you want.", "Audience");
    }

    /// <summary>A draft is kept while it is typed; what waits or is out changes only by a press.</summary>
    public async Task<IActionResult> OnPostKeepAsync(int classId, int postId, CancellationToken stop)
    {
        if (await FindAsync(classId, postId, stop) is not { } post) return NotFound();
        if (viewer.Me is not { IsTeacher: true, IsArchived: false }) return Forbid();
        if (!post.IsDraft) return this.NotSaved("This is no draft any more. Press Save.");
        (Form.Kind, Form.Goes) = (post.Kind, GoesOut.AsDraft);
        return await this.TryAsync("", async () => Form.Version = await compose.EditAsync(viewer, postId, Form.Version, false, Form.Text([]), Form.Target(classId, clock), stop)) ? this.Saved(Form.Version) : this.NotSaved();
    }

    public async Task<IActionResult> OnPostCheckAsync(int classId, int postId, CancellationToken stop)
    {
        if (await FindAsync(classId, postId, stop) is not { } post) return NotFound();
        if (viewer.Me is not { IsTeacher: true, IsArchived: false }) return Forbid();
        Form.Kind = post.Kind;
        return Partial("_BeforeItGoesOut", ComposeCheck.Of(await ReadAsync(post, stop), clock, times));
    }

    private async Task<ComposeView> ReadAsync(Post post, CancellationToken stop) =>
        await ComposeView.ReadAsync(db, viewer, Form, limits, stop) with { IsOut = post.PublishAt <= viewer.Now, IsDraft = post.IsDraft, ToldOf = ToldOf, Back = $"/classes/{post.ClassId}/posts/{post.Id}" };

    private Task<Post?> FindAsync(int classId, int postId, CancellationToken stop) =>
        db.Posts.VisibleTo(viewer, db).Where(p => p.Id == postId && p.ClassId == classId).Include(p => p.Files).Include(p => p.Links).Include(p => p.Readers).Include(p => p.Groups).AsSplitQuery().AsNoTracking().SingleOrDefaultAsync(stop);

    private async Task<IActionResult> ShowAsync(Post post, CancellationToken stop)
    {
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status400BadRequest;
        var set = post.SetId is null ? 1 : await db.Posts.CountAsync(p => p.SetId == post.SetId && p.BinnedAt == null && viewer.Teaches.Contains(p.ClassId), stop);
        View = await ReadAsync(post, stop) with { SetSize = set };
        View.Check = ComposeCheck.Of(View, clock, times);
        return Page();
    }
}
