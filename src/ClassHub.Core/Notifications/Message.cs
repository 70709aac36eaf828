using ClassHub.People;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Notifications;

/// <summary><see cref="Reminder"/> goes to devices alone; <see cref="AddressCheck"/> says that e-mail reaches somebody here, <see cref="AddressChanged"/> says
/// to the old address that it is over.</summary>
public enum MessageKind { Daily, Weekly, Urgent, SignInLink, Invitation, Reminder, AddressCheck, AddressChanged, DiskFillsUp }

/// <summary>One e-mail that is owed to one person. (Person, Kind, Occurrence) is unique, so a day has one at most. What it says is made when it is sent: nothing stale goes out.</summary>
public sealed class Message
{
    /// <summary>After a week nobody wants it any more.</summary>
    public static readonly TimeSpan Keeps = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(6);

    public long Id { get; private set; }
    public int PersonId { get; private set; }
    public MessageKind Kind { get; private set; }
    /// <summary>A day's number, the second of a reminder, or what it is about.</summary>
    public long Occurrence { get; private set; }
    /// <summary>Where it goes instead of the person's own address: the one that was changed.</summary>
    public string? Address { get; private set; }
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
    /// <param name="notBefore">None: at once.</param>
    public Message(int personId, MessageKind kind, long occurrence, DateTimeOffset now, DateTimeOffset? notBefore = null, string? address = null) =>
        (PersonId, Kind, Occurrence, QueuedAt, NextTryAt, Address) = (personId, kind, occurrence, now, notBefore ?? now, address);

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

internal sealed class MessagesTable : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.ToTable("Messages");
        message.HasIndex(m => new { m.PersonId, m.Kind, m.Occurrence }).IsUnique();
        message.HasIndex(m => m.NextTryAt).HasFilter("\"SentAt\" IS NULL AND \"DroppedAt\" IS NULL AND \"GaveUpAt\" IS NULL").HasDatabaseName("IX_Messages_Waiting");
        message.HasIndex(m => m.QueuedAt);
        message.Property(m => m.Problem).HasMaxLength(200);
        message.Property(m => m.Address).HasMaxLength(EmailAddress.Longest);
        message.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId);
    }
}
