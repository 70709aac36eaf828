using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>Tries with a password or an address that were not right: those of unknown browsers at one account, or those of somebody who is asked again. It
/// only ever makes somebody wait.</summary>
public sealed class SignInThrottle
{
    /// <summary>How long who is asked again may have to wait, and after how much quiet all is forgotten.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    /// <summary>How long staff open the door when they let somebody in.</summary>
    public static readonly TimeSpan OpenFor = TimeSpan.FromMinutes(10);
    /// <summary>From so many misses within a day on the owner, a teacher and the office are told.</summary>
    public const int Many = 200;
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>A hash: no names and no addresses are kept.</summary>
    public string Key { get; private set; } = "";
    public int Fails { get; private set; }
    public DateTimeOffset LastFailAt { get; private set; }
    /// <summary>The account at which was guessed; none for who is asked again.</summary>
    public int? AccountId { get; private set; }
    /// <summary>Of all browsers, within 24 hours from <see cref="DayBeganAt"/> on.</summary>
    public int Misses { get; private set; }
    public DateTimeOffset DayBeganAt { get; private set; }
    /// <summary>Until then tries follow one another after a second: somebody of the staff lets the owner in.</summary>
    public DateTimeOffset? LetInUntil { get; private set; }

    private SignInThrottle() { }
    public SignInThrottle(string key, int? accountId = null) => (Key, AccountId) = (key, accountId);

    /// <summary>Three free tries, then one after 2, 4, 8 ... seconds, from the tenth on after the longest. What was noted while the clock was wrong holds
    /// nobody up for years.</summary>
    public DateTimeOffset FreeAt(DateTimeOffset now, TimeSpan longest) =>
        Fails < 3 || LastFailAt > now + Longest ? DateTimeOffset.MinValue
        : LetInUntil > now ? LastFailAt.AddSeconds(1)
        : LastFailAt + (Fails >= 10 ? longest : TimeSpan.FromSeconds(Math.Min(longest.TotalSeconds, 1 << (Fails - 2))));

    public void Failed(DateTimeOffset now)
    {
        if ((now - LastFailAt).Duration() > Longest) Fails = 0;
        Fails++;
        LastFailAt = now;
    }

    /// <summary>One more for the day. Counted before the password is looked at, and taken away again by <see cref="WasRight"/>.</summary>
    public void Missed(DateTimeOffset now)
    {
        if ((now - DayBeganAt).Duration() > Day) (DayBeganAt, Misses) = (now, 0);
        Misses++;
    }

    public void WasRight() => (Fails, Misses, LetInUntil) = (0, Math.Max(0, Misses - 1), null);

    public void LetIn(DateTimeOffset now) => LetInUntil = now + OpenFor;
}

internal static class CountingTries
{
    /// <summary>Counts a try before its password is looked at, so that guesses sent at the same moment all count; a right one takes the count away again. Returns until when nobody may try, if so.</summary>
    public static Task<DateTimeOffset?> CountTryAsync(this ClassHubDb db, string key, DateTimeOffset now, CancellationToken stop) => db.CountTryAsync(key,
        null, now, SignInThrottle.Longest, stop);

    /// <param name="accountId">The account at which somebody guesses.</param>
    /// <param name="longest">More than this nobody waits.</param>
    public static Task<DateTimeOffset?> CountTryAsync(this ClassHubDb db, string key, int? accountId, DateTimeOffset now, TimeSpan longest,
        CancellationToken stop) => db.WriteAsync<DateTimeOffset?>(async () =>
    {
        var row = await db.ThrottleAsync(key, accountId, stop);
        if (row.FreeAt(now, longest) is var free && free > now) return free;
        row.Failed(now);
        if (accountId is not null) row.Missed(now);
        await db.SaveChangesAsync(stop);
        return null;
    }, stop);

    /// <summary>The row of this key, a new one when there is none, for this writer alone until its transaction ends.</summary>
    public static async Task<SignInThrottle> ThrottleAsync(this ClassHubDb db, string key, int? accountId, CancellationToken stop)
    {
        await db.WaitForTurnAsync(Turn.SignInThrottle, stop);
        return await db.SignInThrottles.SingleOrDefaultAsync(t => t.Key == key, stop) ?? db.SignInThrottles.Add(new SignInThrottle(key, accountId)).Entity;
    }
}
