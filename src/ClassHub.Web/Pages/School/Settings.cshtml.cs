using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Web.Access;
using ClassHub.Web.Startup;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.School;

[OfficeOnly, Row("R68")]
public sealed class SettingsPage(ClassHubDb db, Viewer viewer, ChangeSchool change, CurrentSchool current) : PageModel
{
    [BindProperty] public SchoolForm School { get; set; } = new();

    public async Task OnGetAsync(CancellationToken stop) =>
        School = SchoolForm.Of(await db.Schools.AsNoTracking().SingleAsync(stop), await db.Holidays.AsNoTracking().OrderBy(h => h.FirstOn).ToListAsync(stop));

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid || !await this.TryAsync("", async () =>
            await change.RunAsync(School.Name ?? "", School.TimeZone, School.AllDays, School.MorningTime, School.AllHolidays(), viewer.PersonId, stop)))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        await current.RefreshAsync(db, stop);
        this.Say("The settings are saved.");
        return RedirectToPage();
    }
}
