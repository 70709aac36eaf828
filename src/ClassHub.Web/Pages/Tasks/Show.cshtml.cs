using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Tasks;

/// <summary>One task: for a pupil the work (and for who looks after them), for a teacher the class.</summary>
[Row("R22")]
public sealed class TaskPage(ClassHubDb db, Viewer viewer, FileLimits limits) : PageModel
{
    public string Title { get; private set; } = "";
    public PupilTask? Mine { get; private set; }
    public TeacherTask? All { get; private set; }

    public async Task<IActionResult> OnGetAsync(int taskId, CancellationToken stop)
    {
        if (viewer.Me.IsLearner)
        {
            Mine = await PupilTask.ReadAsync(db, viewer, taskId, limits, stop);
            Title = Mine?.Task.Title ?? "";
            return Mine is null ? NotFound() : Page();
        }
        // The office reads the task; who handed in what is behind a stated reason.
        var showsWork = viewer.Me.IsTeacher || await db.HasStatedReasonAsync(viewer.PersonId, AuditAction.OpenedTask, taskId, viewer.Now, stop);
        All = await TeacherTask.ReadAsync(db, viewer, taskId, showsWork, stop);
        Title = All?.Task.Title ?? "";
        return All is null ? NotFound() : Page();
    }
}
