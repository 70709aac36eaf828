using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Database;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Access;

/// <summary>What the office wants to open, and where it goes on when the reason is given.</summary>
public sealed record AskReason(AuditAction Action, int SubjectId, string Onward);

public static class AskingReason
{
    /// <summary>For the office outside its classes: nothing when a reason was stated within the last half hour, else a 403 that asks for one.</summary>
    public static async Task<IActionResult?> MustStateReasonAsync(this PageModel page, ClassHubDb db, Viewer viewer, AuditAction action, int subjectId, CancellationToken stop)
    {
        if (await db.HasStatedReasonAsync(viewer.PersonId, action, subjectId, viewer.Now, stop)) return null;
        page.HttpContext.Items[nameof(AskReason)] = new AskReason(action, subjectId, page.Request.Path + page.Request.QueryString);
        return new StatusCodeResult(StatusCodes.Status403Forbidden);
    }
}
