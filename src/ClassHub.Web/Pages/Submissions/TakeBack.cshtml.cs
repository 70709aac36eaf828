using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Submissions;

[Row("R29")]
public sealed class TakeBackPage(ClassHubDb db, Viewer viewer, DraftWork draft) : PageModel
{
    public async Task<IActionResult> OnPostAsync(int classId, int taskId, CancellationToken stop)
    {
        var task = await db.Tasks.VisibleTo(viewer, db).AsNoTracking().SingleOrDefaultAsync(t => t.Id == taskId && t.ClassId == classId, stop);
        if (task is null) return NotFound();
        if (!task.MayBeHandedInBy(viewer.Me)) return Forbid();

        var isDone = await this.TryAsync("", () => draft.TakeBackAsync(taskId, viewer.PersonId, viewer.Now, stop));
        this.Say(isDone ? "Taken back. It is your draft again, and not handed in." : ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage);
        return Redirect($"/classes/{classId}/tasks/{taskId}#work");
    }
}
