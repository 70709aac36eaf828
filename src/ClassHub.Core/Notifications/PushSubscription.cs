using ClassHub.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Notifications;

/// <summary>A browser that shows messages of its person although ClassHub is not open. The browser's maker passes them on and cannot read them.</summary>
public sealed class PushSubscription
{
    public const int MostOfOnePerson = 10, LongestEndpoint = 500;

    public int Id { get; private set; }
    public int PersonId { get; private set; }
    /// <summary>The sign-in with which it was made; it goes when that is over.</summary>
    public int SessionId { get; private set; }
    public string Endpoint { get; private set; } = "";
    /// <summary>The browser's public key: an uncompressed point of P-256, 65 bytes.</summary>
    public byte[] ReceiverKey { get; private set; } = [];
    /// <summary>16 bytes that only the browser and ClassHub know.</summary>
    public byte[] Secret { get; private set; } = [];
    public DateTimeOffset MadeAt { get; private set; }

    private PushSubscription() { }

    /// <exception cref="RuleBroken">Not what a browser gives.</exception>
    public PushSubscription(int personId, int sessionId, string endpoint, byte[] receiverKey, byte[] secret, DateTimeOffset now)
    {
        if (endpoint.Length > LongestEndpoint || receiverKey is not { Length: 65 } || receiverKey[0] != 4 || secret.Length != 16) throw new RuleBroken("This browser gave an address that ClassHub does not understand.");
        (PersonId, SessionId, Endpoint, ReceiverKey, Secret, MadeAt) = (personId, sessionId, endpoint, receiverKey, secret, now);
    }
}

internal sealed class PushSubscriptionsTable : IEntityTypeConfiguration<PushSubscription>
{
    public void Configure(EntityTypeBuilder<PushSubscription> subscription)
    {
        subscription.ToTable("PushSubscriptions");
        subscription.Property(s => s.Endpoint).HasMaxLength(PushSubscription.LongestEndpoint);
        subscription.HasIndex(s => s.Endpoint).IsUnique();
        subscription.HasIndex(s => s.PersonId);
        subscription.HasOne<SignInSession>().WithMany().HasForeignKey(s => s.SessionId);
        subscription.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId);
    }
}
