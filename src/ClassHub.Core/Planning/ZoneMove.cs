using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace ClassHub.Planning;

/// <summary>
/// Where the dates of one post, or one pupil's own deadline for it, go when the school changes its zone. Worked out beforehand, so that all move at once.
/// </summary>
public sealed class ZoneMove
{
    /// <summary>The row is about the class, not about one pupil.</summary>
    public const int ForClass = 0;

    public int PostId { get; private set; }
    public int PupilId { get; private set; }
    public DateTimeOffset? OutFrom { get; private set; }
    public DateTimeOffset? OutTo { get; private set; }
    public DateTimeOffset? DueFrom { get; private set; }
    public DateTimeOffset? DueTo { get; private set; }
    public DateTimeOffset? CloseFrom { get; private set; }
    public DateTimeOffset? CloseTo { get; private set; }
    public DateTimeOffset? OnTodayUntil { get; private set; }

    private ZoneMove() { }

    internal ZoneMove(Post post, ClassTask? task, IEnumerable<Arrangement> own, ZoneShift shift)
    {
        var (from, to) = (PlannedDates.Of(post, task), shift.Of(PlannedDates.Of(post, task)));
        (PostId, PupilId) = (post.Id, ForClass);
        (OutFrom, DueFrom, CloseFrom) = (from.Out, from.Due, from.Close);
        (OutTo, DueTo, CloseTo) = (to.Out, to.Due, to.Close);
        if (task is null) return;
        var ends = own.Select(a => shift.Deadline(a.DueAt, null)).Append(to.Due ?? to.Out).Select(at => at + ClassTask.StaysOnToday);
        OnTodayUntil = ends.Append(to.Close).Append(task.OnTodayUntil).Max();
    }

    internal ZoneMove(Arrangement own, ZoneShift shift) =>
        (PostId, PupilId, DueFrom, DueTo) = (own.TaskId, own.PupilId, own.DueAt, shift.Deadline(own.DueAt, null));
}

/// <summary>
/// The same time of the clock in another zone, for what lies ahead. What would be over by that keeps its moment, so that nothing goes out unseen
/// and nobody becomes late.
/// </summary>
internal sealed class ZoneShift(SchoolClock from, SchoolClock to, DateTimeOffset now)
{
    public static ZoneShift Of(SchoolProfile school, string zone, TimeProvider clock)
    {
        var calendar = SchoolCalendar.Of(school, []);
        return new(new(clock, calendar), new(clock, calendar with { Zone = DateTimeZoneProviders.Tzdb[zone] }), clock.GetUtcNow());
    }

    public PlannedDates Of(PlannedDates dates)
    {
        var goes = Moved(dates.Out, dates.OutTyped, to.VisibleFrom);
        var due = Deadline(dates.Due, dates.DueTyped) is { } d && !(d <= goes) ? d : dates.Due;
        var close = Deadline(dates.Close, dates.CloseTyped) is { } c && !(c <= goes) && !(c < due) ? c : dates.Close;
        return dates with { Out = goes, Due = due, Close = close };
    }

    /// <summary>Whether one of its moments is kept although its time of the clock is another by then.</summary>
    public bool Stays(PlannedDates dates)
    {
        var moved = Of(dates);
        return (moved.Out == dates.Out && Differs(dates.Out, dates.OutTyped, to.VisibleFrom))
            || (moved.Due == dates.Due && Differs(dates.Due, dates.DueTyped, to.Deadline))
            || (moved.Close == dates.Close && Differs(dates.Close, dates.CloseTyped, to.Deadline));
    }

    private bool Differs(DateTimeOffset? at, string? typed, Func<LocalDateTime, DateTimeOffset> resolve) =>
        at is { } instant && instant > now && resolve(SchoolClock.Read(typed) ?? Clock(instant)) != instant;

    public DateTimeOffset? Deadline(DateTimeOffset? at, string? typed) => Moved(at, typed, to.Deadline);

    private DateTimeOffset? Moved(DateTimeOffset? at, string? typed, Func<LocalDateTime, DateTimeOffset> resolve) =>
        at is { } instant && instant > now && resolve(SchoolClock.Read(typed) ?? Clock(instant)) is var moved && moved > now ? moved : at;

    /// <summary>What the clock showed, to the minute.</summary>
    public LocalDateTime Clock(DateTimeOffset instant)
    {
        var at = from.InSchool(instant).LocalDateTime;
        return at.Date.At(new LocalTime(at.Hour, at.Minute));
    }
}

internal sealed class ZoneMovesTable : IEntityTypeConfiguration<ZoneMove>
{
    public void Configure(EntityTypeBuilder<ZoneMove> move)
    {
        move.ToTable("ZoneMoves");
        move.HasKey(m => new { m.PostId, m.PupilId });
        move.HasOne<Post>().WithMany().HasForeignKey(m => m.PostId);
    }
}
