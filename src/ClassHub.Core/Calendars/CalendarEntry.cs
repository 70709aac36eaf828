using ClassHub.Classes;
using ClassHub.Posts;

namespace ClassHub.Calendars;

/// <summary>One moment of one post that a calendar shows: it is due, or it goes out.</summary>
/// <param name="IsDone">Nothing is owed any more: handed in, or excused. Always false for staff.</param>
/// <param name="ChangedAt">When its words or dates, or what this pupil owes of it, last changed.</param>
public sealed record CalendarEntry(int PostId, PostKind Kind, bool IsDue, int ClassId, string ClassName, Subject? Subject, string Title, int? Minutes,
    DateTimeOffset At, bool IsDone, bool IsCancelled, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    /// <summary>A guardian's child whose date it is.</summary>
    public string? For { get; init; }
    public int ForNumber { get; init; }
    /// <summary>Stands for that child where no name may; none for a guardian of one.</summary>
    public string? Initial { get; init; }
    /// <summary>Where it is read, within the site.</summary>
    public string Address => $"/classes/{ClassId}/{(Kind == PostKind.Task ? "tasks" : "posts")}/{PostId}{(For is null ? "" : $"?child={ForNumber}")}";
    public string FullName => SchoolClass.Called(ClassName, Subject);
}
