using ClassHub.Marking;
using ClassHub.Messages;
using ClassHub.Notifications;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.SchoolWork;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Mail;

/// <summary>One message a day at most, at the chosen hour, about what is true when it goes out.</summary>
public sealed class MessagesTests
{
    [BothEngines]
    public async Task A_guardian_is_written_to_once_a_day_at_their_hour_however_often_it_is_asked(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var link = await school.GuardianAsync(school.Amira);
        await school.SetTaskAsync();

        school.GoTo(At(23, 15, 59));
        await school.PlanAsync();
        Assert.Null(await school.DailyAsync(link.GuardianId));
        school.GoTo(At(23, 16));
        for (var i = 0; i < 3; i++) await school.PlanAsync();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => school.PlanAsync()));

        Assert.Single(await school.Db().Messages.Where(m => m.Kind == MessageKind.Daily).ToListAsync());
        var text = (await school.DailyAsync(link.GuardianId))!;
        Assert.Contains("Amira\nStill to do:\n- Volcano poster (5 Maple · Maths), due tomorrow, 16:00", text.Text, StringComparison.Ordinal);
        Assert.Equal("farid@example.org", text.To);
        Assert.StartsWith("https://hub.hazel.example/unsubscribe/", text.Unsubscribe, StringComparison.Ordinal);
        school.GoTo(At(24, 16, 1));
        await school.PlanAsync();
        Assert.Equal(2, await school.Db().Messages.CountAsync(m => m.Kind == MessageKind.Daily));
    }

    [BothEngines]
    public async Task Nothing_is_planned_at_weekends_by_night_or_for_who_wants_none(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var link = await school.GuardianAsync(school.Amira);
        await school.SetTaskAsync();

        foreach (var odd in new[] { At(23, 22), At(24, 6, 30), At(28, 16), At(29, 16) })
        {
            school.GoTo(odd);
            await school.PlanAsync();
        }
        await using (var db = school.Db())
        {
            (await db.MessageSettings.SingleAsync()).Choose(MessageRhythm.Never, new(16, 0));
            await db.SaveChangesAsync();
        }
        school.GoTo(At(30, 16));
        await school.PlanAsync();

        Assert.Empty(await school.Db().Messages.Where(m => m.Kind != MessageKind.Invitation).ToListAsync());
    }

    [BothEngines]
    public async Task Once_a_week_comes_on_the_last_school_day_and_never_beside_a_daily_one(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var link = await school.GuardianAsync(school.Amira);
        async Task ChooseAsync(MessageRhythm rhythm)
        {
            await using var db = school.Db();
            (await db.MessageSettings.SingleAsync()).Choose(rhythm, new(16, 0));
            await db.SaveChangesAsync();
        }
        await ChooseAsync(MessageRhythm.OnceAWeek);
        foreach (var day in new[] { 23, 24, 25, 26, 27 })
        {
            school.GoTo(At(day, 17));
            await school.PlanAsync();
        }
        await ChooseAsync(MessageRhythm.EverySchoolDay);
        await school.PlanAsync();

        var message = await school.Db().Messages.SingleAsync(m => m.Kind != MessageKind.Invitation);
        Assert.Equal((MessageKind.Weekly, (long)new DateOnly(2026, 11, 27).DayNumber, link.GuardianId), (message.Kind, message.Occurrence, message.PersonId));
    }

    [BothEngines]
    public async Task Nothing_stale_goes_out(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var link = await school.GuardianAsync(school.Amira);
        var (handedIn, binned, moved) = (await school.SetTaskAsync("Handed in"), await school.SetTaskAsync("Binned"), await school.SetTaskAsync("Moved"));
        school.GoTo(At(23, 16));
        await school.PlanAsync();
        Assert.NotNull(await school.DailyAsync(link.GuardianId));

        await school.HandInAsync(handedIn, school.Amira);
        await new PostActions(school.Db(), school.Clock).BinAsync(binned, Stop);
        await new Arrange(school.Db(), school.Clock).ExtendAsync(moved, school.Amira.Id, school.SchoolClock.Deadline(At(26, 12)), school.Okafor.Id, Stop);
        var text = (await school.DailyAsync(link.GuardianId))!.Text;
        Assert.DoesNotContain("Handed in (", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Binned", text, StringComparison.Ordinal);
        Assert.Contains("Moved (5 Maple · Maths), due Thursday 26 November, 12:00", text, StringComparison.Ordinal);

        await new Arrange(school.Db(), school.Clock).ExcuseAsync(moved, school.Amira.Id, school.Okafor.Id, Stop);
        Assert.Null(await school.DailyAsync(link.GuardianId));
        await school.SetTaskAsync("New");
        Assert.NotNull(await school.DailyAsync(link.GuardianId));
        await school.Guardians().EndAsync(link.Id, school.Hart.Id, Stop);
        Assert.Null(await school.DailyAsync(link.GuardianId));
    }

    [BothEngines]
    public async Task Two_children_are_one_message_and_no_other_childs_name_is_in_it(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var link = await school.GuardianAsync(school.Amira);
        var second = await school.GuardianAsync(school.Ben);
        Assert.Equal(link.GuardianId, second.GuardianId);
        school.Clock.Advance(TimeSpan.FromMinutes(1));
        var task = await school.SetTaskAsync("For both");
        await school.SetTaskAsync("For Ben", pupils: [school.Ben.Id]);
        await school.HandInAsync(task, school.Amira);
        await school.GiveBackAsync((await school.Db().Submissions.SingleAsync()).Id, Result.NearlyThere);

        school.GoTo(At(23, 16));
        await school.PlanAsync();
        var text = (await school.DailyAsync(link.GuardianId))!;

        Assert.Equal("Amira: 1 new. Ben: 2 new", text.Subject);
        Assert.Contains("Amira\nGiven back:\n- For both (5 Maple · Maths): Nearly there", text.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Kai", text.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Fisher", text.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("For Ben", text.Text.Split("Ben\n")[0], StringComparison.Ordinal);
    }

    [BothEngines]
    public async Task What_failed_is_tried_again_later_and_later_and_given_up_after_a_week(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var message = new Message(school.Okafor.Id, MessageKind.Daily, 1, school.Now);
        var (waits, now) = (new List<double>(), school.Now);
        while (message.GaveUpAt is null)
        {
            message.Failed("No answer", isForGood: false, now);
            waits.Add((message.NextTryAt - now).TotalMinutes);
            now = message.NextTryAt;
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 360], waits.Take(10));
        Assert.All(waits.Skip(10), w => Assert.Equal(360, w));
        Assert.InRange(now - school.Now, TimeSpan.FromDays(7), TimeSpan.FromDays(7.5));
    }

    [BothEngines]
    public async Task An_urgent_message_reaches_everybody_concerned_once_and_only_named_staff_send_it(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var (amiras, kais) = (await school.GuardianAsync(school.Amira), await school.GuardianAsync(school.Kai, "Moe", "moe@example.org"));
        var send = new SendUrgent(school.Db(), school.Clock);
        await Assert.ThrowsAsync<RuleBroken>(() => send.RunAsync(school.Hart.Id, "Closed", null, Stop));
        await new ManagePeople(school.Db(), school.Clock).ChangeAsync(school.Hart.Id, "Lena", "Hart", "Ms", null, null, null, true, school.Hart.Id, Stop, sendsUrgent: true);

        await send.RunAsync(school.Hart.Id, "No bus for 5 Maple today.", school.Maple.Id, Stop);
        Assert.Equal(new[] { school.Amira.Id, school.Ben.Id, school.Nair.Id, school.Okafor.Id, amiras.GuardianId }.Order(), (await school.Db().Notifications.Select(n => n.RecipientId).ToListAsync()).Order());
        await send.RunAsync(school.Hart.Id, "The school is closed.", null, Stop);

        Assert.Equal(9, await school.Db().Notifications.CountAsync(n => n.ClassId == null));
        Assert.Equal(new[] { amiras.GuardianId, amiras.GuardianId, kais.GuardianId }.Order(), (await school.Db().Messages.Where(m => m.Kind == MessageKind.Urgent).Select(m => m.PersonId).ToListAsync()).Order());
        Assert.Contains((await school.WaitingAsync()).Where(m => m.Message.Kind == MessageKind.Urgent), m => m.Text!.Text.StartsWith("The school is closed.", StringComparison.Ordinal));
    }

    [BothEngines]
    public async Task A_teacher_reads_how_much_waits_to_be_marked(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.AddAsync(new MessageSettings(school.Okafor.Id, "Okafor@Hazel.example ", school.Now));
        await school.HandInAsync(await school.SetTaskAsync(), school.Amira);

        school.GoTo(At(23, 16));
        await school.PlanAsync();

        var text = (await school.DailyAsync(school.Okafor.Id))!;
        Assert.Equal(("okafor@hazel.example", "1 to mark"), (text.To, text.Subject));
        Assert.Contains("5 Maple · Maths: 1", text.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Amira", text.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_typed_as_an_address_is_refused_or_can_be_sent_to() => CsCheck.Check.Sample(
        CsCheck.Gen.Select(CsCheck.Gen.String[CsCheck.Gen.Char["ab.@-_+ \"\\()<>\u00fc\u4f5c1:[]%"], 1, 12],
            CsCheck.Gen.String[CsCheck.Gen.Char["ab.-_@ \u00fc1[]"], 1, 12]), parts =>
        {
            if (EmailAddress.Normal($"{parts.Item1}@{parts.Item2}") is not { } address) return;
            Assert.Equal(address, new MimeKit.MailboxAddress("", address).GetAddress(true));
            Assert.Equal(address, EmailAddress.Normal(address));
            Assert.All(address, sign => Assert.True(char.IsAscii(sign)));
        });

    [Fact]
    public void An_address_of_other_signs_is_refused_in_words() =>
        Assert.Contains("letters a to z", Assert.Throws<RuleBroken>(() => EmailAddress.Of("\u4f5c\u4e1a@example.org")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("farid@example.org", "farid@example.org")]
    [InlineData("  Farid@Example.ORG ", "farid@example.org")]
    [InlineData("a..b@example.org", null)]
    [InlineData(".a@example.org", null)]
    [InlineData("a.@example.org", null)]
    [InlineData("a@exa..mple.org", null)]
    [InlineData("farid", null)]
    [InlineData("sofia@b\u00fccher.example", "sofia@xn--bcher-kva.example")]
    [InlineData("\u4f5c\u4e1a@example.org", null)]
    [InlineData("a@[127.0.0.1]", null)]
    [InlineData("farid@example", null)]
    [InlineData("a@b.c, d@e.f", null)]
    [InlineData("Farid <farid@example.org>", null)]
    [InlineData("farid@example.org\r\nBcc: x@y.z", null)]
    [InlineData("@example.org", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void An_address_is_one_address(string? typed, string? kept) => Assert.Equal(kept, EmailAddress.Normal(typed));
}
