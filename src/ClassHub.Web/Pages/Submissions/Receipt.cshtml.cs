using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Submissions;

[Row("R27"), OpenToFormer]
public sealed class ReceiptPage(ClassHubDb db, Viewer viewer) : PageModel
{
    public sealed record View(int SubmissionId, int ClassId, int TaskId, string Title, string ClassName, Subject? Subject, string Pupil, DateTimeOffset HandedInAt, int Number, bool IsOnPaper, bool IsTakenBack, string Text, string Code, IReadOnlyList<FileLine> Files, DateTimeOffset? MadeAt, DateTimeOffset? ArrivedAt);
    public sealed record FileLine(FileView File, string Sha256);

    public View Receipt { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int classId, int taskId, string receipt, CancellationToken stop)
    {
        var code = JoinCode.Typed(receipt);
        var found = await db.SubmissionVersions.Where(v => v.Receipt == code && v.Submission.TaskId == taskId && v.Submission.ClassId == classId)
            .Select(v => new View(v.SubmissionId, classId, taskId, v.Submission.Task.Post.Title, v.Submission.Task.Post.Class.Name,
                v.Submission.Task.Post.Class.Subject, v.Submission.Pupil.Name,
                v.HandedInAt, v.Number, v.IsOnPaper, v.TakenBackAt != null, v.Text, v.Receipt, v.Files.OrderBy(f => f.Place).Select(f => new FileLine(new FileView(f.FileId, f.File.Key, f.File.Name, f.File.ContentType, f.File.Size), f.File.Sha256)).ToList(), v.MadeAt, v.ArrivedAt))
            .SingleOrDefaultAsync(stop);
        if (found is null) return NotFound();
        if (!await db.Submissions.VisibleTo(viewer).AnyAsync(s => s.Id == found.SubmissionId, stop))
        {
            if (!viewer.IsOffice) return NotFound();
            if (await this.MustStateReasonAsync(db, viewer, AuditAction.OpenedWork, found.SubmissionId, stop) is { } ask) return ask;
        }
        await db.WithRungsAsync(stop, found.Files.Select(f => f.File));
        Receipt = found;
        return Page();
    }
}
