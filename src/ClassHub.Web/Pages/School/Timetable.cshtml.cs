using System.Globalization;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.School;
using ClassHub.Web.Access;
using ClassHub.Web.Startup;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.School;

/// <summary>When lessons are and how the year is parted: quick choices wherever a date is typed. And how much work a pupil's day may hold.</summary>
[OfficeOnly, Row("R68")]
public sealed class TimetablePage(ClassHubDb db, Viewer viewer, ChangeTimetable change, CurrentSchool current) : PageModel
{
    [BindProperty] public string? Slots { get; set; }
    [BindProperty] public string? Terms { get; set; }
    [BindProperty] public int? Hours { get; set; }

    public void OnGet()
    {
        var school = current.Calendar;
        Slots = string.Join('\n', school.Slots.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.StartsAt:H\\:mm} to {s.EndsAt:H\\:mm} {s.Name}")));
        Terms = string.Join('\n', school.Terms.Select(t => $"{t.FirstOn:yyyy-MM-dd} to {t.LastOn:yyyy-MM-dd} {t.Name}"));
        Hours = school.PlannedHours;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid || !await this.TryAsync("", () => change.RunAsync(AllSlots(), AllTerms(), Hours, viewer.PersonId, stop)))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        await current.RefreshAsync(db, stop);
        this.Say("The timetable is saved.");
        return RedirectToPage();
    }

    private List<LessonSlot> AllSlots() => [.. Lines(Slots, "Slots", "9:00 to 9:50 Period 1").Select(l => TimeOnly.TryParse(l.First, CultureInfo.InvariantCulture, out var start) && TimeOnly.TryParse(l.Last, CultureInfo.InvariantCulture, out var end)
        ? new LessonSlot(l.Name, start, end) : throw new RuleBroken($"Line {l.Number} of the lessons: write it like “9:00 to 9:50 Period 1”.", "Slots"))];

    private List<Term> AllTerms() => [.. Lines(Terms, "Terms", "2026-09-03 to 2026-12-18 Autumn term").Select(l => Date(l.First, out var first) && Date(l.Last, out var last)
        ? new Term(l.Name, first, last) : throw new RuleBroken($"Line {l.Number} of the terms: write it like “2026-09-03 to 2026-12-18 Autumn term”.", "Terms"))];

    private static IEnumerable<(int Number, string First, string Last, string Name)> Lines(string? text, string field, string like)
    {
        foreach (var (line, number) in (text ?? "").ReplaceLineEndings("\n").Split('\n').Select((line, i) => (line.Trim(), i + 1)).Where(l => l.Item1 != ""))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 4 || !words[1].Equals("to", StringComparison.OrdinalIgnoreCase)) throw new RuleBroken($"Line {number}: write it like “{like}”.", field);
            yield return (number, words[0], words[2], string.Join(' ', words.Skip(3)));
        }
    }

    private static bool Date(string text, out DateOnly date) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
