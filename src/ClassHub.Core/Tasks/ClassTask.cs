using ClassHub.Classes;
using ClassHub.Posts;

namespace ClassHub.Tasks;

/// <summary>What a task wants back. None of them: it is done on paper.</summary>
[Flags]
public enum HandInWays { OnPaper = 0, Text = 1, Files = 2 }

/// <summary>How long after a deadline work may arrive that a pupil's device finished before it without a connection, and still be on time.</summary>
public enum OfflineGrace { NextMorning, Week, None }

/// <summary>The part of a post that asks for something back. Shares the post's key.</summary>
public sealed class ClassTask
{
    /// <summary>How long a task without a deadline stays on Today, and a missed one after its deadline.</summary>
    public static readonly TimeSpan StaysOnToday = TimeSpan.FromDays(14);

    public int Id { get; private set; }
    public Post Post { get; private set; } = null!;
    public int ClassId { get; private set; }
    public HandInWays Ways { get; private set; }
    /// <summary>The beginning of the minute that was typed; it is over when that minute is, see <see cref="TypedTimes.Over(DateTimeOffset?)"/>.</summary>
    public DateTimeOffset? DueAt { get; private set; }
    public string? DueTyped { get; private set; }
    /// <summary>Nothing is taken after this minute. None: late work is always taken.</summary>
    public DateTimeOffset? CloseAt { get; private set; }
    public string? CloseTyped { get; private set; }
    public OfflineGrace Grace { get; private set; }
    /// <summary>The most points, when points are given.</summary>
    public decimal? MostPoints { get; private set; }
    public int StepCount { get; private set; }
    /// <summary>Until when pupils' Today asks about it: lets the page find the few open tasks of a class with many.</summary>
    public DateTimeOffset OnTodayUntil { get; private set; }
    /// <summary>When the teachers were told that the deadline has passed.</summary>
    public DateTimeOffset? DeadlineToldAt { get; private set; }
    /// <summary>When those who owed work were reminded the day before, and two hours before; empty again when the deadline moves.</summary>
    public DateTimeOffset? DayBeforeToldAt { get; private set; }
    public DateTimeOffset? HoursBeforeToldAt { get; private set; }

    private ClassTask() { }
    public ClassTask(Post post) => (Post, Id, ClassId) = (post, post.Id, post.ClassId);

    public void Ask(HandInWays ways, decimal? mostPoints)
    {
        if (mostPoints is < 1 or > 1000) throw new RuleBroken("Points go from 1 to 1000.", "MostPoints");
        (Ways, MostPoints, StepCount) = (ways, mostPoints, TaskSteps.Of(Post.Body, Post.Rules).Count);
    }

    /// <exception cref="RuleBroken">Due before it is visible, or closed before it is due.</exception>
    public void Schedule(DateTimeOffset? dueAt, string? dueTyped, DateTimeOffset? closeAt, string? closeTyped, DateTimeOffset now)
    {
        if (dueAt <= Post.PublishAt) throw new RuleBroken("It must go out before it is due.", "Due");
        if (closeAt < dueAt) throw new RuleBroken("Late work cannot end before the deadline.", "Close");
        if (closeAt <= Post.PublishAt) throw new RuleBroken("It must go out before it closes.", "Close");
        if (DueAt != dueAt && dueAt > now) (DeadlineToldAt, DayBeforeToldAt, HoursBeforeToldAt) = (null, null, null);
        (DueAt, DueTyped, CloseAt, CloseTyped) = (dueAt, dueTyped, closeAt, closeTyped);
        OnTodayUntil = (dueAt ?? Post.PublishAt ?? now) + StaysOnToday;
        if (closeAt > OnTodayUntil) OnTodayUntil = closeAt.Value;
    }

    public void Allow(OfflineGrace grace) => Grace = grace;

    /// <summary>A longer deadline for one pupil keeps the task on Today for as long.</summary>
    public void StayOnToday(DateTimeOffset until)
    {
        if (until + StaysOnToday > OnTodayUntil) OnTodayUntil = until + StaysOnToday;
    }

    public void MoveTo(int classId) => ClassId = classId;

    public bool MayBeHandedInBy(MyClass me) => me.IsPupil && me.ClassId == ClassId && !me.IsArchived;
}

/// <summary>A deadline typed as "12:17" means that minute, too.</summary>
public static class TypedTimes
{
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>The instant from which it is too late.</summary>
    public static DateTimeOffset Over(this DateTimeOffset typed) => typed + Minute;
    /// <inheritdoc cref="Over(DateTimeOffset)"/>
    public static DateTimeOffset? Over(this DateTimeOffset? typed) => typed + Minute;
}

/// <summary>What was arranged with one pupil about one task: another deadline, or that nothing is owed.</summary>
public sealed class Arrangement
{
    public int TaskId { get; private set; }
    public int PupilId { get; private set; }
    public DateTimeOffset? DueAt { get; private set; }
    public DateTimeOffset? ExcusedAt { get; private set; }
    public int ByPersonId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? DayBeforeToldAt { get; private set; }
    public DateTimeOffset? HoursBeforeToldAt { get; private set; }

    private Arrangement() { }
    public Arrangement(int taskId, int pupilId) => (TaskId, PupilId) = (taskId, pupilId);

    public void Extend(DateTimeOffset dueAt, int by, DateTimeOffset now)
    {
        (DueAt, ExcusedAt, ByPersonId, At) = (dueAt, null, by, now);
        (DayBeforeToldAt, HoursBeforeToldAt) = (null, null);
    }

    public void Excuse(int by, DateTimeOffset now) => (ExcusedAt, ByPersonId, At) = (now, by, now);
    public void Withdraw(int by, DateTimeOffset now) => (DueAt, ExcusedAt, ByPersonId, At) = (null, null, by, now);
}

/// <summary>A pupil has done one numbered step.</summary>
public sealed class StepTick
{
    public int TaskId { get; private set; }
    public int PupilId { get; private set; }
    /// <summary>From 0.</summary>
    public int Step { get; private set; }
    public DateTimeOffset At { get; private set; }

    private StepTick() { }
    public StepTick(int taskId, int pupilId, int step, DateTimeOffset now) => (TaskId, PupilId, Step, At) = (taskId, pupilId, step, now);
}
