using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Submissions;

[Row("R27")]
public sealed class ReceiptPage(ClassHubDb db, Viewer viewer) : PageModel
{
    public sealed record View(int ClassId, int TaskId, string Title, string ClassName, Subject? Subject, string Pupil, DateTimeOffset HandedInAt, int Number, bool IsOnPaper, bool IsTakenBack, string Text, string Code, IReadOnlyList<string> Files);

    public View Receipt { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int classId, int taskId, string receipt, CancellationToken stop)
    {
        var code = JoinCode.Typed(receipt);
        var found = await db.SubmissionVersions
            .Where(v => v.Receipt == code && v.Submission.TaskId == taskId && v.Submission.ClassId == classId && db.Submissions.VisibleTo(viewer, db).Any(s => s.Id == v.SubmissionId))
            .Select(v => new View(classId, taskId, v.Submission.Task.Post.Title, v.Submission.Task.Post.Class.Name, v.Submission.Task.Post.Class.Subject, v.Submission.Pupil.Forename + " " + v.Submission.Pupil.Surname,
                v.HandedInAt, v.Number, v.IsOnPaper, v.TakenBackAt != null, v.Text, v.Receipt, v.Files.OrderBy(f => f.Place).Select(f => f.File.Name).ToList()))
            .SingleOrDefaultAsync(stop);
        if (found is null) return NotFound();
        Receipt = found;
        return Page();
    }
}
