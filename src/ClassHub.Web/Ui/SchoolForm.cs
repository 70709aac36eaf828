using System.Globalization;
using ClassHub.School;
using NodaTime;

namespace ClassHub.Web.Ui;

/// <summary>The fields of the school, as the set-up page and the settings show them. Holidays are lines: "2026-12-21 to 2027-01-01 Christmas".</summary>
public sealed class SchoolForm
{
    public string? Name { get; set; }
    public string TimeZone { get; set; } = "Europe/London";
    public SchoolDays[] Days { get; set; } = [SchoolDays.Monday, SchoolDays.Tuesday, SchoolDays.Wednesday, SchoolDays.Thursday, SchoolDays.Friday];
    public string Morning { get; set; } = "08:30";
    public string? Holidays { get; set; }

    public static readonly SchoolDays[] EveryDay = [SchoolDays.Monday, SchoolDays.Tuesday, SchoolDays.Wednesday, SchoolDays.Thursday, SchoolDays.Friday, SchoolDays.Saturday, SchoolDays.Sunday];
    public static IReadOnlyList<string> Zones { get; } = [.. DateTimeZoneProviders.Tzdb.Ids.Where(id => id == "UTC" || (id.Contains('/') && !id.StartsWith("Etc/", StringComparison.Ordinal)))];

    public static SchoolForm Of(SchoolProfile school, IEnumerable<Holiday> holidays) => new()
    {
        Name = school.Name,
        TimeZone = school.TimeZone,
        Days = [.. EveryDay.Where(d => school.Days.HasFlag(d))],
        Morning = school.Morning.ToString("HH:mm", CultureInfo.InvariantCulture),
        Holidays = string.Join('\n', holidays.Select(h => $"{h.FirstOn:yyyy-MM-dd} to {h.LastOn:yyyy-MM-dd} {h.Name}")),
    };

    public SchoolDays AllDays => Days.Aggregate(SchoolDays.None, (all, day) => all | day);

    /// <exception cref="RuleBroken">Not a time of day.</exception>
    public TimeOnly MorningTime => TimeOnly.TryParse(Morning, CultureInfo.InvariantCulture, out var time) ? time : throw new RuleBroken("Write the morning hour like 08:30.", "School.Morning");

    /// <exception cref="RuleBroken">A line that is not two dates and a name.</exception>
    public List<Holiday> AllHolidays()
    {
        var holidays = new List<Holiday>();
        foreach (var (line, number) in (Holidays ?? "").ReplaceLineEndings("\n").Split('\n').Select((line, i) => (line.Trim(), i + 1)).Where(l => l.Item1 != ""))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var isRange = words.Length > 2 && words[1].Equals("to", StringComparison.OrdinalIgnoreCase);
            if (!TryDate(words[0], out var first) || !TryDate(isRange ? words[2] : words[0], out var last))
                throw new RuleBroken($"Line {number} of the holidays: write it like “2026-12-21 to 2027-01-01 Christmas”.", "School.Holidays");
            holidays.Add(new Holiday(string.Join(' ', words.Skip(isRange ? 3 : 1)), first, last));
        }
        return holidays;
    }

    private static bool TryDate(string text, out DateOnly date) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
