using ClassHub.Posts;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tasks;

/// <summary>The words of a task that was out, until they were changed: whoever handed in before goes on reading what was asked of them.</summary>
public sealed class TaskWording
{
    public int Id { get; private set; }
    public int TaskId { get; private set; }
    public string Title { get; private set; } = "";
    /// <summary>As typed, see <see cref="Post.Body"/>.</summary>
    public string Body { get; private set; } = "";
    public WritingRules Rules { get; init; }
    /// <summary>See <see cref="Post.Formulae"/>.</summary>
    public string? Formulae { get; init; }
    public DateTimeOffset ReplacedAt { get; private set; }

    private TaskWording() { }
    public TaskWording(int taskId, string title, string body, DateTimeOffset now) => (TaskId, Title, Body, ReplacedAt) = (taskId, title, body, now);
}

public static class TaskWordings
{
    /// <summary>What the task said at that moment, if it says something else now.</summary>
    public static Task<TaskWording?> OfThenAsync(this IQueryable<TaskWording> wordings, int taskId, DateTimeOffset at, CancellationToken stop) =>
        wordings.AsNoTracking().Where(w => w.TaskId == taskId && w.ReplacedAt > at).OrderBy(w => w.ReplacedAt).FirstOrDefaultAsync(stop);
}
