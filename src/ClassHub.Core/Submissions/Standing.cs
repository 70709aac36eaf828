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
    /// <summary>At least one step is ticked: who ticks has begun.</summary>
    public bool HasTicks { get; init; }
    public DateTimeOffset? HandedInAt { get; init; }
    /// <summary>When it was given back; none as long as the teacher can still take that back without a trace.</summary>
    public DateTimeOffset? ReturnedAt { get => IsPending ? null : returnedAt; init => returnedAt = value; }
    private readonly DateTimeOffset? returnedAt;
    public bool IsAskedAgain { get => isAskedAgain && !IsPending; init => isAskedAgain = value; }
    private readonly bool isAskedAgain;
    public bool IsSecondTry { get; init; }
    /// <summary>Its receipt said so; a deadline that moves afterwards changes nothing of it.</summary>
    public bool WasOnTime { get; init; }
    /// <summary>Teachers see at once what they gave back; the pupil sees it when <see cref="Undo.Lasts"/> is over.</summary>
    public bool IsForTeacher { get; init; }
    private bool IsPending => returnedAt > Now && !IsForTeacher;

    /// <summary>The later of the class's deadline and the pupil's own; none where the class has none. The minute that was typed belongs to it: "12:17" is over at 12:18.</summary>
    public DateTimeOffset? Due => DueAt is null ? null : ExtendedTo > DueAt ? ExtendedTo : DueAt;
    /// <summary>An extension past the close keeps the door open until then.</summary>
    public DateTimeOffset? Close => CloseAt is null ? null : ExtendedTo > CloseAt ? ExtendedTo : CloseAt;

    public bool IsHandedIn => HandedInAt is not null && !IsAskedAgain;
    public bool IsLate => HandedInAt >= Due.Over() && !IsSecondTry && !WasOnTime;
    public bool IsClosed => Close.Over() <= Now && !IsAskedAgain;
    public bool IsOverdue => Due.Over() <= Now;
    /// <summary>When this looks different the next time: due, closed, or given back.</summary>
    public DateTimeOffset? NextMoment => Earliest(Later(Due.Over()), Later(Close.Over()), Later(returnedAt));
    private DateTimeOffset? Later(DateTimeOffset? at) => at > Now ? at : null;
    private static DateTimeOffset? Earliest(params ReadOnlySpan<DateTimeOffset?> moments)
    {
        DateTimeOffset? first = null;
        foreach (var at in moments) if (at is not null && !(first <= at)) first = at;
        return first;
    }
    /// <summary>Still expected from this pupil.</summary>
    public bool IsOwed => !IsExcused && !IsHandedIn;
    public bool IsMissing => IsOwed && !IsAskedAgain && IsOverdue;

    /// <summary>A hand-in that began before the deadline, or before the task closed, may take so long after it to arrive.</summary>
    public static readonly TimeSpan ArrivingTakes = TimeSpan.FromMinutes(15);

    /// <summary>The moment that counts for work whose first byte came earlier than its last: a slow line makes nobody late. The server's clock decides, never the device's.</summary>
    /// <param name="begunAt">None: it came in one piece.</param>
    public DateTimeOffset CountsFrom(DateTimeOffset? begunAt, DateTimeOffset arrivedAt) =>
        new[] { Due.Over(), Close.Over() }.Any(limit => begunAt < limit && limit <= arrivedAt && arrivedAt < limit + ArrivingTakes) ? begunAt!.Value : arrivedAt;

    /// <summary>Work that waited on a device for longer than this is shown with both times.</summary>
    public static readonly TimeSpan WorthTelling = TimeSpan.FromMinutes(2);

    /// <summary>The moment that counts for work that a device finished without a connection: when it was made, if that was before the deadline or the close and it came within the task's grace; else when it came.</summary>
    /// <param name="madeAt">Counted from a time that the server itself gave this device, and never later than <paramref name="arrivedAt"/>.</param>
    public DateTimeOffset CountsFrom(DateTimeOffset? madeAt, DateTimeOffset arrivedAt, OfflineGrace grace, SchoolClock clock) =>
        new[] { Due.Over(), Close.Over() }.Any(limit => madeAt < limit && limit <= arrivedAt && arrivedAt <= EndOf(grace, limit.Value, clock)) ? madeAt!.Value : arrivedAt;

    private static DateTimeOffset EndOf(OfflineGrace grace, DateTimeOffset limit, SchoolClock clock) => grace switch
    {
        OfflineGrace.NextMorning => clock.NextMorning(limit),
        OfflineGrace.Week => limit.AddDays(7),
        OfflineGrace.None => limit,
    };

    /// <summary>After "Try again" always; else until it closes and while it was not given back.</summary>
    public bool MayHandIn => IsAskedAgain || (!IsClosed && ReturnedAt is null);
    public bool MayTakeBack => IsHandedIn && ReturnedAt is null && !IsClosed;

    public WorkState State =>
        IsAskedAgain ? WorkState.TryAgain
        : ReturnedAt is not null ? WorkState.Returned
        : HandedInAt is not null ? WorkState.HandedIn
        : IsExcused ? WorkState.Excused
        : HasDraft || HasTicks ? WorkState.Started : WorkState.NotStarted;

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
        WasOnTime = submission?.WasOnTime ?? false,
    };
}
