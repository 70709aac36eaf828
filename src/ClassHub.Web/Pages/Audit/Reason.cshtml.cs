using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Audit;

/// <summary>The office says why it opens something outside its classes, and goes on there. The form stands on the page that refused.</summary>
[OfficeOnly, Row("R72")]
public sealed class ReasonPage(ClassHubDb db, Viewer viewer, TimeProvider clock) : PageModel
{
    public const int Shortest = 5, Longest = 300;
    private static readonly AuditAction[] Askable = [AuditAction.OpenedWork, AuditAction.OpenedTask, AuditAction.OpenedPost, AuditAction.OpenedPerson, AuditAction.OpenedGuardian];

    [BindProperty] public AuditAction Action { get; set; }
    [BindProperty] public int SubjectId { get; set; }
    [BindProperty] public string? Onward { get; set; }
    [BindProperty] public string? Reason { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid || !Askable.Contains(Action) || SubjectId <= 0 || !Url.IsLocalUrl(Onward) || !Onward!.All(char.IsAscii)) return BadRequest();
        Reason = PlainText.Line(Reason, Longest + 1);
        if (Reason.Length is < Shortest or > Longest)
        {
            ModelState.AddModelError(nameof(Reason), $"Write the reason in {Shortest} to {Longest} characters.");
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        await db.WriteAsync(async () =>
        {
            await db.AppendAuditAsync(clock.GetUtcNow(), viewer.PersonId, Action, SubjectId, Reason, stop);
            await db.SaveChangesAsync(stop);
        }, stop);
        return LocalRedirect(Onward!);
    }
}
