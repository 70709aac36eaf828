using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Web.Access;
using ClassHub.Web.Startup;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Guardians;

/// <summary>The code of an invitation on paper. It opens nothing without the message that went to the guardian, so it may be printed again.</summary>
[Row("R44")]
public sealed class SlipPage(ClassHubDb db, Viewer viewer, CurrentSchool school) : PageModel
{
    /// <param name="Code">None when it was used, or there never was one.</param>
    public sealed record View(int PupilId, string Pupil, string Guardian, string? Code, int CodeTries, DateTimeOffset? AcceptedAt);

    public View Slip { get; private set; } = null!;
    public MyClass Class => viewer.Me;
    public string School => school.Calendar.SchoolName;

    public async Task<IActionResult> OnGetAsync(int classId, int pupilId, int linkId, CancellationToken stop)
    {
        if (!Class.MayManagePeople()) return Forbid();
        var slip = await db.GuardianLinks.Where(l => l.Id == linkId && l.PupilId == pupilId && l.ApprovedAt != null && l.EndedAt == null
                && db.Memberships.Any(m => m.ClassId == classId && m.PersonId == pupilId && !m.IsTeacher))
            .Select(l => new View(l.PupilId, l.Pupil.Forename, l.Guardian.Name, l.AcceptedAt == null ? l.Code : null,
                l.CodeTries, l.AcceptedAt))
            .SingleOrDefaultAsync(stop);
        if (slip is null) return NotFound();
        Slip = slip;
        return Page();
    }
}
