using System.Collections.Concurrent;

namespace ClassHub.People;

/// <summary>What this server remembers of wrong passwords, in memory only: how many came from a network and from a browser lately, and those at names that
/// nobody has, which shall be as slow as others and leave no row.</summary>
public sealed class Guesses
{
    /// <summary>So many at once are no guessing: a class that types its passwords for the first time.</summary>
    public const int FreeOfNetwork = 60;
    private static readonly TimeSpan OneIsForgottenAfter = TimeSpan.FromSeconds(20);
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<string, Level> levels = new();
    private readonly ConcurrentDictionary<string, SignInThrottle> names = new();

    /// <summary>How long an unknown browser of this network waits before its try is looked at: a second for every fifth miss beyond the free ones.</summary>
    public TimeSpan SlowFor(string network, DateTimeOffset now) =>
        TimeSpan.FromSeconds(Math.Clamp((LevelOf("network " + network, now) - FreeOfNetwork) / 5, 0, WaitingRoom.Longest.TotalSeconds));

    public double MissesOf(string browser, DateTimeOffset now) => LevelOf("browser " + browser, now);

    public void Missed(string network, string browser, DateTimeOffset now)
    {
        Raise("network " + network, now);
        if (browser != "") Raise("browser " + browser, now);
    }

    /// <summary>For a name that nobody has what CountTryAsync is for an account.</summary>
    public DateTimeOffset? CountTry(string name, DateTimeOffset now)
    {
        if (names.Count > Most)
            foreach (var (old, _) in names.Where(n => now - n.Value.LastFailAt > SignInThrottle.Longest).ToList()) names.TryRemove(old, out _);
        if (names.Count > Most) names.Clear();
        var row = names.GetOrAdd(Hashed(name), key => new(key));
        lock (row)
        {
            if (row.FreeAt(now, WaitingRoom.Longest) is var free && free > now) return free;
            row.Failed(now);
            return null;
        }
    }

    private double LevelOf(string what, DateTimeOffset now) => levels.TryGetValue(Hashed(what), out var level) ? level.At(now) : 0;

    private void Raise(string what, DateTimeOffset now)
    {
        if (levels.Count > Most) foreach (var (old, _) in levels.Where(l => l.Value.At(now) < 1).ToList()) levels.TryRemove(old, out _);
        if (levels.Count > Most) levels.Clear();
        levels.AddOrUpdate(Hashed(what), _ => new(1, now), (_, before) => new(before.At(now) + 1, now));
    }

    private static string Hashed(string what) => SignIn.ThrottleKey(what, "remembered");

    private sealed record Level(double Height, DateTimeOffset Since)
    {
        public double At(DateTimeOffset now) => Math.Max(0, Height - Math.Max(0, (now - Since) / OneIsForgottenAfter));
    }
}
