using System.Collections.Concurrent;
using System.Diagnostics;

namespace ClassHub.Load.Rush;

public enum Step { Today, TaskPage, Upload, HandIn, HandInWithFile, Receipt }

/// <summary>What the pupils met, from all of them at once.</summary>
public sealed class Timings
{
    private readonly ConcurrentBag<(Step Step, double Milliseconds)> taken = [];
    private readonly ConcurrentBag<double> acknowledged = [];
    private readonly long began = Stopwatch.GetTimestamp();
    private int retries, failures;

    public int Retries => retries;
    /// <summary>Answers of 500 and above, those that were mended by trying again included.</summary>
    public int Failures => failures;
    public double Now => Stopwatch.GetElapsedTime(began).TotalSeconds;

    /// <summary>From the press until the answer that counts, waiting and trying again included.</summary>
    public async Task<T> TakeAsync<T>(Step step, Func<Task<T>> work)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await work();
        taken.Add((step, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        return answer;
    }

    public void Retry() => Interlocked.Increment(ref retries);
    public void Failure() => Interlocked.Increment(ref failures);
    public void Acknowledged() => acknowledged.Add(Now);

    public double[] Of(params Step[] steps) => [.. taken.Where(t => steps.Contains(t.Step)).Select(t => t.Milliseconds).Order()];

    /// <summary>Hand-ins acknowledged a second in the ten seconds that had most of them.</summary>
    public double AtTheBusiest()
    {
        var times = acknowledged.Order().ToArray();
        return times.Length == 0 ? 0 : times.Select((from, i) => times.Skip(i).TakeWhile(t => t < from + 10).Count()).Max() / 10.0;
    }
}
