using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Submissions;

/// <summary>"I did hand it in": the code on a receipt leads to the work. Teachers find those of their classes; the office says why on the next page.</summary>
[Row("R80")]
public sealed class FindReceiptPage(ClassHubDb db, Viewer viewer) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Code { get; set; }

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!viewer.IsStaff) return Forbid();
        var code = JoinCode.Typed(Code);
        if (code == "") return Page();

        var work = viewer.IsOffice ? db.Submissions.ForOffice(viewer) : db.Submissions.VisibleTo(viewer);
        var found = await db.SubmissionVersions.Where(v => v.Receipt == code && work.Any(s => s.Id == v.SubmissionId)).Select(v => new { v.Submission.ClassId, v.Submission.TaskId, v.Receipt }).SingleOrDefaultAsync(stop);
        if (found is not null) return Redirect($"/classes/{found.ClassId}/tasks/{found.TaskId}/receipt/{found.Receipt}");
        Problem = viewer.IsOffice ? "There is no receipt with this code. Check each letter." : "There is no receipt with this code in your classes. Check each letter.";
        return Page();
    }
}
