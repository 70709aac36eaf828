using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Submissions;
using ClassHub.Tasks;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Tasks;

/// <summary>A pupil ticks the numbered steps of a task.</summary>
[Row("R77")]
public sealed class StepsPage(ClassHubDb db, Viewer viewer, Arrange arrange) : PageModel
{
    public async Task<IActionResult> OnPostAsync(int classId, int taskId, int[] steps, CancellationToken stop)
    {
        var task = await db.Tasks.VisibleTo(viewer, db).AsNoTracking().SingleOrDefaultAsync(t => t.Id == taskId && t.ClassId == classId, stop);
        if (task is null) return NotFound();
        if (!task.MayBeHandedInBy(viewer.Me)) return Forbid();

        await arrange.TickAsync(taskId, viewer.PersonId, steps, stop);
        if (Request.Headers["X-Requested-With"] == "ticks") return new NoContentResult();
        this.Say("Your ticks are saved.");
        return Redirect($"/classes/{classId}/tasks/{taskId}");
    }
}
