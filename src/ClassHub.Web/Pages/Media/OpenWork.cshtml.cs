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
public sealed class OpenWorkPage(ClassHubDb db, Viewer viewer, IFileStore store) : PageModel
{
    public async Task<IActionResult> OnGetAsync(int submissionId, string workKey, bool download, CancellationToken stop)
    {
        if (!new FileKey(workKey).IsWellFormed) return NotFound();
        var file = await db.Files.OfWork(submissionId, viewer, db).AsNoTracking().SingleOrDefaultAsync(f => f.Key == workKey, stop);
        if (file is null) return NotFound();
        if (!await db.Submissions.VisibleTo(viewer, db).AnyAsync(s => s.Id == submissionId, stop))
        {
            if (!await db.Submissions.ForOffice(viewer).AnyAsync(s => s.Id == submissionId, stop)) return NotFound();
            if (await this.MustStateReasonAsync(db, viewer, AuditAction.OpenedWork, submissionId, stop) is { } ask) return ask;
        }
        return await SendingFiles.SendAsync(this, store, file, download, stop);
    }
}
