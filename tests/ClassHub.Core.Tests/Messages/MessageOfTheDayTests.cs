using ClassHub.Database;
using ClassHub.Messages;
using ClassHub.Notifications;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.SchoolWork;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Mail;

/// <summary>What the message of the day says: how much, what is new and what is old.</summary>
public sealed class MessageOfTheDayTests
{
    private static readonly PostDates DueMonday = new(GoesOut.Now, null, At(23, 15), true, At(30, 16));

    private static async Task<MailText?> OnAsync(TestSchool school, int personId, NodaTime.LocalDateTime at)
    {
        school.GoTo(at);
        return await school.Compose(FamilySchool.Post).RunAsync(new Message(personId, MessageKind.Daily, at.Day, school.Now), Stop);
    }

    private static async Task ToldAsync(TestSchool school, int personId)
    {
        await using var db = school.Db();
        (await db.MessageSettings.SingleAsync(s => s.PersonId == personId)).Told(school.Now);
        await db.SaveChangesAsync();
    }

    [BothEngines]
    public async Task Twenty_missing_tasks_are_told_as_twenty(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.ShowsMessagesAsync(school.Amira);
        await ToldAsync(school, school.Amira.Id);
        for (var i = 1; i <= 20; i++) await school.SetTaskAsync($"Task {i}\n- and a line", DueMonday);

        var text = (await OnAsync(school, school.Amira.Id, At(24, 16)))!;

        Assert.Equal("20 missing", text.Subject);
        Assert.Contains("Missing since the last message:\n", text.Text, StringComparison.Ordinal);
        Assert.Contains("\n- and 8 more\n", text.Text, StringComparison.Ordinal);
    }

    [BothEngines]
    public async Task Nothing_is_called_missing_on_its_own_day_before_six(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var farid = (await school.GuardianAsync(school.Amira)).GuardianId;
        school.Clock.Advance(TimeSpan.FromMinutes(1));
        await school.SetTaskAsync("Poster", DueMonday);

        foreach (var hour in new[] { 15, 16, 17 })
        {
            var text = (await OnAsync(school, farid, At(23, hour, 59)))!;
            Assert.Equal("Amira: 1 new", text.Subject);
            Assert.Contains("New:\n- Poster (5 Maple · Maths), was due today, 15:00", text.Text, StringComparison.Ordinal);
        }
        Assert.Equal("Amira: 1 missing", (await OnAsync(school, farid, At(23, 18)))!.Subject);
        Assert.Equal("Amira: 1 missing", (await OnAsync(school, farid, At(24, 7)))!.Subject);
    }

    [BothEngines]
    public async Task New_is_told_apart_from_old(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var farid = (await school.GuardianAsync(school.Amira)).GuardianId;
        await school.SetTaskAsync("Long missed", DueMonday);
        await school.SetTaskAsync("Just missed", new(GoesOut.Now, null, At(24, 15), true, At(30, 16)));
        await school.SetTaskAsync("Known", new(GoesOut.Now, null, At(27, 15), true, At(30, 16)));
        school.GoTo(At(23, 20));
        await ToldAsync(school, farid);
        school.GoTo(At(24, 9));
        await school.SetTaskAsync("Fresh", new(GoesOut.Now, null, At(27, 15), true, At(30, 16)));
        for (var i = 1; i <= 14; i++) await school.Compose().RunAsync(await school.ViewerAsync(school.Okafor), Words($"Notice {i}", "", PostKind.Notice),
            [For(school.Maple, new(GoesOut.Now, null, null, true, null))], Stop);

        var text = (await OnAsync(school, farid, At(24, 19)))!;

        Assert.Equal("Amira: 2 missing, 15 new", text.Subject);
        foreach (var (head, title) in new[] { ("Missing since the last message", "Just missed"), ("Still missing", "Long missed"), ("New", "Fresh"),
            ("Still to do", "Known"), ("New to read", "Notice 1") })
            Assert.Contains($"{head}:\n- {title} (5 Maple", text.Text, StringComparison.Ordinal);
        Assert.Contains("- and 2 more", text.Text, StringComparison.Ordinal);
    }

    [BothEngines]
    public async Task When_nothing_is_new_or_missing_the_subject_says_how_much_there_is_to_do(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var farid = (await school.GuardianAsync(school.Amira)).GuardianId;
        await school.SetTaskAsync();
        await ToldAsync(school, farid);

        Assert.Equal("Amira: 1 to do", (await OnAsync(school, farid, At(23, 17)))!.Subject);
    }

    [BothEngines]
    public async Task A_teacher_of_many_classes_reads_about_all_of_them(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.AddAsync(new MessageSettings(school.Okafor.Id, "okafor@hazel.example", school.Now));
        await using var db = school.Db();
        for (var i = 0; i < 60; i++)
        {
            var other = db.Add(new ClassHub.Classes.SchoolClass($"Class {i:00}", null, school.Now)).Entity;
            await db.SaveChangesAsync();
            db.Add(new ClassHub.Classes.JoinRequest(other.Id, null, "Nina", "New", school.Now));
            db.Add(new ClassHub.Classes.Membership(other, await db.People.SingleAsync(p => p.Id == school.Okafor.Id), true, true, school.Now));
        }
        await db.SaveChangesAsync();

        var text = (await OnAsync(school, school.Okafor.Id, At(23, 16)))!;

        Assert.Equal("60 ask to join", text.Subject);
        Assert.Contains("- and 48 more", text.Text, StringComparison.Ordinal);
    }
}
