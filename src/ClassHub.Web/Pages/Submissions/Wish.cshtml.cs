using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Submissions;

/// <summary>"Hand in" pressed while files are still on their way (js/device/wish.js). Without scripts files come with the form, and nobody asks this.</summary>
[Row("R140")]
public sealed class WishPage(ClassHubDb db, Viewer viewer, HandInWhenThere wishes, SignedTime time) : PageModel
{
    [BindProperty] public string? Text { get; set; }
    [BindProperty] public string? Key { get; set; }
    /// <summary>The key of the form that the words were typed into.</summary>
    [BindProperty] public string? FormKey { get; set; }
    [BindProperty] public bool OnPaper { get; set; }
    [BindProperty] public string? MadeTime { get; set; }
    [BindProperty] public long? MadeAfter { get; set; }
    [BindProperty] public List<string> Uploads { get; set; } = [];

    public async Task<IActionResult> OnPostAsync(int taskId, CancellationToken stop)
    {
        if (await RefuseAsync(taskId, stop) is { } no) return no;
        var made = time.MadeAt(MadeTime, MadeAfter, viewer.PersonId, viewer.Now);
        var pressed = new HandInRequest(taskId, viewer.PersonId, viewer.PersonId, Key ?? "", Text, [], OnPaper, viewer.Now)
        {
            MadeAt = made,
            Page = FormKey is { Length: > 0 and <= 64 } ? FormKey : null,
        };
        if (!await this.TryAsync("Text", () => wishes.WishAsync(pressed, Uploads, stop))) return this.NotTaken(StatusCodes.Status400BadRequest);
        return new JsonResult(new { kept = true });
    }

    public async Task<IActionResult> OnPostWithdrawAsync(int taskId, CancellationToken stop)
    {
        if (await RefuseAsync(taskId, stop) is { } no) return no;
        await wishes.WithdrawAsync(taskId, viewer.PersonId, Key, stop);
        return new JsonResult(new { kept = false });
    }

    private async Task<IActionResult?> RefuseAsync(int taskId, CancellationToken stop)
    {
        var classId = viewer.Me.ClassId;
        var task = await db.Tasks.VisibleTo(viewer, db).AsNoTracking().SingleOrDefaultAsync(t => t.Id == taskId && t.ClassId == classId, stop);
        return task is null ? NotFound() : task.MayBeHandedInBy(viewer.Me) ? null : Forbid();
    }
}
