using ClassHub.Classes;
using ClassHub.Posts;

namespace ClassHub.Calendars;

/// <summary>One moment of one post that a calendar shows: it is due, or it goes out.</summary>
/// <param name="IsDone">Nothing is owed any more: handed in, or excused. Always false for staff.</param>
/// <param name="ChangedAt">When its words or dates last changed.</param>
public sealed record CalendarEntry(int PostId, PostKind Kind, bool IsDue, int ClassId, string ClassName, Subject? Subject, string Title, int? Minutes,
    DateTimeOffset At, bool IsDone, bool IsCancelled, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    /// <summary>A guardian's child whose date it is.</summary>
    public string? For { get; init; }
    public int ForNumber { get; init; }
    public string FullName => SchoolClass.Called(ClassName, Subject);
}
