using ClassHub.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Notifications;

public enum MessageRhythm { EverySchoolDay, OnceAWeek, Never }

/// <summary>Why e-mail does not reach an address: the mail server refused it, or the office saw a message come back.</summary>
public enum MailTrouble { Refused, Returned }

/// <summary>Where and when one person wants to be told. Pupils have no address: they are told in the app, and on a device of their own if they like.</summary>
public sealed class MessageSettings
{
    public static readonly TimeOnly UsualHour = new(16, 0);
    /// <summary>Guardians are left in peace from nine in the evening to seven in the morning, staff too.</summary>
    public static readonly TimeOnly Earliest = new(7, 0), Latest = new(20, 59), LatestForPupils = new(18, 59);

    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    /// <summary>None: no e-mail.</summary>
    public string? Email { get; private set; }
    public MessageRhythm Rhythm { get; private set; }
    /// <summary>School time.</summary>
    public TimeOnly Hour { get; private set; } = UsualHour;
    /// <summary>Opens nothing but the switch that ends these messages.</summary>
    public string UnsubscribeKey { get; private set; } = RandomKey.Hex();
    /// <summary>The last school day for which a message was planned.</summary>
    public DateOnly? PlannedOn { get; private set; }
    /// <summary>What was told up to then is not told again.</summary>
    public DateTimeOffset ToldUntil { get; private set; }
    /// <summary>None as far as anybody knows. While there is some, the message of the day takes no e-mail.</summary>
    public MailTrouble? Trouble { get; private set; }
    public DateTimeOffset? TroubleAt { get; private set; }

    private MessageSettings() { }

    /// <exception cref="RuleBroken">Not an e-mail address.</exception>
    public MessageSettings(int personId, string? email, DateTimeOffset now)
    {
        (PersonId, ToldUntil) = (personId, now);
        ChangeAddress(email);
    }

    /// <exception cref="RuleBroken">Not an e-mail address.</exception>
    public void ChangeAddress(string? email)
    {
        var address = string.IsNullOrWhiteSpace(email) ? null : EmailAddress.Of(email);
        if (address == Email) return;
        Email = address;
        TrustAgain();
    }

    /// <exception cref="RuleBroken">At night, which begins earlier for pupils.</exception>
    public void Choose(MessageRhythm rhythm, TimeOnly hour, bool isPupil = false)
    {
        var latest = isPupil ? LatestForPupils : Latest;
        if (hour < Earliest || hour > latest) throw new RuleBroken($"Choose an hour between 7:00 and {latest:H\\:mm}.", "Hour");
        (Rhythm, Hour) = (rhythm, hour);
    }

    public void Told(DateTimeOffset until) => ToldUntil = until;
    public void NoteTrouble(MailTrouble what, DateTimeOffset now) => (Trouble, TroubleAt) = (what, now);
    public void TrustAgain() => (Trouble, TroubleAt) = (null, null);
    /// <summary>A server that takes a message now refuses this address no more; what came back by hand is the office's to say.</summary>
    public void Reached()
    {
        if (Trouble == MailTrouble.Refused) TrustAgain();
    }
}

internal sealed class MessageSettingsTable : IEntityTypeConfiguration<MessageSettings>
{
    public void Configure(EntityTypeBuilder<MessageSettings> settings)
    {
        settings.ToTable("MessageSettings");
        settings.HasKey(s => s.PersonId);
        settings.Property(s => s.PersonId).ValueGeneratedNever();
        settings.Property(s => s.Email).HasMaxLength(EmailAddress.Longest);
        settings.Property(s => s.UnsubscribeKey).HasMaxLength(32);
        settings.HasIndex(s => s.Email);
        settings.HasIndex(s => s.UnsubscribeKey).IsUnique();
        settings.HasOne(s => s.Person).WithOne().HasForeignKey<MessageSettings>(s => s.PersonId);
    }
}
