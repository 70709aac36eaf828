using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Guardians;
using ClassHub.Messages;
using ClassHub.Notifications;
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

    public sealed record Line(int Id, int GuardianId, string Guardian, int PupilId, string Pupil, int? ClassId, string? ClassName, string InvitedBy,
        DateTimeOffset InvitedAt, DateTimeOffset? ApprovedAt, DateTimeOffset? AcceptedAt, MailTrouble? Trouble, int CodeTries)
    {
        public bool IsWaiting => ApprovedAt is null;
    }

    public IReadOnlyList<Line> Links { get; private set; } = [];
    public bool CanSend => mail.IsSet;
    public DateTimeOffset Oldest => viewer.Now - GuardianLink.InviteLasts;

    public async Task OnGetAsync(CancellationToken stop) => Links = await db.GuardianLinks.Where(l => l.EndedAt == null)
        .OrderByDescending(l => l.ApprovedAt == null).ThenByDescending(l => db.MessageSettings.Any(s => s.PersonId == l.GuardianId && s.Trouble != null))
            .ThenBy(l => l.Pupil.SortName).ThenBy(l => l.Id)
        .Select(l => new Line(l.Id, l.GuardianId, l.Guardian.Name, l.PupilId, l.Pupil.Name,
            db.Memberships.Where(m => m.PersonId == l.PupilId && m.Class.ArchivedAt == null).OrderBy(m => m.ClassId).Select(m => (int?)m.ClassId)
                .FirstOrDefault(),
            db.Memberships.Where(m => m.PersonId == l.PupilId && m.Class.ArchivedAt == null).OrderBy(m => m.ClassId).Select(m => m.Class.Name).FirstOrDefault(),
            db.People.Where(p => p.Id == l.InvitedById).Select(p => p.Name).FirstOrDefault()!, l.InvitedAt, l.ApprovedAt, l.AcceptedAt,
            db.MessageSettings.Where(s => s.PersonId == l.GuardianId).Select(s => s.Trouble).FirstOrDefault(), l.CodeTries)).ToListAsync(stop);

    public async Task<IActionResult> OnPostAsync(int linkId, CancellationToken stop)
    {
        if (!await db.GuardianLinks.AnyAsync(l => l.Id == linkId, stop)) return NotFound();
        await guardians.ApproveAsync(linkId, viewer.PersonId, stop);
        this.Say("Agreed. The invitation goes out now and holds for seven days.");
        return RedirectToPage();
    }
}
