using ClassHub.Messages;
using ClassHub.Notifications;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Mail;

/// <summary>What one message meets on its way never holds up the others.</summary>
public sealed class SendingTests
{
    private static MailSettings Post(MailSink sink) => FamilySchool.Post with { Host = "127.0.0.1", Port = sink.Port };

    private static Task SendAsync(TestSchool school, MailSink sink) => new SendMessages(school.Db(), school.Compose(Post(sink)), Post(sink),
        new SendPush(school.Db(), new PushSettings(null, []), school.Clock), new SendingTurn(), school.Clock, NullLogger<SendMessages>.Instance).RunAsync(Stop);

    /// <summary>Three members of staff are owed an urgent message; the address of the second was written by an older ClassHub, which took anything.</summary>
    private static async Task OweThreeAsync(TestSchool school, string second)
    {
        var notice = new UrgentNotice(school.Hart.Id, "The school is closed.", null, school.Now);
        await school.AddAsync(notice);
        foreach (var (person, name) in new[] { (school.Okafor, "okafor"), (school.Nair, "nair"), (school.Weller, "weller") })
            await school.AddAsync(new MessageSettings(person.Id, name + "@hazel.example", school.Now),
                new Message(person.Id, MessageKind.Urgent, notice.Id, school.Now));
        await school.Db().MessageSettings.Where(s => s.PersonId == school.Nair.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Email, second));
    }

    [BothEngines]
    public async Task An_address_that_cannot_be_written_to_fails_its_own_message_and_no_other(Engine engine)
    {
        foreach (var bad in new[] { "a..b@x.org", ".a@x.org", "a b@x.org", "作业@x.org", "a@x..org" })
        {
            await using var school = await OpenAsync(engine);
            await using var sink = new MailSink();
            await OweThreeAsync(school, bad);

            await SendAsync(school, sink);

            Assert.Equal(["okafor@hazel.example", "weller@hazel.example"], sink.Addresses);
            var failed = await school.Db().Messages.SingleAsync(m => m.SentAt == null);
            Assert.Equal((school.Nair.Id, true), (failed.PersonId, failed.GaveUpAt is not null));
            Assert.Equal(1, (await MailHealth.ReadAsync(school.Db(), school.Now, Stop)).GivenUp);
        }
    }

    [BothEngines]
    public async Task A_host_of_other_signs_is_written_as_mail_servers_write_it(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await using var sink = new MailSink();
        await OweThreeAsync(school, "nair@b\u00fccher.example");

        await SendAsync(school, sink);

        Assert.Contains("nair@xn--bcher-kva.example", sink.Recipients);
    }

    [BothEngines]
    public async Task Whatever_one_message_throws_the_others_go_out_and_the_office_reads_that_it_waits(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await using var sink = new MailSink();
        await OweThreeAsync(school, "nair@hazel.example");
        // Written by a newer ClassHub on the same database.
        await school.Db().Database.ExecuteSqlAsync($"""UPDATE "MessageSettings" SET "Rhythm" = 'Fortnightly' WHERE "PersonId" = {school.Nair.Id}""");

        await SendAsync(school, sink);

        Assert.Equal(2, sink.Took.Count);
        var health = await MailHealth.ReadAsync(school.Db(), school.Now, Stop);
        Assert.Equal((1, 0), (health.Waiting, health.GivenUp));
        Assert.Contains("log", health.Problem, StringComparison.Ordinal);
    }

    [BothEngines]
    public async Task Every_try_of_one_message_carries_the_same_way_in_and_only_one_lives(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var link = await school.GuardianAsync(school.Amira);
        await new AskForLink(school.Db(), school.Clock).RunAsync("farid@example.org", "10.0.0.1", Stop);

        var texts = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            texts.Add((await school.WaitingAsync()).Last(m => m.Message.Kind == MessageKind.SignInLink).Text!.Text);
            school.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Single(texts.Distinct());
        Assert.Single(await school.Db().SignInLinks.Where(l => l.PersonId == link.GuardianId && l.EndsAt < school.Now.AddHours(1)).ToListAsync());
    }

    [BothEngines]
    public async Task An_address_that_the_server_refuses_stands_at_the_person_and_the_childs_teachers_are_told_once(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await using var sink = new MailSink { Unknown = { "farid@" } };
        var link = await school.GuardianAsync(school.Amira);
        for (var day = 23; day < 26; day++)
        {
            await new AskForLink(school.Db(), school.Clock).RunAsync("farid@example.org", "10.0.0.1", Stop);
            await SendAsync(school, sink);
            school.GoTo(SchoolWork.At(day + 1, 9));
        }

        Assert.Equal(MailTrouble.Refused, (await school.Db().MessageSettings.SingleAsync()).Trouble);
        Assert.Equal(1, (await MailHealth.ReadAsync(school.Db(), school.Now, Stop)).Unreached);
        var told = await school.Db().Notifications.Where(n => n.Kind == NotificationKind.MailRefused).ToListAsync();
        Assert.Equal(new[] { school.Okafor.Id, school.Nair.Id }.Order(), told.Select(n => n.RecipientId).Order());
        Assert.All(told, n => Assert.Equal((school.Amira.Id, (int?)school.Maple.Id), (n.SubjectId, n.ClassId)));
        // It takes mail again: the mark goes by itself.
        sink.Unknown.Clear();
        await new AskForLink(school.Db(), school.Clock).RunAsync("farid@example.org", "10.0.0.1", Stop);
        await SendAsync(school, sink);
        Assert.Null((await school.Db().MessageSettings.SingleAsync(s => s.PersonId == link.GuardianId)).Trouble);
    }

    [BothEngines]
    public async Task What_the_office_saw_come_back_rests_until_it_is_sent_again(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await using var sink = new MailSink();
        var link = await school.GuardianAsync(school.Amira);
        await school.SetTaskAsync();
        var reach = new ReachPerson(school.Db(), school.Clock);
        await SendAsync(school, sink);

        await reach.MarkReturnedAsync(link.GuardianId, Stop);
        Assert.Equal(2, await school.Db().Notifications.CountAsync(n => n.Kind == NotificationKind.MailRefused));
        school.GoTo(SchoolWork.At(23, 16));
        await school.PlanAsync();
        await SendAsync(school, sink);
        Assert.Empty(sink.Took);
        await reach.SendAgainAsync(link.GuardianId, school.Hart.Id, Stop);
        await SendAsync(school, sink);

        Assert.Contains("reaches you here", sink.Took.Single().Subject, StringComparison.Ordinal);
        Assert.Null((await school.Db().MessageSettings.SingleAsync()).Trouble);
    }

    [BothEngines]
    public async Task A_changed_address_closes_what_went_to_the_old_one_and_tells_it(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await using var sink = new MailSink();
        var link = await school.GuardianAsync(school.Amira);
        await school.GuardianAsync(school.Ben, "Mona", "mona@example.org");
        var open = await school.Guardians().RunAsync(school.Ben.Id, "Farid", "Haddad-Senior", "farid@example.org", school.Hart.Id, isOffice: true, Stop);
        await school.AddAsync(new SignInSession(await school.Db().People.SingleAsync(p => p.Id == link.GuardianId), RandomKey.Hex(), false, "Phone",
            school.Now));
        await SendAsync(school, sink);
        sink.Took.Clear();
        school.Clock.Advance(TimeSpan.FromHours(1));
        Task ChangeAsync(string to) => new ReachPerson(school.Db(), school.Clock).ChangeAddressAsync(link.GuardianId, to, school.Hart.Id, Stop);

        foreach (var wrong in new[] { "a..b@example.org", "mona@example.org", "farid@example.org", "" }) Assert.Equal("Email",
            (await Assert.ThrowsAsync<RuleBroken>(() => ChangeAsync(wrong))).Field);
        await ChangeAsync("farid.new@example.org");
        await SendAsync(school, sink);

        Assert.Equal(new[] { "farid.new@example.org", "farid@example.org" }, sink.Addresses.Order());
        var (old, now) = (sink.Took.Single(m => m.To.Mailboxes.Single().Address == "farid@example.org"),
            sink.Took.Single(m => m.To.Mailboxes.Single().Address == "farid.new@example.org"));
        Assert.DoesNotContain("new@", old.ToString(), StringComparison.Ordinal);
        Assert.Contains("/guardian/in/", now.TextBody, StringComparison.Ordinal);
        Assert.Empty(await school.Db().SignInSessions.ToListAsync());
        Assert.Equal(1, await school.Db().SignInLinks.CountAsync(l => l.UsedAt == null));
        Assert.Equal(1, await school.Db().Audit.CountAsync(a => a.Action == ClassHub.Audit.AuditAction.ChangedAddress));
        Assert.Equal(open.Code, (await school.Db().GuardianLinks.SingleAsync(l => l.Id == open.Id)).Code);
    }

    [BothEngines]
    public async Task A_message_comes_in_the_schools_name_with_the_same_words_as_text_and_as_html_and_nothing_from_elsewhere(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await using var sink = new MailSink();
        await school.GuardianAsync(school.Amira);
        school.Clock.Advance(TimeSpan.FromMinutes(1));
        await school.SetTaskAsync("Draw <b> & \u201cvolcano\u201d");
        await SendAsync(school, sink);
        sink.Took.Clear();
        school.GoTo(SchoolWork.At(23, 16));
        await school.PlanAsync();
        await SendAsync(school, sink);

        var mail = sink.Took.Single();
        Assert.Equal(("Hazel Grove Primary", "school@hazel.example"), (mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        Assert.Equal("school@hazel.example", mail.ReplyTo.Mailboxes.Single().Address);
        Assert.Equal("<messages.hub.hazel.example>", mail.Headers[HeaderId.ListId]);
        Assert.Equal("Amira: 1 new", mail.Subject);
        Assert.Equal(Words(mail.TextBody!.Replace("\n- ", "\n", StringComparison.Ordinal)),
            Words(new AngleSharp.Html.Parser.HtmlParser().ParseDocument(mail.HtmlBody!.Replace("<", " <", StringComparison.Ordinal)).Body!.TextContent));
        Assert.DoesNotMatch("(?i)<(img|script|style|link|iframe|form)|src=|style=|url\\(", mail.HtmlBody);
        Assert.InRange(mail.HtmlBody.Length, 1, 4_000);
        Assert.Equal(["https://hub.hazel.example"], new AngleSharp.Html.Parser.HtmlParser().ParseDocument(mail.HtmlBody).QuerySelectorAll("a")
            .Select(a => new Uri(a.GetAttribute("href")!).GetLeftPart(UriPartial.Authority)).Distinct());
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
