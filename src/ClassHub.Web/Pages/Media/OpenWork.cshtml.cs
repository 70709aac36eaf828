using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Marking;
using ClassHub.Media;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Media;

/// <summary>A file that was handed in, or that goes with what the teacher answered.</summary>
[Row("R28")]
public sealed class OpenWorkPage(ClassHubDb db, Viewer viewer, SendFile send) : PageModel
{
    public async Task<IActionResult> OnGetAsync(int submissionId, string workKey, bool download, CancellationToken stop)
    {
        var file = await send.FindAsync(db.Files.OfWork(submissionId, viewer, db), workKey, stop);
        if (file is null) return NotFound();
        if (!await db.Submissions.VisibleTo(viewer).AnyAsync(s => s.Id == submissionId, stop))
        {
            if (!await db.Submissions.ForOffice(viewer).AnyAsync(s => s.Id == submissionId, stop)) return NotFound();
            if (await this.MustStateReasonAsync(db, viewer, AuditAction.OpenedWork, submissionId, stop) is { } ask) return ask;
        }
        return await send.RunAsync(file, workKey, viewer.PersonId, stop) is { } sent ? await this.SendAsync(sent, download, stop) : NotFound();
    }
}
