using ClassHub.School;
using ClassHub.Tasks;

namespace ClassHub.Submissions;

public enum WorkState { NotStarted, Started, HandedIn, Returned, TryAgain, Excused }

/// <summary>How one pupil stands with one task at one moment. The one home of "late", "missing", "excused", "owed" and "closed"; nothing of it is stored, so an extension given later changes the answer.</summary>
public readonly record struct Standing
{
    public required DateTimeOffset Now { get; init; }
    /// <summary>The class's deadline.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? CloseAt { get; init; }
    /// <summary>This pupil's own later deadline.</summary>
    public DateTimeOffset? ExtendedTo { get; init; }
    public bool IsExcused { get; init; }
    public bool HasDraft { get; init; }
    public DateTimeOffset? HandedInAt { get; init; }
    public DateTimeOffset? ReturnedAt { get; init; }
    public bool IsAskedAgain { get; init; }
    public bool IsSecondTry { get; init; }

    public DateTimeOffset? Due => ExtendedTo ?? DueAt;
    /// <summary>An extension past the close keeps the door open until then.</summary>
    public DateTimeOffset? Close => CloseAt is null ? null : ExtendedTo > CloseAt ? ExtendedTo : CloseAt;

    public bool IsHandedIn => HandedInAt is not null && !IsAskedAgain;
    public bool IsLate => HandedInAt > Due && !IsSecondTry;
    public bool IsClosed => Close <= Now && !IsAskedAgain;
    public bool IsOverdue => Due <= Now;
    /// <summary>Still expected from this pupil.</summary>
    public bool IsOwed => !IsExcused && !IsHandedIn;
    public bool IsMissing => IsOwed && !IsAskedAgain && IsOverdue;

    /// <summary>A hand-in that began before the deadline, or before the task closed, may take so long after it to arrive.</summary>
    public static readonly TimeSpan ArrivingTakes = TimeSpan.FromMinutes(15);

    /// <summary>The moment that counts for work whose first byte came earlier than its last: a slow line makes nobody late. The server's clock decides, never the device's.</summary>
    /// <param name="begunAt">None: it came in one piece.</param>
    public DateTimeOffset CountsFrom(DateTimeOffset? begunAt, DateTimeOffset arrivedAt) =>
        new[] { Due, Close }.Any(limit => begunAt < limit && limit <= arrivedAt && arrivedAt < limit + ArrivingTakes) ? begunAt!.Value : arrivedAt;

    /// <summary>Work that waited on a device for longer than this is shown with both times.</summary>
    public static readonly TimeSpan WorthTelling = TimeSpan.FromMinutes(2);

    /// <summary>The moment that counts for work that a device finished without a connection: when it was made, if that was before the deadline or the close and it came within the task's grace; else when it came.</summary>
    /// <param name="madeAt">Counted from a time that the server itself gave this device, and never later than <paramref name="arrivedAt"/>.</param>
    public DateTimeOffset CountsFrom(DateTimeOffset? madeAt, DateTimeOffset arrivedAt, OfflineGrace grace, SchoolClock clock) =>
        new[] { Due, Close }.Any(limit => madeAt < limit && limit <= arrivedAt && arrivedAt <= EndOf(grace, limit.Value, clock)) ? madeAt!.Value : arrivedAt;

    private static DateTimeOffset EndOf(OfflineGrace grace, DateTimeOffset limit, SchoolClock clock) => grace switch
    {
        OfflineGrace.NextMorning => clock.NextMorning(limit),
        OfflineGrace.Week => limit.AddDays(7),
        _ => limit,
    };

    /// <summary>After "Try again" always; else until it closes and while it was not given back.</summary>
    public bool MayHandIn => IsAskedAgain || (!IsClosed && ReturnedAt is null);
    public bool MayTakeBack => IsHandedIn && ReturnedAt is null && !IsClosed;

    public WorkState State =>
        IsAskedAgain ? WorkState.TryAgain
        : ReturnedAt is not null ? WorkState.Returned
        : HandedInAt is not null ? WorkState.HandedIn
        : IsExcused ? WorkState.Excused
        : HasDraft ? WorkState.Started : WorkState.NotStarted;

    public static Standing Of(ClassTask task, Arrangement? arrangement, Submission? submission, DateTimeOffset now) => new()
    {
        Now = now,
        DueAt = task.DueAt,
        CloseAt = task.CloseAt,
        ExtendedTo = arrangement?.DueAt,
        IsExcused = arrangement?.ExcusedAt is not null,
        HasDraft = submission?.HasDraft ?? false,
        HandedInAt = submission?.HandedInAt,
        ReturnedAt = submission?.ReturnedAt,
        IsAskedAgain = submission?.IsAskedAgain ?? false,
        IsSecondTry = submission?.IsSecondTry ?? false,
    };
}
