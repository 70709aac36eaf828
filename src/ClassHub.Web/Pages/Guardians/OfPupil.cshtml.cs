using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Guardians;
using ClassHub.Messages;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Guardians;

/// <summary>A teacher or the office invites a guardian for one pupil. Teachers learn how many there are, never who or where.</summary>
[Row("R44")]
public sealed class OfPupilPage(ClassHubDb db, Viewer viewer, InviteGuardian invite, MailSettings mail) : PageModel
{
    [BindProperty] public string? Forename { get; set; }
    [BindProperty] public string? Surname { get; set; }
    [BindProperty] public string? Email { get; set; }

    public MyClass Class => viewer.Me;
    public bool IsOffice => viewer.IsOffice;
    public bool CanSend => mail.IsSet;
    public string Pupil { get; private set; } = "";
    public int Active { get; private set; }
    public int Invited { get; private set; }
    public int Waiting { get; private set; }

    public async Task<IActionResult> OnGetAsync(int pupilId, CancellationToken stop) => await RefusalAsync(pupilId, stop) ?? Page();

    public async Task<IActionResult> OnPostAsync(int pupilId, CancellationToken stop)
    {
        if (await RefusalAsync(pupilId, stop) is { } refusal) return refusal;
        if (!CanSend) ModelState.AddModelError("", "E-mail is not set up yet.");
        if (!ModelState.IsValid || !await this.TryAsync("", () => invite.RunAsync(pupilId, Forename, Surname, Email, viewer.PersonId, viewer.IsOffice, stop)))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        this.Say(viewer.IsOffice ? "Invited. The message goes out now and holds for seven days." : "The office is asked. When it agrees, the invitation goes out.");
        return RedirectToPage(new { Class.ClassId, pupilId });
    }

    private async Task<IActionResult?> RefusalAsync(int pupilId, CancellationToken stop)
    {
        var classId = Class.ClassId;
        if (!Class.MayManagePeople()) return Forbid();
        if (await db.Memberships.Where(m => m.ClassId == classId && m.PersonId == pupilId && !m.IsTeacher).Select(m => m.Person.Forename).SingleOrDefaultAsync(stop) is not { } name) return NotFound();
        Pupil = name;
        var links = await db.GuardianLinks.Where(l => l.PupilId == pupilId && l.EndedAt == null).Select(l => new { l.ApprovedAt, l.AcceptedAt }).ToListAsync(stop);
        (Active, Waiting) = (links.Count(l => l.AcceptedAt is not null), links.Count(l => l.ApprovedAt is null));
        Invited = links.Count - Active - Waiting;
        return null;
    }
}
