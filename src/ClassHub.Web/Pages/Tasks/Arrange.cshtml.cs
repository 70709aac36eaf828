using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.School;
using ClassHub.Submissions;
using ClassHub.Tasks;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Tasks;

/// <summary>More time for one pupil, or nothing owed.</summary>
[Row("R25")]
public sealed class ArrangePage(ClassHubDb db, Viewer viewer, Arrange arrange, SchoolClock clock) : PageModel
{
    [BindProperty] public int PupilId { get; set; }
    [BindProperty] public string? Until { get; set; }

    public Task<IActionResult> OnPostExtendAsync(int taskId, CancellationToken stop) => DoAsync(taskId, "More time given." + NightNote(), () =>
        arrange.ExtendAsync(taskId, PupilId, clock.Typed(Until, "Due") is { } typed ? clock.Deadline(typed) : throw new RuleBroken("Choose the new deadline."), viewer.PersonId, stop), stop);

    private string NightNote() => SchoolClock.Read(Until) is { } typed && clock.Night(typed, isDeadline: true) is { } note ? " " + note : "";

    public Task<IActionResult> OnPostExcuseAsync(int taskId, CancellationToken stop) => DoAsync(taskId, "Excused.", () => arrange.ExcuseAsync(taskId, PupilId, viewer.PersonId, stop), stop);

    public Task<IActionResult> OnPostWithdrawAsync(int taskId, CancellationToken stop) => DoAsync(taskId, "The deadline of the class holds again.", () => arrange.WithdrawAsync(taskId, PupilId, viewer.PersonId, stop), stop);

    private async Task<IActionResult> DoAsync(int taskId, string done, Func<Task> act, CancellationToken stop)
    {
        var classId = viewer.Me.ClassId;
        if (!await db.Tasks.VisibleTo(viewer, db).AnyAsync(t => t.Id == taskId && t.ClassId == classId, stop)) return NotFound();
        if (viewer.Me is not { IsTeacher: true, IsArchived: false }) return Forbid();

        this.Say(await this.TryAsync("", act) ? done : ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage);
        return Redirect($"/classes/{classId}/tasks/{taskId}");
    }
}
