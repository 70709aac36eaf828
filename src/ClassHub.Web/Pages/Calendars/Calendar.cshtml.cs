using System.Globalization;
using ClassHub.Calendars;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.School;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Calendars;

public enum CalendarView { Month, Week, List }

/// <summary>What is due, and for staff what goes out, in a month, a week or as a list of the next four weeks.</summary>
[Row("R85")]
public sealed class CalendarPage(ClassHubDb db, Viewer viewer, SchoolClock clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public CalendarView? View { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? On { get; set; }

    public sealed record Day(DateOnly On, IReadOnlyList<CalendarEntry> Entries, string? Holiday, bool IsOutside);

    public Viewer Me => viewer;
    public CalendarView Shown => View ?? CalendarView.Month;
    public DateOnly Asked => On is { Year: > 2000 and < 2200 } on ? on : clock.Today;
    public IReadOnlyList<Day> Days { get; private set; } = [];

    private DateOnly First => Shown switch
    {
        CalendarView.Month => SchoolClock.MondayOf(new DateOnly(Asked.Year, Asked.Month, 1)),
        CalendarView.Week => SchoolClock.MondayOf(Asked),
        CalendarView.List => Asked,
    };
    private DateOnly After => Shown switch
    {
        CalendarView.Month => SchoolClock.MondayOf(new DateOnly(Asked.Year, Asked.Month, 1).AddMonths(1).AddDays(6)),
        CalendarView.Week => First.AddDays(7),
        CalendarView.List => First.AddDays(28),
    };
    public DateOnly Before => Shown switch
    {
        CalendarView.Month => Asked.AddMonths(-1),
        CalendarView.Week => Asked.AddDays(-7),
        CalendarView.List => Asked.AddDays(-28),
    };
    public DateOnly Next => Shown switch
    {
        CalendarView.Month => Asked.AddMonths(1),
        CalendarView.Week => Asked.AddDays(7),
        CalendarView.List => Asked.AddDays(28),
    };

    public string Heading => Shown switch
    {
        CalendarView.Month => Asked.ToString("MMMM yyyy", CultureInfo.CurrentCulture),
        CalendarView.Week => $"{First.ToString(First.Month == First.AddDays(6).Month ? "%d" : "d MMMM", CultureInfo.CurrentCulture)} to {First.AddDays(6).ToString("d MMMM yyyy", CultureInfo.CurrentCulture)}",
        CalendarView.List => $"From {First.ToString("d MMMM yyyy", CultureInfo.CurrentCulture)}",
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid) return BadRequest();
        var entries = (await db.EntriesAsync(viewer, clock.StartOf(First), clock.StartOf(After), stop)).ToLookup(e => clock.DateOf(e.At));
        Days = [.. Enumerable.Range(0, After.DayNumber - First.DayNumber).Select(n => First.AddDays(n))
            .Select(day => new Day(day, [.. entries[day]], clock.HolidayOn(day), Shown == CalendarView.Month && day.Month != Asked.Month))];
        return Page();
    }
}
