using ClassHub.School;
using ClassHub.Tasks;
using NodaTime;

namespace ClassHub.Planning;

/// <summary>Moves dates by school days: the time of day stays, and what was due two lessons later still is. What is out already stays out.</summary>
public static class SchoolDayMoves
{
    /// <summary>All of it so many school days later, or earlier when negative.</summary>
    public static PlannedDates Moved(this PlannedDates dates, int schoolDays, SchoolClock clock) =>
        Made(IsOut(dates, clock) ? null : Local(dates.Out, clock), Local(dates.Due, clock), Local(dates.Close, clock), day => clock.AddSchoolDays(day, schoolDays), dates, clock);

    /// <summary>As far from the new first day as it was from the old one, counted in school days.</summary>
    public static PlannedDates Rebased(this PlannedDates dates, DateOnly from, DateOnly to, SchoolClock clock) =>
        Made(Local(dates.Out, clock), Local(dates.Due, clock), Local(dates.Close, clock), day => clock.AddSchoolDays(to, clock.SchoolDaysBetween(from, day)), dates, clock);

    /// <summary>Goes out on this very day, a free one too; its deadline moves along by as many school days.</summary>
    public static PlannedDates GoingOutOn(this PlannedDates dates, DateOnly day, TimeOnly? time, SchoolClock clock)
    {
        if (Local(dates.Out, clock) is not { } old || IsOut(dates, clock)) return dates;
        var days = clock.SchoolDaysBetween(old.Date.ToDateOnly(), day);
        var moved = Made(null, Local(dates.Due, clock), Local(dates.Close, clock), from => clock.AddSchoolDays(from, days), dates, clock);
        var at = LocalDate.FromDateOnly(day).At(time is { } chosen ? LocalTime.FromTimeOnly(chosen) : old.TimeOfDay);
        return moved with { Out = clock.VisibleFrom(at), OutTyped = SchoolClock.Written(at) };
    }

    /// <summary>Due on this very day, a free one too; late work is taken for as many school days more or less.</summary>
    public static PlannedDates DueOn(this PlannedDates dates, DateOnly day, TimeOnly? time, SchoolClock clock)
    {
        if (Local(dates.Due, clock) is not { } old) return dates;
        var days = clock.SchoolDaysBetween(old.Date.ToDateOnly(), day);
        var due = LocalDate.FromDateOnly(day).At(time is { } chosen ? LocalTime.FromTimeOnly(chosen) : old.TimeOfDay);
        var moved = dates.Close == dates.Due ? dates : Made(null, null, Local(dates.Close, clock), from => clock.AddSchoolDays(from, days), dates, clock);
        if (dates.Close == dates.Due) moved = moved with { Close = clock.Deadline(due), CloseTyped = SchoolClock.Written(due) };
        return moved with { Due = clock.Deadline(due), DueTyped = SchoolClock.Written(due) };
    }

    /// <summary>The same dates as a new post takes them; without a day to go out it is a draft.</summary>
    internal static PostDates AsTyped(this PlannedDates dates, SchoolClock clock) => new(dates.Out is null ? GoesOut.AsDraft : GoesOut.Later, Local(dates.Out, clock), Local(dates.Due, clock),
        dates.Due is null || dates.Close != dates.Due, dates.Close == dates.Due ? null : Local(dates.Close, clock));

    private static PlannedDates Made(LocalDateTime? @out, LocalDateTime? due, LocalDateTime? close, Func<DateOnly, DateOnly> move, PlannedDates before, SchoolClock clock)
    {
        LocalDateTime? To(LocalDateTime? at) => at is { } local ? LocalDate.FromDateOnly(move(local.Date.ToDateOnly())).At(local.TimeOfDay) : null;
        var (o, d, c) = (To(@out), To(due), To(close));
        return new(o is { } goes ? clock.VisibleFrom(goes) : before.Out, o is { } ot ? SchoolClock.Written(ot) : before.OutTyped,
            d is { } by ? clock.Deadline(by) : before.Due, d is { } dt ? SchoolClock.Written(dt) : before.DueTyped,
            c is { } until ? clock.Deadline(until) : before.Close, c is { } ct ? SchoolClock.Written(ct) : before.CloseTyped);
    }

    private static bool IsOut(PlannedDates dates, SchoolClock clock) => dates.Out <= clock.Now;
    private static LocalDateTime? Local(DateTimeOffset? at, SchoolClock clock) => at is { } instant ? clock.InSchool(instant).LocalDateTime : null;
}
