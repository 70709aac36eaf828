namespace ClassHub.People;

/// <summary>
/// Hashing a password is heavy on purpose: one at a time for each processor, so that a class signing in at 9:00 does not stop the pages of the others. Known
/// browsers go first, and where there is more than one processor the unknown ones leave one to them. One for the whole process.
/// </summary>
internal sealed class HashingTurns(int processors)
{
    public const int MostUnknown = 100, MostKnown = 1000;
    public static HashingTurns Here { get; } = new(Environment.ProcessorCount);

    private readonly object door = new();
    private readonly Queue<TaskCompletionSource<bool>> known = new(), unknown = new();
    private int busy, busyUnknown;

    /// <returns>Nothing when too many wait already.</returns>
    public async Task<IDisposable?> TakeAsync(bool isKnown, CancellationToken stop)
    {
        var turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (door)
        {
            if (isKnown ? known.Count >= MostKnown : unknown.Count >= MostUnknown) return null;
            (isKnown ? known : unknown).Enqueue(turn);
            GiveTurns();
        }
        using (stop.Register(() => turn.TrySetResult(false)))
            if (!await turn.Task) throw new OperationCanceledException(stop);
        return new Turn(() => End(isKnown));
    }

    /// <summary>Who has gone meanwhile is passed over.</summary>
    private void GiveTurns()
    {
        while (busy < processors && known.TryDequeue(out var next))
            if (next.TrySetResult(true)) busy++;
        while (busy < processors && busyUnknown < Math.Max(1, processors - 1) && unknown.TryDequeue(out var next))
            if (next.TrySetResult(true)) (busy, busyUnknown) = (busy + 1, busyUnknown + 1);
    }

    private void End(bool isKnown)
    {
        lock (door)
        {
            (busy, busyUnknown) = (busy - 1, isKnown ? busyUnknown : busyUnknown - 1);
            GiveTurns();
        }
    }

    private sealed class Turn(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
