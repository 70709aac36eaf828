using ClassHub.Database;
using ClassHub.Guardians;
using ClassHub.Messages;
using ClassHub.Notifications;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Mail;

/// <summary>Guardians of the small school, and its mail without a server.</summary>
internal static class FamilySchool
{
    public static readonly MailSettings Post = new("localhost", 25, null, null, "school@hazel.example", "https://hub.hazel.example", IsEncrypted: false);

    public static readonly PushSettings Push = new("mailto:office@hazel.example", PushSettings.Makers);

    public static InviteGuardian Guardians(this TestSchool school) => new(school.Db(), school.Clock);

    /// <summary>Invited by the office and accepted.</summary>
    public static async Task<GuardianLink> GuardianAsync(this TestSchool school, Person pupil, string forename = "Farid", string email = "farid@example.org")
    {
        var link = await school.Guardians().RunAsync(pupil.Id, forename, "Haddad-Senior", email, school.Hart.Id, isOffice: true, Stop);
        await school.Guardians().AcceptAsync(link.Id, link.GuardianId, link.Code, Stop);
        return link;
    }

    public static ComposeMail Compose(this TestSchool school, MailSettings mail) => new(school.Db(), school.SchoolClock, mail, Push);

    /// <summary>Signed in on a phone that shows messages.</summary>
    public static async Task ShowsMessagesAsync(this TestSchool school, Person person)
    {
        var session = new SignInSession(person, RandomKey.Hex(), false, "Phone", school.Now);
        await school.AddAsync(session);
        byte[] point = [4, .. new byte[64]];
        await school.AddAsync(new PushSubscription(person.Id, session.Id, $"https://fcm.googleapis.com/{person.Id}", point, new byte[16], school.Now),
            new MessageSettings(person.Id, null, school.Now));
    }

    public static Task PlanAsync(this TestSchool school) => new PlanMessages(school.Db(), school.SchoolClock).RunAsync(Stop);

    /// <summary>What would be sent now, in the order in which it was queued.</summary>
    public static async Task<List<(Message Message, MailText? Text)>> WaitingAsync(this TestSchool school)
    {
        var messages = await school.Db().Messages.AsNoTracking().Where(m => m.SentAt == null && m.DroppedAt == null).OrderBy(m => m.Id).ToListAsync();
        var all = new List<(Message, MailText?)>();
        foreach (var message in messages) all.Add((message, await school.Compose(Post).RunAsync(message, Stop)));
        return all;
    }

    public static async Task<MailText?> DailyAsync(this TestSchool school, int personId) =>
        (await school.WaitingAsync()).Where(m => m.Message.PersonId == personId && m.Message.Kind is MessageKind.Daily or MessageKind.Weekly).Select(m => m.Text).LastOrDefault();
}
