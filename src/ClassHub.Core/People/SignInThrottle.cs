using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>Wrong passwords for one account from one network (or one known device). A classmate's guesses elsewhere never lock the owner out.</summary>
public sealed class SignInThrottle
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Hash of account name and network: no addresses are kept.</summary>
    public string Key { get; private set; } = "";
    public int Fails { get; private set; }
    public DateTimeOffset LastFailAt { get; private set; }

    private SignInThrottle() { }
    public SignInThrottle(string key) => Key = key;

    /// <summary>Three free tries, then 2, 4, 8 ... seconds, from the tenth on a quarter of an hour. A fail that was noted while the clock was wrong locks nobody out for years.</summary>
    public DateTimeOffset FreeAt(DateTimeOffset now) => Fails < 3 || LastFailAt > now + Longest ? DateTimeOffset.MinValue : LastFailAt + (Fails >= 10 ? Longest : TimeSpan.FromSeconds(1 << (Fails - 2)));

    public void Failed(DateTimeOffset now)
    {
        if ((now - LastFailAt).Duration() > Longest) Fails = 0;
        Fails++;
        LastFailAt = now;
    }
}

internal static class CountingTries
{
    /// <summary>Counts a try before its password is looked at, so that guesses sent at the same moment all count; a right one takes the count away again. Returns until when nobody may try, if so.</summary>
    public static Task<DateTimeOffset?> CountTryAsync(this ClassHubDb db, string key, DateTimeOffset now, CancellationToken stop) => db.WriteAsync<DateTimeOffset?>(async () =>
    {
        await db.WaitForTurnAsync(Turn.SignInThrottle, stop);
        var row = await db.SignInThrottles.SingleOrDefaultAsync(t => t.Key == key, stop) ?? db.SignInThrottles.Add(new SignInThrottle(key)).Entity;
        if (row.FreeAt(now) is var free && free > now) return free;
        row.Failed(now);
        await db.SaveChangesAsync(stop);
        return null;
    }, stop);
}

/// <summary>A device that has signed in to this account before. It is throttled by itself, so guesses from elsewhere on the network do not hold it up.</summary>
public sealed class KnownDevice
{
    public int Id { get; private set; }
    public int AccountId { get; private set; }
    public byte[] KeyHash { get; private set; } = [];
    public DateTimeOffset LastUsedAt { get; private set; }

    private KnownDevice() { }
    public KnownDevice(int accountId, string key, DateTimeOffset now) => (AccountId, KeyHash, LastUsedAt) = (accountId, RandomKey.HashOf(key), now);

    public void Used(DateTimeOffset now) => LastUsedAt = now;
}
