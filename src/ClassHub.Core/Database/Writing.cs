using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ClassHub.Database;

/// <summary>One writer at a time on SQLite: waiting here is fair and costs nothing, waiting in the engine does not. One for each database of the process.</summary>
public sealed class WriteGate(bool oneAtATime)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim gate = new(1);

    /// <exception cref="BusyDatabase">Nothing moved for ten seconds.</exception>
    public async Task<IDisposable?> EnterAsync(CancellationToken stop)
    {
        if (!oneAtATime) return null;
        return await gate.WaitAsync(Longest, stop) ? new Turn(gate) : throw new BusyDatabase();
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}

public static class Writing
{
    private const int Tries = 4;

    /// <summary>Runs a verb as one transaction: all of it is there afterwards, or nothing. The reads that decide belong inside. When two writers meet, the loser's verb runs once more on what the winner left.</summary>
    public static async Task<T> WriteAsync<T>(this ClassHubDb db, Func<Task<T>> verb, CancellationToken stop)
    {
        if (db.Database.CurrentTransaction is not null) return await verb();

        using var turn = await db.GetService<WriteGate>().EnterAsync(stop);
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            db.Stamps.Forget();
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(stop);
                var answer = await verb();
                await db.Stamps.RaiseAsync(db, stop);
                try { await transaction.CommitAsync(stop); }
                catch (Exception silent) when (!db.IsClash(silent) && DatabaseUnable.Behind(silent) is LostDatabase or BusyDatabase)
                {
                    throw new UnconfirmedWrite(silent);
                }
                return answer;
            }
            catch (Exception clash) when (attempt < Tries && (clash is DbUpdateConcurrencyException || db.IsClash(clash))) { }
            catch (Exception clash) when (db.IsClash(clash)) { throw new BusyDatabase(clash); }
            catch (Exception problem) when (problem is not DbUpdateConcurrencyException && DatabaseUnable.Behind(problem) is { } told) { throw told; }
        }
    }

    public static Task WriteAsync(this ClassHubDb db, Func<Task> verb, CancellationToken stop) =>
        db.WriteAsync(async () => { await verb(); return true; }, stop);
}
