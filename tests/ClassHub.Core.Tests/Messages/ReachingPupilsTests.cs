using ClassHub.Database;
using ClassHub.Messages;
using ClassHub.Notifications;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.SchoolWork;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Mail;

/// <summary>A reminder reaches a pupil: on a device, in their message of the day, or through a guardian.</summary>
public sealed class ReachingPupilsTests
{
    private static async Task RemindAsync(TestSchool school, int taskId, params Person[] pupils)
    {
        await new RemindNow(school.Db(), school.SchoolClock).RunAsync(taskId, school.Okafor.Id, [.. pupils.Select(p => p.Id)], Stop);
        school.Clock.Advance(Undo.Lasts);
        await new SendReminders(school.Db(), school.SchoolClock).RunAsync(Stop);
    }

    private static async Task<List<(Message Message, MailText? Text)>> OnDevicesAsync(TestSchool school) => (await school.WaitingAsync())
        .FindAll(m => m.Message.Kind == MessageKind.Reminder);

    private static async Task<MailText?> DailyAsync(TestSchool school, int personId, NodaTime.LocalDateTime at)
    {
        school.GoTo(at);
        return await school.Compose(FamilySchool.Post).RunAsync(new Message(personId, MessageKind.Daily, at.Day, school.Now), Stop);
    }

    [BothEngines]
    public async Task A_reminder_comes_to_a_pupils_own_device_and_into_their_message_of_the_day(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.ShowsMessagesAsync(school.Amira);
        await RemindAsync(school, await school.SetTaskAsync(), school.Amira, school.Ben);

        var (message, text) = Assert.Single(await OnDevicesAsync(school));
        Assert.Equal((school.Amira.Id, school.Now), (message.PersonId, message.NextTryAt));
        Assert.Equal(((string?)null, "Volcano poster (5 Maple · Maths), due tomorrow, 16:00. Mr Okafor asks for it"), (text!.To, text.Brief));
        Assert.Contains("Reminder:\n- Volcano poster", (await DailyAsync(school, school.Amira.Id, At(23, 16)))!.Text, StringComparison.Ordinal);
    }

    [BothEngines]
    public async Task A_deadline_reminds_in_the_same_way(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.ShowsMessagesAsync(school.Amira);
        await school.SetTaskAsync();
        await school.SetTaskAsync("Map");
        school.GoTo(At(23, 16));
        await new RemindBeforeDeadline(school.Db(), school.SchoolClock).RunAsync(Stop);

        var (_, text) = Assert.Single(await OnDevicesAsync(school));
        Assert.Equal(("2 reminders", 2), (text!.Subject, text.Brief.Split('\n').Length));
        Assert.DoesNotContain("asks", text.Brief, StringComparison.Ordinal);
        Assert.Contains("Reminder:\n- ", (await DailyAsync(school, school.Amira.Id, At(23, 17)))!.Text, StringComparison.Ordinal);
    }

    [BothEngines]
    public async Task What_was_handed_in_before_the_device_was_woken_is_not_said(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.ShowsMessagesAsync(school.Amira);
        var task = await school.SetTaskAsync();
        await RemindAsync(school, task, school.Amira);
        await school.HandInAsync(task, school.Amira);

        Assert.Null(Assert.Single(await OnDevicesAsync(school)).Text);
    }

    [BothEngines]
    public async Task Who_wants_messages_seldom_or_never_is_not_woken(Engine engine)
    {
        foreach (var rhythm in new[] { MessageRhythm.OnceAWeek, MessageRhythm.Never })
        {
            await using var school = await OpenAsync(engine);
            await school.ShowsMessagesAsync(school.Amira);
            await school.Db().MessageSettings.ExecuteUpdateAsync(set => set.SetProperty(s => s.Rhythm, rhythm));
            await RemindAsync(school, await school.SetTaskAsync(), school.Amira);

            Assert.Empty(await OnDevicesAsync(school));
        }
    }

    [BothEngines]
    public async Task CS12_No_device_is_woken_at_a_weekend_but_on_the_next_school_morning(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.ShowsMessagesAsync(school.Amira);
        await school.SetTaskAsync(dates: new PostDates(GoesOut.Now, null, At(30, 9), true, null));
        school.GoTo(At(29, 9));
        await new RemindBeforeDeadline(school.Db(), school.SchoolClock).RunAsync(Stop);

        Assert.Equal(school.SchoolClock.Deadline(At(30, 7)), Assert.Single(await OnDevicesAsync(school)).Message.NextTryAt);
        school.GoTo(At(30, 7));
        Assert.Contains("due today, 9:00", (await OnDevicesAsync(school))[0].Text!.Brief, StringComparison.Ordinal);
    }

    [BothEngines]
    public async Task For_a_pupil_without_either_the_guardians_message_says_so(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var (amiras, bens) = (await school.GuardianAsync(school.Amira), await school.GuardianAsync(school.Ben, "Mona", "mona@example.org"));
        await school.ShowsMessagesAsync(school.Ben);
        await RemindAsync(school, await school.SetTaskAsync(), school.Amira, school.Ben);

        var text = (await DailyAsync(school, amiras.GuardianId, At(23, 16)))!.Text;
        Assert.Contains("Amira\nReminder:\n- Volcano poster (5 Maple · Maths), due tomorrow, 16:00. Mr Okafor asks for it\n", text, StringComparison.Ordinal);
        Assert.Contains("Amira gets no message of the day, so please tell Amira.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("please tell", (await DailyAsync(school, bens.GuardianId, At(23, 16)))!.Text, StringComparison.Ordinal);
    }

    [BothEngines]
    public async Task It_is_known_beforehand_whom_a_reminder_reaches_and_how(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.ShowsMessagesAsync(school.Amira);
        var mona = await school.GuardianAsync(school.Ben, "Mona", "mona@example.org");
        int[] pupils = [school.Amira.Id, school.Ben.Id, school.Kai.Id];
        Task<IReadOnlyDictionary<int, ReminderReach>> ReadAsync(MailSettings? mail = null) =>
            ReminderReach.ReadAsync(school.Db(), mail ?? FamilySchool.Post, FamilySchool.Push, school.SchoolClock, pupils, school.Now, Stop);

        var reach = await ReadAsync();
        Assert.Equal(new ReminderReach(ReminderWay.OwnDevice, school.Now), reach[school.Amira.Id]);
        Assert.Equal(new ReminderReach(ReminderWay.Guardian, school.SchoolClock.Deadline(At(23, 16))), reach[school.Ben.Id]);
        Assert.Equal(new ReminderReach(ReminderWay.OnlyInClassHub, null), reach[school.Kai.Id]);
        // The hour is over; the mail comes back; the school has no mail.
        school.GoTo(At(27, 17));
        Assert.Equal(school.SchoolClock.Deadline(At(30, 16)), (await ReadAsync())[school.Ben.Id].At);
        Assert.Equal(ReminderWay.OnlyInClassHub, (await ReadAsync(FamilySchool.Post with { Host = null }))[school.Ben.Id].Way);
        await new ReachPerson(school.Db(), school.Clock).MarkReturnedAsync(mona.GuardianId, Stop);
        Assert.Equal(ReminderWay.OnlyInClassHub, (await ReadAsync())[school.Ben.Id].Way);
    }

    [Theory]
    [InlineData(3, "1\n2\n3"), InlineData(4, "1\n2\n3\n…")]
    public void A_locked_screen_shows_three_lines_and_whether_there_are_more(int lines, string brief) =>
        Assert.Equal(brief, new MailBody().List("Reminder", [.. Enumerable.Range(1, lines).Select(n => $"{n}")]).Brief);
}
