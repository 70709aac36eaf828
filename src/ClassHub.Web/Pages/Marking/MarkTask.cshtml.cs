using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Marking;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Marking;

/// <summary>Begins with the oldest piece of a task; gives back everything that is marked.</summary>
public sealed class MarkTaskPage(ClassHubDb db, Viewer viewer, MarkWork marking) : PageModel
{
    [Row("R30")]
    public async Task<IActionResult> OnGetAsync(int taskId, CancellationToken stop)
    {
        if (await RefuseAsync(taskId, stop) is { } no) return no;
        var first = (await MarkQueue.ReadAsync(db, viewer, taskId, stop)).Page.FirstOrDefault();
        return Redirect(first?.Address ?? $"/classes/{viewer.Me.ClassId}/tasks/{taskId}");
    }

    [Row("R32")]
    public async Task<IActionResult> OnPostAllAsync(int taskId, CancellationToken stop)
    {
        if (await RefuseAsync(taskId, stop) is { } no) return no;
        if (viewer.Me.IsArchived) return Forbid();
        var (given, from) = await marking.GiveBackAllAsync(taskId, stop);
        var task = $"/classes/{viewer.Me.ClassId}/tasks/{taskId}";
        if (given == 0) this.Say("Nothing was ready to be given back.");
        else this.Say($"{Times.Count(given, "piece", "pieces")} of work given back. Pupils see it in half a minute.", $"{task}/mark?handler=AllBack&from={from.UtcTicks}");
        return Redirect(task);
    }

    /// <summary>What the last press gave back, as long as no pupil sees it.</summary>
    [Row("R32")]
    public async Task<IActionResult> OnPostAllBackAsync(int taskId, long from, CancellationToken stop)
    {
        if (await RefuseAsync(taskId, stop) is { } no) return no;
        if (viewer.Me.IsArchived) return Forbid();
        var back = 0;
        if (!await this.TryAsync("", async () => back = await marking.TakeAllBackAsync(taskId, new DateTimeOffset(Math.Clamp(from, 0, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero), stop)))
            this.Say(ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage);
        else this.Say(back == 0 ? "Pupils see it by now. Open a piece to take it back." : $"{Times.Count(back, "piece", "pieces")} taken back. Nobody has seen anything.");
        return Redirect($"/classes/{viewer.Me.ClassId}/tasks/{taskId}");
    }

    private async Task<IActionResult?> RefuseAsync(int taskId, CancellationToken stop)
    {
        var classId = viewer.Me.ClassId;
        if (!await db.Tasks.VisibleTo(viewer, db).AnyAsync(t => t.Id == taskId && t.ClassId == classId, stop)) return NotFound();
        if (viewer.Me.IsTeacher) return null;
        // The office sees who handed in, for a reason.
        return viewer.IsOffice && HttpMethods.IsGet(Request.Method) ? await this.MustStateReasonAsync(db, viewer, AuditAction.OpenedTask, taskId, stop) : Forbid();
    }
}
