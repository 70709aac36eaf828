using Microsoft.Extensions.Time.Testing;

namespace ClassHub.Tests;

/// <summary>Stands still, and knows who waits for it: a test goes on to the moment when the first of them has waited enough, and no further.</summary>
public sealed class WatchedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly List<Waiting> waiting = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || period != Timeout.InfiniteTimeSpan) return base.CreateTimer(callback, state, dueTime, period);
        var one = new Waiting(this, GetUtcNow() + dueTime);
        lock (waiting) waiting.Add(one);
        one.Timer = base.CreateTimer(of => { one.End(); callback(of); }, state, dueTime, period);
        return one;
    }

    public bool SomebodyWaits { get { lock (waiting) return waiting.Count > 0; } }

    /// <summary>Goes on until all of these are done; each of them waits for nothing but the database and this clock. Returns how long that took on this
    /// clock.</summary>
    public async Task<TimeSpan> UntilDoneAsync(params IReadOnlyCollection<Task> tasks)
    {
        var began = GetUtcNow();
        while (tasks.Any(t => !t.IsCompleted))
        {
            DateTimeOffset? next = null;
            lock (waiting) if (waiting.Count > 0 && waiting.Count >= tasks.Count(t => !t.IsCompleted)) next = waiting.Min(w => w.At);
            if (next is { } at) Advance(at - GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.FromTicks(1));
            await Task.Delay(1);
        }
        return GetUtcNow() - began;
    }

    private sealed class Waiting(WatchedClock clock, DateTimeOffset at) : ITimer
    {
        public DateTimeOffset At => at;
        public ITimer? Timer { get; set; }
        public void End() { lock (clock.waiting) clock.waiting.Remove(this); }
        public bool Change(TimeSpan dueTime, TimeSpan period) => Timer!.Change(dueTime, period);
        public void Dispose() { End(); Timer?.Dispose(); }
        public ValueTask DisposeAsync() { End(); return Timer!.DisposeAsync(); }
    }
}
