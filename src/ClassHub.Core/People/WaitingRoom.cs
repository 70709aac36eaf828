namespace ClassHub.People;

/// <summary>
/// Where browsers that nobody knows wait for their try at an account: one after another, and nobody longer than <see cref="Longest"/>. Of those who
/// wait, the one that missed least goes first and lots decide among equals, so whoever fills the room with guesses stands behind the owner.
/// </summary>
public sealed class WaitingRoom(TimeProvider clock)
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private const int MostAtOne = 50, MostInAll = 2000;

    private readonly Dictionary<string, Door> doors = [];
    private int inAll;

    /// <param name="key">The account, or a name that nobody has.</param>
    /// <param name="misses">Of this browser, lately.</param>
    /// <param name="until">Longer it does not wait.</param>
    /// <param name="count">Counts a try and answers nothing, or answers when the next one may be.</param>
    /// <returns>Nothing when it is this one's turn, else when to try again.</returns>
    public async Task<DateTimeOffset?> WaitAsync(string key, double misses, DateTimeOffset until, Func<Task<DateTimeOffset?>> count, CancellationToken stop)
    {
        var ticket = new Ticket(misses, Random.Shared.Next());
        if (Enter(key, ticket) is not { } door) return clock.GetUtcNow() + Longest;
        try
        {
            while (true)
            {
                var free = await LetOneThroughAsync(door, ticket, count, stop);
                if (ticket.MayGo) return null;
                if (ticket.MustLeave) return clock.GetUtcNow() + Longest;
                if (free is not { } at) continue;
                if (at > until) return at;
                using var called = CancellationTokenSource.CreateLinkedTokenSource(stop);
                await Task.WhenAny(ticket.Called, Task.Delay(at - clock.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero, clock, called.Token));
                await called.CancelAsync();
                stop.ThrowIfCancellationRequested();
                if (ticket.MayGo) return null;
            }
        }
        finally { Leave(key, door, ticket); }
    }

    /// <summary>Whoever finds the door free opens it for the one whose turn it is, which may be another. Returns when it is free again, if it is not
    /// now.</summary>
    private async Task<DateTimeOffset?> LetOneThroughAsync(Door door, Ticket me, Func<Task<DateTimeOffset?>> count, CancellationToken stop)
    {
        await door.OneAtATime.WaitAsync(stop);
        try
        {
            if (me.Called.IsCompleted) return null;
            if (await count() is { } free) return free;
            lock (doors)
                if (door.Waiting.Min is { } first)
                {
                    door.Waiting.Remove(first);
                    first.Go();
                }
            return null;
        }
        finally { door.OneAtATime.Release(); }
    }

    /// <summary>When the room is full, who missed most leaves it.</summary>
    private Door? Enter(string key, Ticket ticket)
    {
        lock (doors)
        {
            if (inAll >= MostInAll) return null;
            if (!doors.TryGetValue(key, out var door)) doors[key] = door = new();
            door.Waiting.Add(ticket);
            if (door.Waiting.Count > MostAtOne)
            {
                var last = door.Waiting.Max!;
                door.Waiting.Remove(last);
                if (last == ticket) return null;
                last.Leave();
            }
            inAll++;
            door.Inside++;
            return door;
        }
    }

    private void Leave(string key, Door door, Ticket ticket)
    {
        lock (doors)
        {
            door.Waiting.Remove(ticket);
            inAll--;
            if (--door.Inside == 0) doors.Remove(key);
        }
    }

    private sealed class Door
    {
        public SemaphoreSlim OneAtATime { get; } = new(1, 1);
        public SortedSet<Ticket> Waiting { get; } = [];
        public int Inside { get; set; }
    }

    private sealed class Ticket(double misses, int lot) : IComparable<Ticket>
    {
        private static long made;
        private readonly TaskCompletionSource<bool> called = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly (double, int, long) place = (Math.Floor(misses), lot, Interlocked.Increment(ref made));

        public Task Called => called.Task;
        public bool MayGo => called.Task is { IsCompletedSuccessfully: true, Result: true };
        public bool MustLeave => called.Task is { IsCompletedSuccessfully: true, Result: false };
        public void Go() => called.TrySetResult(true);
        public void Leave() => called.TrySetResult(false);
        public int CompareTo(Ticket? other) => place.CompareTo(other!.place);
    }
}
