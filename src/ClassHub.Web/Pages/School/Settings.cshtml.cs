using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Planning;
using ClassHub.School;
using ClassHub.Web.Access;
using ClassHub.Web.Startup;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.School;

/// <summary>The school's name, zone, days and hours. Another zone shows first what moves with it.</summary>
[OfficeOnly, Row("R68")]
public sealed class SettingsPage(ClassHubDb db, Viewer viewer, ChangeSchool change, PreviewZone preview, ChangeZone zones, CurrentSchool current) : PageModel
{
    /// <summary>What is worked out while the office waits; a school with more ahead of it goes on by itself.</summary>
    private const int SlicesAtOnce = 4;

    [BindProperty] public SchoolForm School { get; set; } = new();
    /// <summary>The zone whose preview the office has seen.</summary>
    [BindProperty] public string? SeenZone { get; set; }

    public string Zone { get; private set; } = "";
    public ZonePreview? Moves { get; private set; }
    /// <summary>A change of the zone that is under way: to which, and how much of it is worked out.</summary>
    public (string To, int Done, int All)? UnderWay { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        School = SchoolForm.Of(await ReadAsync(stop), await db.Holidays.AsNoTracking().OrderBy(h => h.FirstOn).ToListAsync(stop));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var school = await ReadAsync(stop);
        if (ModelState.IsValid && School.TimeZone != Zone && School.TimeZone != SeenZone && UnderWay is null
            && await this.TryAsync("", async () => Moves = await preview.RunAsync(School.TimeZone, stop)) && Moves is { IsEmpty: false })
        {
            return Page();
        }
        if (!ModelState.IsValid || !await this.TryAsync("", async () =>
            await change.RunAsync(School.Name ?? "", School.TimeZone, School.AllDays, School.MorningTime, School.AllHolidays(), viewer.PersonId, stop)))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        var isDone = School.TimeZone == Zone || await zones.RunAsync(stop, SlicesAtOnce);
        await current.RefreshAsync(db, stop);
        this.Say("The settings are saved." + (School.TimeZone == Zone ? "" : isDone ? $" The school goes by {Named(School.TimeZone)} now."
            : " The time zone follows as soon as everything ahead is worked out."));
        return RedirectToPage();
    }

    public static string Named(string zone) => zone.Replace('_', ' ');

    private async Task<SchoolProfile> ReadAsync(CancellationToken stop)
    {
        var school = await db.Schools.AsNoTracking().SingleAsync(stop);
        Zone = school.TimeZone;
        if (school.NextTimeZone is { } next)
            UnderWay = (next, await db.ZoneMoves.CountAsync(m => m.PupilId == ZoneMove.ForClass, stop), await db.Ahead(viewer.Now).CountAsync(stop));
        return school;
    }
}
