using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Web.Access;
using ClassHub.Web.Startup;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.People;

/// <summary>One-time passwords for the people whom the office chose, shown once.</summary>
[OfficeOnly, Row("R75"), ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class PeopleSheetPage(ClassHubDb db, Viewer viewer, Passwords passwords, CurrentSchool school) : PageModel
{
    [BindProperty] public List<int> Ids { get; set; } = [];

    /// <summary>The office has read that passwords which work will stop working.</summary>
    [BindProperty] public bool Sure { get; set; }

    public SignInSheet? Sheet { get; private set; }
    /// <summary>How many of those chosen have a password that works.</summary>
    public int Working { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var chosen = await db.People.Where(p => Ids.Contains(p.Id) && p.DisabledAt == null && p.Role != Role.Guardian && p.Id != viewer.PersonId)
            .OrderBy(p => p.SortName).ThenBy(p => p.Id).Select(p => p.Id).Take(SignInSheet.Most).ToListAsync(stop);
        if (chosen.Count == 0)
        {
            this.Say("Nobody was chosen. Tick the people who need a new password first. Your own you change on your page.");
            return Redirect("/admin/people");
        }
        Working = await db.Users.CountAsync(a => chosen.Contains(a.PersonId) && a.PasswordHash != null && !a.MustChangePassword, stop);
        if (!Sure && chosen.Count > 1 && Working > 0)
        {
            Ids = chosen;
            return Page();
        }
        var back = chosen.Count == 1 ? $"/admin/people/{chosen[0]}" : "/admin/people";
        Sheet = new(school.Calendar.SchoolName, null, SignInSheet.SiteOf(Request), back, "Back to people", await SignInSheet.MakeAsync(db, passwords, chosen, viewer.PersonId, stop));
        return Page();
    }
}
