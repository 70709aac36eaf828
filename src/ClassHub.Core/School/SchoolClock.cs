using System.Globalization;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace ClassHub.School;

/// <summary>The only place that knows the school's time zone. Instants go in and out as UTC.</summary>
public sealed class SchoolClock(TimeProvider clock, SchoolCalendar calendar)
{
    private static readonly LocalDateTimePattern Typing = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    private static readonly ZoneLocalMappingResolver AfterGapLatest = Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);
    private static readonly ZoneLocalMappingResolver AfterGapEarliest = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    public SchoolCalendar Calendar => calendar;
    public DateTimeOffset Now => clock.GetUtcNow();
    public DateOnly Today => DateOf(Now);

    public ZonedDateTime InSchool(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(calendar.Zone);
    public DateOnly DateOf(DateTimeOffset instant) => InSchool(instant).Date.ToDateOnly();
    public TimeOnly TimeOf(DateTimeOffset instant) => InSchool(instant).TimeOfDay.ToTimeOnly();
    public DateTimeOffset StartOf(DateOnly day) => calendar.Zone.AtStartOfDay(LocalDate.FromDateOnly(day)).ToDateTimeOffset().ToUniversalTime();
    public DateTimeOffset At(DateOnly day, TimeOnly time) => VisibleFrom(LocalDate.FromDateOnly(day).At(LocalTime.FromTimeOnly(time)));

    /// <summary>"Friday 16:00", typed as a deadline. A skipped time becomes the first instant after the gap; a doubled time takes the later instant, in the pupil's favour.</summary>
    public DateTimeOffset Deadline(LocalDateTime typed) => Resolve(typed, AfterGapLatest);
    /// <summary>The same for "visible from": a doubled time takes the earlier instant.</summary>
    public DateTimeOffset VisibleFrom(LocalDateTime typed) => Resolve(typed, AfterGapEarliest);

    private DateTimeOffset Resolve(LocalDateTime typed, ZoneLocalMappingResolver rule) =>
        calendar.Zone.ResolveLocal(typed, rule).ToDateTimeOffset().ToUniversalTime();

    /// <summary>What somebody who typed a time in a night in which the clocks change should know: which moment counts. None for any other time.</summary>
    public string? Night(LocalDateTime? typed, bool isDeadline)
    {
        if (typed is not { } at || calendar.Zone.MapLocal(at) is not { Count: not 1 } map) return null;
        var time = at.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture);
        var counts = InSchool(isDeadline ? Deadline(at) : VisibleFrom(at));
        var (name, clock) = (counts.GetZoneInterval().Name, counts.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture));
        return map.Count == 0 ? $"The clocks go forward that night: {time} does not exist. It counts as {clock} ({name})."
            : $"The clocks go back that night: {time} comes twice. The {(isDeadline ? "later" : "earlier")} one counts ({name}).";
    }

    /// <summary>True when the clocks jump over this time, so that it was moved to the first instant after the gap.</summary>
    public bool IsSkipped(LocalDateTime typed) => calendar.Zone.MapLocal(typed).Count == 0;

    /// <summary>What a date-and-time field sends ("2026-11-25T08:30") as a local time; null when the field was left empty.</summary>
    /// <exception cref="RuleBroken">Not a date, or outside a year ago to five years ahead.</exception>
    public LocalDateTime? Typed(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        text = text.Trim();
        if (text.Length > 16 && text[16] == ':') text = text[..16];           // some browsers send seconds
        var parsed = Typing.Parse(text);
        if (!parsed.Success) throw new RuleBroken("Write the date and time like 2026-11-25 08:30.", field);
        var today = InSchool(Now).LocalDateTime;
        if (parsed.Value < today.PlusYears(-1) || parsed.Value > today.PlusYears(5))
            throw new RuleBroken("That date is too far away. Choose one between last year and five years from now.", field);
        return parsed.Value;
    }

    /// <summary>The instant as a date-and-time field shows it.</summary>
    public string ForTyping(DateTimeOffset? instant) => instant is { } at ? Written(InSchool(at).LocalDateTime) : "";

    /// <summary>A local time as a date-and-time field takes it and as it is kept beside its instant: "2026-11-25T08:30".</summary>
    public static string Written(LocalDateTime typed) => Typing.Format(typed);
    public static LocalDateTime? Read(string? written) => written is null ? null : Typing.Parse(written) is { Success: true } typed ? typed.Value : null;

    public bool IsSchoolDay(DateOnly day) => calendar.Days.Has(day.DayOfWeek) && HolidayOn(day) is null;

    /// <summary>The name of the holiday that this day belongs to.</summary>
    public string? HolidayOn(DateOnly day) => calendar.Holidays.FirstOrDefault(h => h.FirstOn <= day && day <= h.LastOn) is { } holiday ? holiday.Name is "" ? "No school" : holiday.Name : null;

    /// <summary>The first school day after this one; gives up after a year of holidays and takes the next day.</summary>
    public DateOnly NextSchoolDay(DateOnly day)
    {
        for (var next = day.AddDays(1); next < day.AddYears(1); next = next.AddDays(1))
            if (IsSchoolDay(next)) return next;
        return day.AddDays(1);
    }

    /// <summary>The Monday of the week in which this day lies.</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>So many school days later, or earlier when negative; none is the day itself, or the next school day when it is none.</summary>
    public DateOnly AddSchoolDays(DateOnly day, int days)
    {
        var at = IsSchoolDay(day) ? day : NextSchoolDay(day);
        for (; days > 0; days--) at = NextSchoolDay(at);
        for (; days < 0; days++) at = SchoolDayBefore(at);
        return at;
    }

    /// <summary>How many school days lie from the first to the second day; both are moved on to school days. Negative when the second is earlier. At most four years of them.</summary>
    public int SchoolDaysBetween(DateOnly from, DateOnly to)
    {
        var (first, last) = (AddSchoolDays(from, 0), AddSchoolDays(to, 0));
        if (last < first) return -SchoolDaysBetween(last, first);
        var days = 0;
        for (var day = first; day < last && days < 1_500; day = NextSchoolDay(day)) days++;
        return days;
    }

    private DateOnly SchoolDayBefore(DateOnly day)
    {
        for (var before = day.AddDays(-1); before > day.AddYears(-1); before = before.AddDays(-1))
            if (IsSchoolDay(before)) return before;
        return day.AddDays(-1);
    }

    /// <summary>The first school morning after this instant.</summary>
    public DateTimeOffset NextMorning(DateTimeOffset instant)
    {
        var day = DateOf(instant);
        return IsSchoolDay(day) && At(day, calendar.Morning) is var morning && morning > instant ? morning : At(NextSchoolDay(day), calendar.Morning);
    }

    public bool IsQuiet(DateTimeOffset instant) => calendar.IsQuiet(TimeOf(instant));

    /// <summary>This instant, or the first after it at which a person may be disturbed: on a school day, outside the quiet hours.</summary>
    public DateTimeOffset NextAwake(DateTimeOffset instant)
    {
        var day = DateOf(instant);
        if (!IsSchoolDay(day)) return At(NextSchoolDay(day), calendar.QuietUntil);
        if (!IsQuiet(instant)) return instant;
        return At(day, calendar.QuietUntil) is var morning && morning > instant ? morning : At(NextSchoolDay(day), calendar.QuietUntil);
    }
}

/// <summary>A picture of the school's name, zone, days and hours, taken when they last changed.</summary>
public sealed record SchoolCalendar(string SchoolName, DateTimeZone Zone, SchoolDays Days, TimeOnly Morning, TimeOnly QuietFrom, TimeOnly QuietUntil, IReadOnlyList<Holiday> Holidays)
{
    public static SchoolCalendar Of(SchoolProfile school, IReadOnlyList<Holiday> holidays) =>
        new(school.Name, DateTimeZoneProviders.Tzdb.GetZoneOrNull(school.TimeZone) ?? DateTimeZone.Utc, school.Days, school.Morning, school.QuietFrom, school.QuietUntil, holidays) { PlannedHours = school.PlannedHours };

    public IReadOnlyList<LessonSlot> Slots { get; init; } = [];
    public IReadOnlyList<Term> Terms { get; init; } = [];
    /// <inheritdoc cref="SchoolProfile.PlannedHours"/>
    public int? PlannedHours { get; init; }

    public bool IsQuiet(TimeOnly time) => QuietFrom > QuietUntil ? time >= QuietFrom || time < QuietUntil : time >= QuietFrom && time < QuietUntil;
}
