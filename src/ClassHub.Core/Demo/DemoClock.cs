using System.Globalization;
using ClassHub.School;
using NodaTime;

namespace ClassHub.Demo;

/// <summary>A clock that the demo sets, so that the verbs of a user do their work on days that are past.</summary>
public sealed class DemoClock : TimeProvider
{
    public DateTimeOffset At { get; set; }
    public override DateTimeOffset GetUtcNow() => At;
}

/// <summary>School days counted from the current one: "-1 08:30" is half past eight on the school day before. In the afternoon and at the weekend the current day is the next one, so that something is always due soon.</summary>
public sealed class DemoDays
{
    private static readonly TimeOnly Afternoon = new(14, 0);
    private readonly SchoolClock clock;
    private readonly DateOnly today;

    public DemoDays(SchoolClock clock, DateTimeOffset now)
    {
        var day = clock.DateOf(now);
        this.clock = clock;
        today = clock.IsSchoolDay(day) && clock.TimeOf(now) < Afternoon ? day : clock.NextSchoolDay(day);
    }

    public DateTimeOffset Moment(string words) => clock.VisibleFrom(Typed(words));
    public DateTimeOffset Deadline(string words) => clock.Deadline(Typed(words));

    /// <summary>As a teacher would type it.</summary>
    public LocalDateTime Typed(string words)
    {
        var (day, time) = words.Trim().Split(' ') is [var d, var t] ? (d, t) : throw new FormatException($"“{words}” is no day and time of the demo school.");
        return LocalDate.FromDateOnly(Day(int.Parse(day, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)))
            .At(LocalTime.FromTimeOnly(TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture)));
    }

    public DateOnly Day(int number)
    {
        var day = today;
        for (; number > 0; number--) day = clock.NextSchoolDay(day);
        for (; number < 0; number++) day = Before(day);
        return day;
    }

    public DateOnly Before(DateOnly day)
    {
        do day = day.AddDays(-1); while (!clock.IsSchoolDay(day));
        return day;
    }

    /// <summary>An hour at which children and teachers are awake and at work.</summary>
    public bool IsWaking(DateTimeOffset moment)
    {
        var time = clock.TimeOf(moment);
        return clock.IsSchoolDay(clock.DateOf(moment))
            ? time >= new TimeOnly(9, 10) && time < new TimeOnly(11, 50) || time >= new TimeOnly(13, 5) && time < new TimeOnly(15, 5) || time >= new TimeOnly(16, 0) && time < new TimeOnly(18, 50)
            : time >= new TimeOnly(10, 0) && time < new TimeOnly(17, 30);
    }

    /// <summary>Teachers mark on school days.</summary>
    public DateTimeOffset? Working(Random dice, DateTimeOffset from, DateTimeOffset until)
    {
        if (Between(dice, from, until) is { } moment && clock.IsSchoolDay(clock.DateOf(moment))) return moment;
        var next = clock.NextSchoolDay(clock.DateOf(from));
        return Between(dice, clock.At(next, new(9, 0)), clock.At(next, new(18, 0)));
    }

    /// <summary>A waking moment between two others, always the same for the same dice; none when there is none.</summary>
    public DateTimeOffset? Between(Random dice, DateTimeOffset from, DateTimeOffset until)
    {
        for (var attempt = 0; attempt < 60 && until > from; attempt++)
            if (from + (until - from) * dice.NextDouble() is var moment && IsWaking(moment)) return new DateTimeOffset(moment.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        return null;
    }
}
