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

/// <summary>A teacher or the office invites a guardian for one pupil, and reads who accepted and when. Addresses are nobody's to read here.</summary>
[Row("R44")]
public sealed class OfPupilPage(ClassHubDb db, Viewer viewer, InviteGuardian invite, MailSettings mail, Times times) : PageModel
{
    [BindProperty] public string? Forename { get; set; }
    [BindProperty] public string? Surname { get; set; }
    [BindProperty] public string? Email { get; set; }

    public sealed record Line(int Id, string Guardian, DateTimeOffset InvitedAt, DateTimeOffset? ApprovedAt, DateTimeOffset? AcceptedAt, MailTrouble? Trouble,
        bool HasCode);

    public MyClass Class => viewer.Me;
    public int PupilId { get; private set; }
    public IReadOnlyList<Line> Links { get; private set; } = [];
    public string StateOf(Line link) =>
        link.AcceptedAt is { } since ? $"Accepted {times.Within(since)}"
        : link.ApprovedAt is null ? "Waits for the office"
        : link.InvitedAt + GuardianLink.InviteLasts < viewer.Now ? $"Was invited {times.Within(link.InvitedAt)}, not answered in seven days"
        : $"Invited {times.Within(link.InvitedAt)}, not answered yet";
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
        this.Say(viewer.IsOffice ? "Invited. The message goes out now and holds for seven days. Print the slip with the code, and give it to the family."
            : "The office is asked. When it agrees, the invitation goes out.");
        return RedirectToPage(new { Class.ClassId, pupilId });
    }

    private async Task<IActionResult?> RefusalAsync(int pupilId, CancellationToken stop)
    {
        var classId = Class.ClassId;
        if (!Class.MayManagePeople()) return Forbid();
        if (await db.Memberships.Where(m => m.ClassId == classId && m.PersonId == pupilId && !m.IsTeacher).Select(m => m.Person.Forename).SingleOrDefaultAsync(stop) is not { } name) return NotFound();
        (Pupil, PupilId) = (name, pupilId);
        Links = await db.GuardianLinks.Where(l => l.PupilId == pupilId && l.EndedAt == null).OrderBy(l => l.Id)
            .Select(l => new Line(l.Id, l.Guardian.Name, l.InvitedAt, l.ApprovedAt, l.AcceptedAt,
            db.MessageSettings.Where(s => s.PersonId == l.GuardianId).Select(s => s.Trouble).FirstOrDefault(), l.Code != null)).ToListAsync(stop);
        (Active, Waiting) = (Links.Count(l => l.AcceptedAt is not null), Links.Count(l => l.ApprovedAt is null));
        Invited = Links.Count - Active - Waiting;
        return null;
    }
}
