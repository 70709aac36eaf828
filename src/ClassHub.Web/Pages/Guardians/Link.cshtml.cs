using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Guardians;
using ClassHub.Notifications;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Guardians;

/// <summary>One guardian of one pupil: the guardian's own, and the office's for a stated reason.</summary>
public sealed class LinkPage(ClassHubDb db, Viewer viewer, InviteGuardian guardians) : PageModel
{
    public sealed record View(int GuardianId, string Guardian, string Pupil, string Email, DateTimeOffset InvitedAt, DateTimeOffset? AcceptedAt,
        DateTimeOffset? EndedAt, MailTrouble? Trouble, bool HasCode);

    [BindProperty] public string? Code { get; set; }

    public View Link { get; private set; } = null!;
    public bool IsOffice => viewer.IsOffice;

    [Row("R43")]
    public async Task<IActionResult> OnGetAsync(int linkId, CancellationToken stop)
    {
        if (await RefusalAsync(linkId, stop) is { } refusal) return refusal;
        if (viewer.IsOffice && await this.MustStateReasonAsync(db, viewer, AuditAction.OpenedGuardian, linkId, stop) is { } ask) return ask;
        await ReadAsync(linkId, stop);
        return Page();
    }

    [Row("R45")]
    public async Task<IActionResult> OnPostEndAsync(int linkId, CancellationToken stop)
    {
        if (await RefusalAsync(linkId, stop) is { } refusal) return refusal;
        await guardians.EndAsync(linkId, viewer.PersonId, stop);
        if (viewer.IsOffice) this.Say("Taken away. They see nothing of this pupil any more, and get no message.");
        return Redirect(viewer.IsOffice ? "/admin/guardians" : "/");
    }

    [Row("R89")]
    public async Task<IActionResult> OnPostAcceptAsync(int linkId, CancellationToken stop)
    {
        if (await RefusalAsync(linkId, stop) is { } refusal) return refusal;
        if (viewer.IsOffice) return Forbid();
        if (!await this.TryAsync("", () => guardians.AcceptAsync(linkId, viewer.PersonId, Code, stop)))
        {
            await ReadAsync(linkId, stop);
            return Page();
        }
        this.Say("Thank you. Here is what is going on.");
        return Redirect("/");
    }

    private async Task ReadAsync(int linkId, CancellationToken stop) => Link = await (
        from l in db.GuardianLinks
        where l.Id == linkId
        from s in db.MessageSettings.Where(s => s.PersonId == l.GuardianId).DefaultIfEmpty()
        select new View(l.GuardianId, l.Guardian.Name, l.Pupil.Forename, s!.Email ?? "", l.InvitedAt, l.AcceptedAt, l.EndedAt,
            s.Trouble, l.Code != null)).SingleAsync(stop);

    /// <summary>The guardian's own; the office's; who shares a class with the pupil may not, for others there is nothing.</summary>
    private async Task<IActionResult?> RefusalAsync(int linkId, CancellationToken stop)
    {
        int[] classes = viewer.IsGuardian ? [] : [.. viewer.Teaches, .. viewer.Learns];
        var link = await db.GuardianLinks.Where(l => l.Id == linkId).Select(l => new { l.GuardianId, l.PupilId, IsInMyClass = db.Memberships.Any(m => m.PersonId == l.PupilId && !m.IsTeacher && classes.Contains(m.ClassId)) }).SingleOrDefaultAsync(stop);
        if (link is null) return NotFound();
        if (viewer.IsOffice || link.GuardianId == viewer.PersonId) return null;
        return link.IsInMyClass ? Forbid() : NotFound();
    }
}
