using System.Collections.Concurrent;

namespace ClassHub.Web.Jobs;

/// <summary>When each job of this server last ran, and how it went. Kept in memory: after a restart every job reports within its own pace.</summary>
public sealed class JobsHealth(TimeProvider clock)
{
    /// <param name="Problem">None when it went well.</param>
    public sealed record Run(string Job, DateTimeOffset LastRunAt, string? Problem);

    private readonly ConcurrentDictionary<string, Run> runs = new(StringComparer.Ordinal);

    public DateTimeOffset StartedAt { get; } = clock.GetUtcNow();

    public void Ran(string job) => runs[job] = new(job, clock.GetUtcNow(), null);
    public void Failed(string job, string problem) => runs[job] = new(job, clock.GetUtcNow(), PlainText.Line(problem, 200));

    public DateTimeOffset? LastRunAt(string job) => runs.TryGetValue(job, out var run) ? run.LastRunAt : null;
    public IReadOnlyList<Run> Runs => [.. runs.Values.OrderBy(r => r.Job, StringComparer.Ordinal)];
}
