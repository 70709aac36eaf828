using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClassHub.Database;
using ClassHub.Notifications;
using ClassHub.People;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Messages;

/// <summary>Makes the words of a message in the moment it is sent, from what is true then: what was handed in, moved, taken away or ended meanwhile is not told.</summary>
public sealed class ComposeMail(ClassHubDb db, SchoolClock clock, MailSettings mail, PushSettings push)
{
    private string School => clock.Calendar.SchoolName;

    /// <summary>Nothing when there is nothing to say any more, or nobody to say it to.</summary>
    public async Task<MailText?> RunAsync(Message message, CancellationToken stop)
    {
        var to = await db.MessageSettings.AsNoTracking().Include(s => s.Person).SingleOrDefaultAsync(s => s.PersonId == message.PersonId && s.Person.DisabledAt == null, stop);
        if (to is null) return null;
        var ofTheDay = new MessageOfTheDay(db, clock, mail, push);
        return message.Kind switch
        {
            MessageKind.SignInLink => await SignInLinkAsync(message, to, stop),
            MessageKind.Invitation => await InvitationAsync(message, to, stop),
            MessageKind.Urgent => await UrgentAsync(message, to, stop),
            MessageKind.AddressCheck => Letter(to.Email, $"{School} reaches you here", Hello(to)
                .Say($"{School} writes to you at this address. You need not do anything. "
                    + "If you have nothing to do with this school, please answer, and nothing more will come.")),
            MessageKind.AddressChanged => Letter(message.Address, $"Your messages from {School}", Hello(to)
                .Say($"your messages from {School} go to another address from now on, and this one opens nothing any more. "
                    + "If you did not ask for this, please tell the school.")),
            MessageKind.Reminder => await ofTheDay.RemindAsync(message, to, stop),
            MessageKind.Daily or MessageKind.Weekly => await ofTheDay.RunAsync(to, stop),
            MessageKind.DiskFillsUp => DiskFillsUp(message, to),
        };
    }

    private MailText Letter(string? to, string subject, MailBody words) => new(to, School, subject, words.Say(School));
    private static MailBody Hello(MessageSettings to) => new MailBody().Say($"Hello {to.Person.Forename},");

    private async Task<MailText?> SignInLinkAsync(Message message, MessageSettings to, CancellationToken stop)
    {
        // Whoever asked an hour ago has asked again.
        if (clock.Now > message.QueuedAt + SignInLink.Lasts || !await db.GuardianLinks.AnyAsync(l => l.GuardianId == to.PersonId && l.EndedAt == null, stop)) return null;
        var key = await WayInAsync(message, clock.Now + SignInLink.Lasts, stop);
        return Letter(to.Email, $"Your way in to {School}", Hello(to)
            .Open("This opens ClassHub for you. It works once, and for ten minutes", $"{mail.Site}/guardian/in/{key}")
            .Say("If you did not ask for it, leave it alone; nothing happens."));
    }

    private async Task<MailText?> InvitationAsync(Message message, MessageSettings to, CancellationToken stop)
    {
        var link = await db.GuardianLinks.AsNoTracking().Include(l => l.Pupil).SingleOrDefaultAsync(l => l.Id == message.Occurrence, stop);
        if (link is not { IsOpen: true } || clock.Now > link.InvitedAt + GuardianLink.InviteLasts) return null;
        var (key, child) = (await WayInAsync(message, link.InvitedAt + GuardianLink.InviteLasts, stop), link.Pupil.Forename);
        return Letter(to.Email, $"{School} invites you to ClassHub", Hello(to)
            .Say($"{School} would like to show you what {child} is asked to do, what is due, and what came back. "
                + "There is no password to remember. Have the slip at hand that the school gave you: you are asked for its code.")
            .Open("Open this within seven days", $"{mail.Site}/guardian/in/{key}")
            .Say("You then get one message a day at most, and can stop it whenever you like.")
            .Say($"If you do not look after {child}, please tell the school and leave this alone."));
    }

    /// <summary>Tomorrow's is another.</summary>
    private MailText? DiskFillsUp(Message message, MessageSettings to) => !to.Person.IsOffice || message.Occurrence != clock.Today.DayNumber ? null
        : Letter(to.Email, "The disk of ClassHub is nearly full", Hello(to)
            .Say("less than a twentieth of the disk is free on which ClassHub keeps the school's work. Soon no files are taken any more, and then nothing is saved.")
            .Say("Please ask the person who runs the server to make room, or to give it a larger disk.")
            .Open("How much is free", $"{mail.Site}/admin"));

    private async Task<MailText?> UrgentAsync(Message message, MessageSettings to, CancellationToken stop) =>
        await db.UrgentNotices.AsNoTracking().SingleOrDefaultAsync(n => n.Id == message.Occurrence, stop) is { } notice && await StillConcernsAsync(notice, to.Person, stop)
            ? new(to.Email, School, $"Urgent: {School}", new MailBody().Say(notice.Text)
                .Say($"{School}, {clock.InSchool(notice.At).LocalDateTime.ToString("dddd d MMMM, H:mm", CultureInfo.CurrentCulture)}"))
            : null;

    private Task<bool> StillConcernsAsync(UrgentNotice notice, Person person, CancellationToken stop) => person.Role != Role.Guardian
        ? db.People.AnyAsync(p => p.Id == person.Id && (notice.ClassId == null || db.Memberships.Any(m => m.ClassId == notice.ClassId && m.PersonId == p.Id)), stop)
        : db.GuardianLinks.AnyAsync(l => l.GuardianId == person.Id && l.ApprovedAt != null && l.AcceptedAt != null && l.EndedAt == null && l.Pupil.DisabledAt == null
            && (notice.ClassId == null || db.Memberships.Any(m => m.ClassId == notice.ClassId && m.PersonId == l.PupilId)), stop);

    /// <summary>One key for each message, however often it is tried: made from the school's secret, so that only its hash is kept. Used or closed it stays
    /// so.</summary>
    private async Task<string> WayInAsync(Message message, DateTimeOffset endsAt, CancellationToken stop)
    {
        var secret = await db.Schools.Select(s => s.DeviceSecret).SingleAsync(stop);
        var name = string.Create(CultureInfo.InvariantCulture, $"way in\n{message.Id}\n{message.PersonId}\n{message.QueuedAt.UtcTicks}");
        var key = Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
        var hash = RandomKey.HashOf(key);
        await db.WriteAsync(async () =>
        {
            if (await db.SignInLinks.SingleOrDefaultAsync(l => l.KeyHash == hash, stop) is { } known) known.LastUntil(endsAt);
            else db.SignInLinks.Add(new SignInLink(message.PersonId, key, endsAt));
            await db.SaveChangesAsync(stop);
        }, stop);
        return key;
    }
}
