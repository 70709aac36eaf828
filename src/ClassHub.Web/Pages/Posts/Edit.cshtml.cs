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

[Row("R19"), TakesFiles]
public sealed class EditPage(ClassHubDb db, Viewer viewer, ComposePost compose, KeepFile keep, SchoolClock clock) : PageModel
{
    [BindProperty] public ComposeForm Form { get; set; } = new();

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
        if (!await this.TryAsync("", async () => Form.Keep.AddRange((await keep.KeepAllAsync(Form.Files, viewer, classId, stop)).Select(f => f.Id))) || !ModelState.IsValid
            || !await this.TryAsync("", () => compose.EditAsync(viewer, postId, Form.Version, Form.WholeSet, Form.Text([]), Form.Target(classId, clock), stop)))
            return await ShowAsync(post, stop);

        this.Say(Form.Goes switch { GoesOut.AsDraft => "Kept as a draft.", GoesOut.Later => "Saved. It goes out by itself.", _ => "Saved." });
        return Redirect($"/classes/{classId}/posts/{postId}");
    }

    private Task<Post?> FindAsync(int classId, int postId, CancellationToken stop) =>
        db.Posts.VisibleTo(viewer, db).Where(p => p.Id == postId && p.ClassId == classId).Include(p => p.Files).Include(p => p.Links).Include(p => p.Readers).Include(p => p.Groups).AsSplitQuery().AsNoTracking().SingleOrDefaultAsync(stop);

    private async Task<IActionResult> ShowAsync(Post post, CancellationToken stop)
    {
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status400BadRequest;
        var set = post.SetId is null ? 1 : await db.Posts.CountAsync(p => p.SetId == post.SetId && p.BinnedAt == null && viewer.Teaches.Contains(p.ClassId), stop);
        View = await ComposeView.ReadAsync(db, viewer, Form, HttpContext.RequestServices.GetRequiredService<FileLimits>(), stop) with { IsOut = post.PublishAt <= viewer.Now, SetSize = set, Back = $"/classes/{post.ClassId}/posts/{post.Id}" };
        return Page();
    }
}
