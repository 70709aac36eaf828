using ClassHub.People;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Notifications;

public enum MessageKind { Daily, Weekly, Urgent, SignInLink, Invitation }

/// <summary>One e-mail that is owed to one person. (Person, Kind, Occurrence) is unique, so a day has one at most. What it says is made when it is sent: nothing stale goes out.</summary>
public sealed class Message
{
    /// <summary>After a week nobody wants it any more.</summary>
    public static readonly TimeSpan Keeps = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(6);

    public long Id { get; private set; }
    public int PersonId { get; private set; }
    public MessageKind Kind { get; private set; }
    /// <summary>A day's number, or what it is about.</summary>
    public long Occurrence { get; private set; }
    public DateTimeOffset QueuedAt { get; private set; }
    public DateTimeOffset NextTryAt { get; private set; }
    /// <summary>Somebody is sending it until then; a server that died leaves it to the next.</summary>
    public DateTimeOffset? ClaimedUntil { get; private set; }
    public int Attempts { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }
    /// <summary>There was nothing to say any more, or nobody to say it to.</summary>
    public DateTimeOffset? DroppedAt { get; private set; }
    public DateTimeOffset? GaveUpAt { get; private set; }
    /// <summary>Why the last try failed, for the office. At most 200 characters, no addresses.</summary>
    public string? Problem { get; private set; }

    private Message() { }
    public Message(int personId, MessageKind kind, long occurrence, DateTimeOffset now) => (PersonId, Kind, Occurrence, QueuedAt, NextTryAt) = (personId, kind, occurrence, now, now);

    /// <summary>The same at every try, so that mail programs show a message once that was sent twice (RFC 5322, 3.6.4).</summary>
    public string MessageId(string host) => $"classhub.{Id}.{Occurrence}@{host}";

    public void Sent(DateTimeOffset now) => (SentAt, ClaimedUntil, Problem) = (now, null, null);
    public void Drop(DateTimeOffset now) => (DroppedAt, ClaimedUntil) = (now, null);

    /// <summary>Tried again after one minute, then two, four and so on up to six hours; given up after seven days, or at once when the address does not exist.</summary>
    public void Failed(string problem, bool isForGood, DateTimeOffset now)
    {
        (ClaimedUntil, Problem) = (null, PlainText.Line(problem, 200));
        Attempts++;
        var wait = TimeSpan.FromMinutes(Math.Pow(2, Math.Min(Attempts - 1, 12)));
        NextTryAt = now + (wait < LongestWait ? wait : LongestWait);
        if (isForGood || NextTryAt > QueuedAt + Keeps) GaveUpAt = now;
    }
}

public enum MessageRhythm { EverySchoolDay, OnceAWeek, Never }

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

    private MessageSettings() { }

    /// <exception cref="RuleBroken">Not an e-mail address.</exception>
    public MessageSettings(int personId, string? email, DateTimeOffset now)
    {
        (PersonId, ToldUntil) = (personId, now);
        ChangeAddress(email);
    }

    /// <exception cref="RuleBroken">Not an e-mail address.</exception>
    public void ChangeAddress(string? email) => Email = string.IsNullOrWhiteSpace(email) ? null : Normal(email) ?? throw new RuleBroken("Write the e-mail address like sofia@example.org.", "Email");

    /// <exception cref="RuleBroken">At night, which begins earlier for pupils.</exception>
    public void Choose(MessageRhythm rhythm, TimeOnly hour, bool isPupil = false)
    {
        var latest = isPupil ? LatestForPupils : Latest;
        if (hour < Earliest || hour > latest) throw new RuleBroken($"Choose an hour between 7:00 and {latest:H\\:mm}.", "Hour");
        (Rhythm, Hour) = (rhythm, hour);
    }

    public void Told(DateTimeOffset until) => ToldUntil = until;

    /// <summary>Small letters, no blanks; none when it cannot be an address.</summary>
    public static string? Normal(string? email)
    {
        var typed = PlainText.Line(email, 201).Trim().ToLowerInvariant();
        var at = typed.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == typed.LastIndexOf('@') && typed.Length <= 200 && typed.IndexOf('.', at) > at + 1 && !typed.EndsWith('.') && !typed.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or ';' or '<' or '>' or '"' or '(' or ')' or '\\') ? typed : null;
    }
}

internal sealed class MessagesTable : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.ToTable("Messages");
        message.HasIndex(m => new { m.PersonId, m.Kind, m.Occurrence }).IsUnique();
        message.HasIndex(m => m.NextTryAt).HasFilter("\"SentAt\" IS NULL AND \"DroppedAt\" IS NULL AND \"GaveUpAt\" IS NULL").HasDatabaseName("IX_Messages_Waiting");
        message.HasIndex(m => m.QueuedAt);
        message.Property(m => m.Problem).HasMaxLength(200);
        message.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId);
    }
}

internal sealed class MessageSettingsTable : IEntityTypeConfiguration<MessageSettings>
{
    public void Configure(EntityTypeBuilder<MessageSettings> settings)
    {
        settings.ToTable("MessageSettings");
        settings.HasKey(s => s.PersonId);
        settings.Property(s => s.PersonId).ValueGeneratedNever();
        settings.Property(s => s.Email).HasMaxLength(200);
        settings.Property(s => s.UnsubscribeKey).HasMaxLength(32);
        settings.HasIndex(s => s.Email);
        settings.HasIndex(s => s.UnsubscribeKey).IsUnique();
        settings.HasOne(s => s.Person).WithOne().HasForeignKey<MessageSettings>(s => s.PersonId);
    }
}
