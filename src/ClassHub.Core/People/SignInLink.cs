using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>A way in that was sent to a guardian: once, and soon. The row holds the hash of the key only.</summary>
public sealed class SignInLink
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    public int Id { get; private set; }
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    public byte[] KeyHash { get; private set; } = [];
    public DateTimeOffset EndsAt { get; private set; }
    /// <summary>When it was used, or closed by a newer one.</summary>
    public DateTimeOffset? UsedAt { get; private set; }

    private SignInLink() { }
    public SignInLink(int personId, string key, DateTimeOffset endsAt) => (PersonId, KeyHash, EndsAt) = (personId, RandomKey.HashOf(key), endsAt);

    public void Use(DateTimeOffset now) => UsedAt = now;
    /// <summary>Its message is tried once more.</summary>
    public void LastUntil(DateTimeOffset endsAt) => EndsAt = endsAt;
}

/// <summary>Signs a guardian in by the link they were sent.</summary>
public sealed class SignInByLink(ClassHubDb db, TimeProvider clock)
{
    /// <summary>Whom the link would let in; nobody when it works no more. Looking uses nothing up, because programs that look at mail open every address in
    /// it.</summary>
    public Task<Person?> WhoseAsync(string key, CancellationToken stop) => Good(key).Select(l => l.Person).AsNoTracking().SingleOrDefaultAsync(stop);

    /// <summary>The key for the cookie; none when the link was used, is over, or its person is switched off.</summary>
    public Task<string?> RunAsync(string key, bool isShared, string device, CancellationToken stop) => db.WriteAsync(async () =>
    {
        if (await Good(key).Include(l => l.Person).SingleOrDefaultAsync(stop) is not { } link) return null;
        link.Use(clock.GetUtcNow());
        await db.CloseSignInLinksAsync(link.PersonId, clock.GetUtcNow(), stop);
        var session = RandomKey.Hex() + RandomKey.Hex();
        db.SignInSessions.Add(new SignInSession(link.Person, session, isShared, device, clock.GetUtcNow()));
        await db.SaveChangesAsync(stop);
        return session;
    }, stop);

    private IQueryable<SignInLink> Good(string key)
    {
        var (hash, now) = (RandomKey.HashOf(key), clock.GetUtcNow());
        return db.SignInLinks.Where(l => l.KeyHash == hash && l.UsedAt == null && l.EndsAt > now && l.Person.DisabledAt == null && l.Person.Role == Role.Guardian);
    }
}

public static class ClosingSignInLinks
{
    /// <summary>Ways in that were sent earlier and not used open nothing any more. Inside the caller's WriteAsync.</summary>
    public static Task CloseSignInLinksAsync(this ClassHubDb db, int personId, DateTimeOffset now, CancellationToken stop) =>
        db.SignInLinks.Where(l => l.PersonId == personId && l.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), stop);
}
