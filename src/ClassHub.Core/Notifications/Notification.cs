namespace ClassHub.Notifications;

public enum NotificationKind
{
    PostPublished, DueTomorrow, DueSoon, Reminded, DeadlinePassed, WorkHandedIn, WorkReturned, JoinAsked, JoinAdmitted, Urgent, TeachingAsked, TeachingAnswered,
    GuessedAt, MailRefused, DiskFillsUp,
}

/// <summary>One fact one person should hear once. (Recipient, Kind, SubjectId, Occurrence) is unique: for a reminder the occurrence is the due instant, so a moved deadline reminds again. The sentence is made when shown.</summary>
public sealed class Notification
{
    public long Id { get; private set; }
    public int RecipientId { get; private set; }
    public NotificationKind Kind { get; private set; }
    /// <summary>A post, task, submission, join request, urgent notice, pupil or person, as the kind says.</summary>
    public int SubjectId { get; private set; }
    public long Occurrence { get; private set; }
    /// <summary>None: it concerns the whole school.</summary>
    public int? ClassId { get; private set; }
    /// <summary>From when its recipient reads it.</summary>
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? SeenAt { get; private set; }

    private Notification() { }
}
