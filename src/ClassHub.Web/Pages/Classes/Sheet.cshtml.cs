using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Web.Access;
using ClassHub.Web.Startup;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Classes;

/// <summary>Makes one-time passwords for pupils of the class and shows them once. There is nothing to read here later, so no GET.</summary>
[Row("R47"), ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ClassSheetPage(ClassHubDb db, Viewer viewer, Passwords passwords, CurrentSchool school) : PageModel
{
    [BindProperty] public List<int> Ids { get; set; } = [];
    /// <summary>"chosen", or "missing" for all without a password.</summary>
    [BindProperty] public string? Which { get; set; }

    public SignInSheet Sheet { get; private set; } = null!;

    public async Task<IActionResult> OnPostAsync(int classId, CancellationToken stop)
    {
        if (!viewer.Me.MayManagePeople()) return Forbid();
        var pupils = db.Memberships.Where(m => m.ClassId == classId && !m.IsTeacher && m.Person.DisabledAt == null);
        pupils = Which == "missing" ? pupils.Where(m => !db.Users.Any(a => a.PersonId == m.PersonId && a.PasswordHash != null)) : pupils.Where(m => Ids.Contains(m.PersonId));
        // Else a teacher could put any pupil of the school in, make a password, and be that pupil.
        if (!viewer.IsOffice) pupils = pupils.Where(m => m.AddedById == null || !db.Users.Any(a => a.PersonId == m.PersonId && a.PasswordHash != null));
        var chosen = await pupils.OrderBy(m => m.Person.SortName).ThenBy(m => m.PersonId).Select(m => m.PersonId).Take(SignInSheet.Most).ToListAsync(stop);
        var back = $"/classes/{classId}/people";
        if (chosen.Count == 0)
        {
            this.Say(Ids.Count == 0 ? "Nobody was chosen. Tick the pupils who need a new password first." : "The office makes new passwords for pupils whom a teacher put into the class.");
            return Redirect(back);
        }
        Sheet = new(school.Calendar.SchoolName, viewer.Me.FullName, SignInSheet.SiteOf(Request), back, "Back to the people of the class", await SignInSheet.MakeAsync(db, passwords, chosen, viewer.PersonId, stop));
        return Page();
    }
}
