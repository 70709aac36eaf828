using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Posts;

/// <summary>The buttons on a post. Every one is a form; what can be undone says how.</summary>
public sealed class ActPage(ClassHubDb db, Viewer viewer, PostActions actions, ComposePost compose, MovePost move, UndoPost undo) : PageModel
{
    [Row("R19")]
    public Task<IActionResult> OnPostPublishAsync(int postId, CancellationToken stop) => DoAsync(postId, () => compose.PublishNowAsync(postId, stop), "Posted. Pupils see it now. They are told in half a minute.", "undo", stop);

    /// <summary>What was posted by a press is a draft again; where work has come, only when the teacher says so once more.</summary>
    [Row("R19")]
    public async Task<IActionResult> OnPostUndoAsync(int postId, bool sure, CancellationToken stop)
    {
        var came = 0;
        var done = await DoAsync(postId, async () => came = await undo.RunAsync(viewer, postId, sure, stop), "Taken back. It is a draft again, and nobody was told.", null, stop,
            onward: here => came > 0 && !sure ? here : here + "/edit");
        if (came > 0 && !sure) this.Say($"{Times.Count(came, "pupil has", "pupils have")} handed in already. Take it back all the same? Their work is kept.", $"/classes/{viewer.Me.ClassId}/posts/{postId}/do/undo?sure=true");
        return done;
    }

    [Row("R19")]
    public Task<IActionResult> OnPostPinAsync(int postId, CancellationToken stop) => DoAsync(postId, () => actions.PinAsync(postId, true, stop), "Pinned to the top of the stream.", "unpin", stop);

    [Row("R19")]
    public Task<IActionResult> OnPostUnpinAsync(int postId, CancellationToken stop) => DoAsync(postId, () => actions.PinAsync(postId, false, stop), "No longer pinned.", "pin", stop);

    [Row("R20")]
    public Task<IActionResult> OnPostBinAsync(int postId, CancellationToken stop) =>
        DoAsync(postId, () => actions.BinAsync(postId, stop), "In the bin. Pupils no longer see it; it can be restored for 30 days.", "restore", stop,
            officeToo: true, onward: _ => $"/classes/{viewer.Me.ClassId}");

    [Row("R20")]
    public Task<IActionResult> OnPostRestoreAsync(int postId, CancellationToken stop) => DoAsync(postId, () => actions.RestoreAsync(postId, stop), "Restored.", null, stop, officeToo: true);

    [Row("R19")]
    public Task<IActionResult> OnPostMoveAsync(int postId, int toClassId, CancellationToken stop) => DoAsync(postId, () => move.RunAsync(viewer, postId, toClassId, stop), "Moved.", null, stop, onward: _ => $"/classes/{toClassId}/posts/{postId}");

    [Row("R18")]
    public async Task<IActionResult> OnPostCopyAsync(int postId, int toClassId, CancellationToken stop)
    {
        var copy = 0;
        return await DoAsync(postId, async () => copy = await compose.CopyAsync(viewer, postId, toClassId, stop), "Copied as a draft. Choose its dates.", null, stop, onward: _ => $"/classes/{toClassId}/posts/{copy}/edit");
    }

    private async Task<IActionResult> DoAsync(int postId, Func<Task> act, string done, string? undo, CancellationToken stop, bool officeToo = false, Func<string, string>? onward = null)
    {
        var classId = viewer.Me.ClassId;
        // The bin is part of the class for those who may restore from it.
        var posts = db.Posts.VisibleTo(viewer, db);
        var isThere = await posts.AnyAsync(p => p.Id == postId && p.ClassId == classId, stop)
            || ((viewer.Me.IsTeacher || viewer.IsOffice) && await db.Posts.AnyAsync(p => p.Id == postId && p.ClassId == classId && p.BinnedAt != null, stop));
        if (!isThere) return NotFound();
        if (!(viewer.Me.IsTeacher || (officeToo && viewer.IsOffice)) || viewer.Me.IsArchived) return Forbid();

        var here = $"/classes/{classId}/posts/{postId}";
        if (!await this.TryAsync("", act))
        {
            this.Say(ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage);
            return Redirect(here);
        }
        if (undo is null) this.Say(done); else this.Say(done, $"{here}/do/{undo}");
        return Redirect(onward?.Invoke(here) ?? here);
    }
}
