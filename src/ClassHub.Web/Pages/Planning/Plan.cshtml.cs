using System.Globalization;
using ClassHub.Calendars;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Planning;
using ClassHub.School;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Planning;

/// <summary>A teacher's week over all their classes, or one: what goes out and what is due on each day, and how much work that is for a pupil.</summary>
[Row("R86")]
public sealed class PlanPage(ClassHubDb db, Viewer viewer, SchoolClock clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public DateOnly? On { get; set; }
    [BindProperty(SupportsGet = true, Name = "class")] public int? Only { get; set; }

    /// <param name="Most">The minutes of the pupil with the most to do.</param>
    /// <param name="TooMuch">How many pupils have more than the school's hours.</param>
    public sealed record Day(DateOnly On, string? Holiday, bool IsSchoolDay, IReadOnlyList<CalendarEntry> Entries, int Most, int TooMuch);

    public IReadOnlyList<MyClass> Classes => [.. viewer.Classes.Where(c => c is { IsTeacher: true, IsArchived: false })];
    public MyClass? Class => Classes.FirstOrDefault(c => c.ClassId == Only);
    public DateOnly Monday => SchoolClock.MondayOf(On is { Year: > 2000 and < 2200 } on ? on : clock.IsSchoolDay(clock.Today) ? clock.Today : clock.NextSchoolDay(clock.Today));
    public IReadOnlyList<Day> Days { get; private set; } = [];
    public int? Hours => clock.Calendar.PlannedHours;

    /// <summary>The days to which something can be moved by a form: this week's and the next two.</summary>
    public IEnumerable<DateOnly> OtherDays => Enumerable.Range(0, 21).Select(n => Monday.AddDays(n)).Where(day => day >= clock.Today && clock.IsSchoolDay(day));

    public string Week => $"{Monday.ToString(Monday.Month == Monday.AddDays(6).Month ? "%d" : "d MMMM", CultureInfo.CurrentCulture)} to {Monday.AddDays(6).ToString("d MMMM yyyy", CultureInfo.CurrentCulture)}";
    public string Link(DateOnly on, int? only) => $"/plan?on={on:yyyy-MM-dd}{(only is { } c ? $"&class={c}" : "")}";

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!viewer.MayTeach()) return Forbid();
        if (!ModelState.IsValid) return BadRequest();
        int[] classes = [.. Classes.Select(c => c.ClassId).Where(id => Class is null || id == Class.ClassId)];
        var entries = (await db.EntriesAsync(viewer, clock.StartOf(Monday), clock.StartOf(Monday.AddDays(7)), stop)).Where(e => classes.Contains(e.ClassId)).ToLookup(e => clock.DateOf(e.At));
        var minutes = (await db.PlannedMinutesAsync(classes, Monday, Monday.AddDays(6), clock, stop)).ToLookup(m => m.Day);
        Days = [.. Enumerable.Range(0, 7).Select(n => Monday.AddDays(n)).Select(day => new Day(day, clock.HolidayOn(day), clock.IsSchoolDay(day), [.. entries[day]],
            minutes[day].Select(m => m.Minutes).DefaultIfEmpty().Max(), Hours is { } hours ? minutes[day].Count(m => m.Minutes > hours * 60) : 0))];
        return Page();
    }
}
