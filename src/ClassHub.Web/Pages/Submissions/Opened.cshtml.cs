using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Marking;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Submissions;

/// <summary>A page of the pupil or a guardian tells that feedback lay before somebody's eyes; from then on it cannot be taken back.</summary>
[Row("R120")]
public sealed class OpenedPage(ClassHubDb db, Viewer viewer, MarkWork marking) : PageModel
{
    public async Task<IActionResult> OnPostAsync(int submissionId, CancellationToken stop)
    {
        if (!await db.Submissions.VisibleTo(viewer).AnyAsync(s => s.Id == submissionId, stop)) return NotFound();
        if (viewer.IsStaff) return Forbid();
        await marking.OpenedAsync(submissionId, stop);
        return new NoContentResult();
    }
}
