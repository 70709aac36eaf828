using System.Globalization;
using ClassHub.School;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Html;

namespace ClassHub.Web.Ui;

/// <summary>Moments in school time as people say them: "Today, 15:00" for staff, "Today, 3:00 pm" for pupils.</summary>
public sealed class Times(SchoolClock clock, IHttpContextAccessor http)
{
    private readonly bool twelveHours = http.HttpContext?.Features.Get<ClassHub.Classes.SignedInPerson>()?.Viewer.IsStaff == false;

    public SchoolClock Clock => clock;
    public DateOnly Today { get; } = clock.Today;

    /// <summary>"0:42", "12:05": how long something plays.</summary>
    public static string Length(int seconds) => $"{seconds / 60}:{seconds % 60:00}";

    /// <summary>The same for children: "48 s", "5 min", "12 min 5 s".</summary>
    public static string HowLong(int seconds) => seconds < 60 ? $"{seconds} s" : seconds % 60 == 0 ? $"{seconds / 60} min"
        : $"{seconds / 60} min {seconds % 60} s";

    /// <summary>"Today, 15:00", "Tomorrow, 8:30", "Friday, 15:00" within a week, else "Wednesday 25 November, 8:30".</summary>
    public string Words(DateTimeOffset at) => $"{Day(clock.DateOf(at))}, {Hour(at)}";
    public IHtmlContent At(DateTimeOffset at) => Said(at, Words(at));

    /// <summary>The same inside a sentence: "today, 15:00".</summary>
    public string Within(DateTimeOffset at) => Lower(Words(at));
    public IHtmlContent In(DateTimeOffset at) => Said(at, Within(at));

    /// <summary>After "by" and "until": "3:00 pm today", "3:00 pm tomorrow", else "Friday, 15:00".</summary>
    public string By(DateTimeOffset at) => (clock.DateOf(at).DayNumber - Today.DayNumber) is 0 or 1 ? $"{Hour(at)} {WithinDay(at)}" : Within(at);

    /// <summary>For work that waited on a device: "made today, 18:40, arrived today, 21:05". None for work that came at once.</summary>
    public string? MadeAndArrived(DateTimeOffset? made, DateTimeOffset? arrived) => made is { } m && arrived is { } a ? $"made {Within(m)}, arrived {Within(a)}" : null;

    /// <summary>Only the day, inside a sentence: "today", "Friday", "Wednesday 25 November".</summary>
    public string WithinDay(DateTimeOffset at) => Lower(Day(clock.DateOf(at)));

    /// <summary>The full date for receipts and records: "Tuesday 24 November 2026, 10:52".</summary>
    public string Full(DateTimeOffset at) => clock.DateOf(at).ToString("dddd d MMMM yyyy", CultureInfo.CurrentCulture) + ", " + Hour(at);

    public string Hour(DateTimeOffset at) => Hour(clock.TimeOf(at));
    public string Hour(TimeOnly time) => twelveHours ? time.ToString("h:mm ", CultureInfo.InvariantCulture) + (time.Hour < 12 ? "am" : "pm") : time.ToString("H:mm", CultureInfo.InvariantCulture);

    public string Day(DateOnly day) => (day.DayNumber - Today.DayNumber) switch
    {
        0 => "Today",
        1 => "Tomorrow",
        -1 => "Yesterday",
        > 1 and < 7 => day.ToString("dddd", CultureInfo.CurrentCulture),
        _ => day.ToString(day.Year == Today.Year ? "dddd d MMMM" : "dddd d MMMM yyyy", CultureInfo.CurrentCulture),
    };

    private static string Lower(string words) => words.StartsWith("To", StringComparison.Ordinal) || words.StartsWith("Y", StringComparison.Ordinal) ? char.ToLowerInvariant(words[0]) + words[1..] : words;

    /// <summary>Our own words about this instant, marked as such: a device in another zone adds what its clock shows then.</summary>
    public static HtmlString Said(DateTimeOffset at, string words) => new(
        $"""<time datetime="{at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}">{words}</time>""");

    /// <summary>"an hour", "5 hours", "30 minutes", "5 hours and 30 minutes": how far apart two clocks are.</summary>
    public static string Apart(TimeSpan by) => (by.Duration() is { } apart ? ((int)apart.TotalHours, apart.Minutes) : default) switch
    {
        (0, var minutes) => Count(minutes, "minute"),
        (var hours, 0) => hours == 1 ? "an hour" : Count(hours, "hour"),
        (var hours, var minutes) => $"{Count(hours, "hour")} and {Count(minutes, "minute")}",
    };

    /// <summary>"1 pupil", "3 pupils".</summary>
    public static string Count(int number, string one, string? many = null) => number == 1 ? $"1 {one}" : $"{number} {many ?? one + "s"}";
}
