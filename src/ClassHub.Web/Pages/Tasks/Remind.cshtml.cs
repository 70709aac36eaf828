using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Tasks;

/// <summary>"Remind 10": those who owe work hear of it at once, once a day at most.</summary>
[Row("R78")]
public sealed class RemindPage(ClassHubDb db, Viewer viewer, RemindNow remind) : PageModel
{
    public async Task<IActionResult> OnPostAsync(int classId, int taskId, CancellationToken stop)
    {
        if (!await db.Tasks.VisibleTo(viewer, db).AnyAsync(t => t.Id == taskId && t.ClassId == classId, stop)) return NotFound();
        if (viewer.Me is not { IsTeacher: true, IsArchived: false }) return Forbid();

        var told = 0;
        var isDone = await this.TryAsync("", async () => told = await remind.RunAsync(taskId, stop));
        this.Say(!isDone ? ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage
            : told == 0 ? "They were reminded today already. Once a day is enough." : $"{Times.Count(told, "pupil")} reminded.");
        return Redirect($"/classes/{classId}/tasks/{taskId}");
    }
}
