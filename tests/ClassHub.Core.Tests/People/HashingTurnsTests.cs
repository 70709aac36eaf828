using ClassHub.People;

namespace ClassHub.Tests.Accounts;

public sealed class HashingTurnsTests
{
    private static Task<IDisposable?> Known(HashingTurns turns) => turns.TakeAsync(isKnown: true, default);
    private static Task<IDisposable?> Unknown(HashingTurns turns, CancellationToken stop = default) => turns.TakeAsync(isKnown: false, stop);

    [Fact]
    public async Task A_known_browser_goes_before_all_unknown_ones()
    {
        var turns = new HashingTurns(processors: 1);
        var busy = await Unknown(turns);
        var guesses = Enumerable.Range(0, 12).Select(_ => Unknown(turns)).ToList();

        var known = Known(turns);
        busy!.Dispose();

        (await known.WaitAsync(TimeSpan.FromMinutes(1)))!.Dispose();
        foreach (var guess in guesses) (await guess)!.Dispose();
    }

    [Fact]
    public async Task Unknown_browsers_leave_one_processor_to_the_known()
    {
        var turns = new HashingTurns(processors: 2);
        var guesses = Enumerable.Range(0, 12).Select(_ => Unknown(turns)).ToList();

        Assert.Equal(1, guesses.Count(g => g.IsCompleted));
        Assert.NotNull(await Known(turns));
    }

    [Fact]
    public async Task The_queue_has_an_end_and_who_has_gone_is_passed_over()
    {
        var turns = new HashingTurns(processors: 1);
        var busy = await Known(turns);
        using var gone = new CancellationTokenSource();
        var left = Unknown(turns, gone.Token);
        var waiting = Enumerable.Range(1, HashingTurns.MostUnknown - 1).Select(_ => Unknown(turns)).ToList();

        Assert.Null(await Unknown(turns));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        busy!.Dispose();

        foreach (var one in waiting) (await one)!.Dispose();
    }
}
