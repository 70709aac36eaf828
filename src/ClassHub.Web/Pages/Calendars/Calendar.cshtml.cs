using System.Globalization;
using ClassHub.Calendars;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.School;
using ClassHub.Tasks;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Calendars;

public enum CalendarView { Month, Week, List }

/// <summary>What is due, and for staff what goes out: in the weeks from today on, in a month, a week or as a list of four weeks.</summary>
[Row("R85")]
public sealed class CalendarPage(ClassHubDb db, Viewer viewer, SchoolClock clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public CalendarView? View { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? On { get; set; }
    [BindProperty(SupportsGet = true)] public int? Class { get; set; }
    [BindProperty(SupportsGet = true)] public int? Child { get; set; }

    /// <summary>As many dates of a day are in sight; the others fold.</summary>
    public const int InSight = 3;
    private const int NextOnes = 3;

    public sealed record Day(DateOnly On, IReadOnlyList<CalendarEntry> Entries, string? Holiday, bool IsOutside);

    public Viewer Me => viewer;
    /// <summary>The coming dates, nothing of it done, where the days shown are those of today.</summary>
    public IReadOnlyList<CalendarEntry> Coming { get; private set; } = [];
    public IReadOnlyList<MyClass> Classes => [.. viewer.Classes.Where(c => !c.IsArchived).DistinctBy(c => c.ClassId)];
    /// <summary>A guardian of one, and whoever chose one child, need not be told whose date it is.</summary>
    public bool TellsWhose => viewer.Children.Count > 1 && Child is null;
    public CalendarView Shown => View ?? CalendarView.Month;
    /// <summary>It opens at today: this week stands first, and the past is a tap away.</summary>
    public bool IsFromNow => Shown == CalendarView.Month && On is null;
    public DateOnly Asked => On is { Year: > 2000 and < 2200 } on ? on : clock.Today;
    public IReadOnlyList<Day> Days { get; private set; } = [];

    private DateOnly First => Shown switch
    {
        CalendarView.Month when IsFromNow => SchoolClock.MondayOf(Asked),
        CalendarView.Month => SchoolClock.MondayOf(new DateOnly(Asked.Year, Asked.Month, 1)),
        CalendarView.Week => SchoolClock.MondayOf(Asked),
        CalendarView.List => Asked,
    };
    private DateOnly After => Shown switch
    {
        CalendarView.Month when IsFromNow => First.AddDays(35),
        CalendarView.Month => SchoolClock.MondayOf(new DateOnly(Asked.Year, Asked.Month, 1).AddMonths(1).AddDays(6)),
        CalendarView.Week => First.AddDays(7),
        CalendarView.List => First.AddDays(28),
    };
    public DateOnly Before => Shown switch
    {
        CalendarView.Month => IsFromNow ? Asked : Asked.AddMonths(-1),
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
        CalendarView.Month when IsFromNow => "From this week on",
        CalendarView.Month => Asked.ToString("MMMM yyyy", CultureInfo.CurrentCulture),
        CalendarView.Week => $"{First.ToString(First.Month == First.AddDays(6).Month ? "%d" : "d MMMM", CultureInfo.CurrentCulture)} to {First.AddDays(6).ToString("d MMMM yyyy", CultureInfo.CurrentCulture)}",
        CalendarView.List => $"From {First.ToString("d MMMM yyyy", CultureInfo.CurrentCulture)}",
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid) return BadRequest();
        if (Class is { } asked && Classes.All(c => c.ClassId != asked)) return NotFound();
        if (Child is { } child && viewer.Children.All(c => c.PupilId != child)) return NotFound();
        var entries = (await ReadAsync(clock.StartOf(First), clock.StartOf(After), stop)).ToLookup(e => clock.DateOf(e.At));
        if (Shown != CalendarView.List && First <= clock.Today && clock.Today < After)
            Coming = [.. (await ReadAsync(viewer.Now, viewer.Now.AddDays(28), stop)).Where(e => !e.IsDone).Take(NextOnes)];
        Days = [.. Enumerable.Range(0, After.DayNumber - First.DayNumber).Select(n => First.AddDays(n))
            .Select(day => new Day(day, [.. entries[day]], clock.HolidayOn(day), Shown == CalendarView.Month && !IsFromNow && day.Month != Asked.Month))];
        return Page();
    }

    private async Task<IReadOnlyList<CalendarEntry>> ReadAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken stop) =>
        [.. (await db.EntriesAsync(viewer, since, until, stop)).Where(e => (Class is null || e.ClassId == Class) && (Child is null || e.ForNumber == Child))];

    /// <summary>The same page with what was chosen, elsewhere in time.</summary>
    public string To(CalendarView view, DateOnly? on) =>
        string.Create(CultureInfo.InvariantCulture, $"/calendar?view={view}{(on is null ? "" : $"&on={on:yyyy-MM-dd}")}").ToLowerInvariant()
        + (Class is { } inClass ? $"&class={inClass}" : "") + (Child is { } child ? $"&child={child}" : "");

    /// <summary>"Was due", "Due", "Goes out": whether it is over, in words.</summary>
    public string Said(CalendarEntry e) => e switch
    {
        { IsDone: true } => "Done. Due",
        { IsDue: true } => IsOver(e) ? "Was due" : "Due",
        _ => IsOver(e) ? "Went out" : "Goes out",
    };

    public bool IsOver(CalendarEntry e) => (e.IsDue ? e.At.Over() : e.At) <= viewer.Now;
}
