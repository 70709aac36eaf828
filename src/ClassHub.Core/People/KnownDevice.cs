namespace ClassHub.People;

/// <summary>The mark of a browser that signed in to this account before: it waits for nobody's guesses. One browser may have a row for each of several
/// accounts.</summary>
public sealed class KnownDevice
{
    /// <summary>After so many wrong passwords since the last right one it is a browser like any other.</summary>
    public const int MostMisses = 5;
    /// <summary>Marks of one account; the longest unused give way.</summary>
    public const int MostOfOne = 20;

    public int Id { get; private set; }
    public int AccountId { get; private set; }
    public byte[] KeyHash { get; private set; } = [];
    public DateTimeOffset LastUsedAt { get; private set; }
    /// <summary>Since the last right password of this account in this browser.</summary>
    public int Misses { get; private set; }

    private KnownDevice() { }
    public KnownDevice(int accountId, string key, DateTimeOffset now) => (AccountId, KeyHash, LastUsedAt) = (accountId, RandomKey.HashOf(key), now);

    public bool HasPlace => Misses < MostMisses;
    public void Missed() => Misses++;
    public void Used(DateTimeOffset now) => (LastUsedAt, Misses) = (now, 0);
}
