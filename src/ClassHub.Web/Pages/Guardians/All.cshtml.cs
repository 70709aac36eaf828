using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Guardians;
using ClassHub.Messages;
using ClassHub.People;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Guardians;

/// <summary>The office agrees to what teachers asked for, and sees who looks after whom.</summary>
[OfficeOnly, Row("R90")]
public sealed class AllGuardiansPage(ClassHubDb db, Viewer viewer, InviteGuardian guardians, MailSettings mail) : PageModel
{

    public sealed record Line(int Id, string Guardian, string Pupil, string? ClassName, string InvitedBy, DateTimeOffset InvitedAt, DateTimeOffset? ApprovedAt, DateTimeOffset? AcceptedAt)
    {
        public bool IsWaiting => ApprovedAt is null;
    }

    public IReadOnlyList<Line> Links { get; private set; } = [];
    public bool CanSend => mail.IsSet;
    public DateTimeOffset Oldest => viewer.Now - GuardianLink.InviteLasts;

    public async Task OnGetAsync(CancellationToken stop) => Links = await db.GuardianLinks.Where(l => l.EndedAt == null)
        .OrderByDescending(l => l.ApprovedAt == null).ThenBy(l => l.Pupil.Surname).ThenBy(l => l.Id)
        .Select(l => new Line(l.Id, l.Guardian.Forename + " " + l.Guardian.Surname, l.Pupil.Forename + " " + l.Pupil.Surname, db.Memberships.Where(m => m.PersonId == l.PupilId && m.Class.ArchivedAt == null).OrderBy(m => m.ClassId).Select(m => m.Class.Name).FirstOrDefault(),
            db.People.Where(p => p.Id == l.InvitedById).Select(p => p.Forename + " " + p.Surname).FirstOrDefault()!, l.InvitedAt, l.ApprovedAt, l.AcceptedAt)).ToListAsync(stop);

    public async Task<IActionResult> OnPostAsync(int linkId, CancellationToken stop)
    {
        if (!await db.GuardianLinks.AnyAsync(l => l.Id == linkId, stop)) return NotFound();
        await guardians.ApproveAsync(linkId, viewer.PersonId, stop);
        this.Say("Agreed. The invitation goes out now and holds for seven days.");
        return RedirectToPage();
    }
}
