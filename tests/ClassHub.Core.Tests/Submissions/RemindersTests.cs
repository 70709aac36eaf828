using ClassHub.Notifications;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tests.Submissions;

public sealed class RemindersTests
{
    private static Task RemindAsync(TestSchool school) => new RemindBeforeDeadline(school.Db(), school.SchoolClock).RunAsync(default);

    private static Task<List<int>> ToldAsync(TestSchool school, NotificationKind kind) =>
        school.Db().Notifications.Where(n => n.Kind == kind).OrderBy(n => n.RecipientId).Select(n => n.RecipientId).ToListAsync();

    [BothEngines]
    public async Task The_day_before_only_those_who_owe_work_are_reminded_and_once(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await school.HandInAsync(task, school.Ben);
        school.GoTo(SchoolWork.At(23, 15, 59));
        await RemindAsync(school);
        Assert.Empty(await ToldAsync(school, NotificationKind.DueTomorrow));

        school.GoTo(SchoolWork.At(23, 16));
        await RemindAsync(school);
        await RemindAsync(school);

        Assert.Equal([school.Amira.Id], await ToldAsync(school, NotificationKind.DueTomorrow));
    }

    [BothEngines]
    public async Task Two_hours_before_those_who_still_owe_hear_again(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        school.GoTo(SchoolWork.At(24, 13, 30));
        await school.HandInAsync(task, school.Amira);

        school.GoTo(SchoolWork.At(24, 14));
        await RemindAsync(school);

        Assert.Equal([school.Ben.Id], await ToldAsync(school, NotificationKind.DueSoon));
    }

    [BothEngines]
    public async Task CS12_In_quiet_hours_a_reminder_waits_for_the_morning(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        await school.SetTaskAsync(dates: new PostDates(GoesOut.Now, null, SchoolWork.At(25, 8, 30), true, null));

        school.GoTo(SchoolWork.At(25, 6, 59));
        await RemindAsync(school);
        Assert.Empty(await ToldAsync(school, NotificationKind.DueSoon));
        school.GoTo(SchoolWork.At(25, 7));
        await RemindAsync(school);

        Assert.Equal([school.Amira.Id, school.Ben.Id], await ToldAsync(school, NotificationKind.DueSoon));
    }

    [BothEngines]
    public async Task What_is_due_before_the_morning_is_dropped(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        await school.SetTaskAsync(dates: new PostDates(GoesOut.Now, null, SchoolWork.At(24, 6, 30), true, null));

        foreach (var time in new[] { SchoolWork.At(24, 4, 30), SchoolWork.At(24, 6), SchoolWork.At(24, 7), SchoolWork.At(24, 9) })
        {
            school.GoTo(time);
            await RemindAsync(school);
        }

        Assert.Empty(await ToldAsync(school, NotificationKind.DueSoon));
    }

    [BothEngines]
    public async Task A_moved_deadline_reminds_again(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        school.GoTo(SchoolWork.At(24, 14));
        await RemindAsync(school);
        var okafor = await school.ViewerAsync(school.Okafor);
        var version = (await school.Db().Posts.SingleAsync()).Version;
        await school.Compose().EditAsync(okafor, task, version, false, SchoolWork.Words("Volcano poster"), SchoolWork.For(school.Maple, new PostDates(GoesOut.Now, null, SchoolWork.At(25, 16), true, null)), default);

        school.GoTo(SchoolWork.At(25, 14));
        await RemindAsync(school);

        Assert.Equal(2, (await ToldAsync(school, NotificationKind.DueSoon)).Count(id => id == school.Amira.Id));
    }

    [BothEngines]
    public async Task A_pupil_with_more_time_is_reminded_before_their_own_deadline_only(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await new Arrange(school.Db(), school.Clock).ExtendAsync(task, school.Amira.Id, school.SchoolClock.Deadline(SchoolWork.At(26, 16)), school.Okafor.Id, default);

        school.GoTo(SchoolWork.At(24, 14));
        await RemindAsync(school);
        Assert.Equal([school.Ben.Id], await ToldAsync(school, NotificationKind.DueSoon));
        school.GoTo(SchoolWork.At(26, 14));
        await RemindAsync(school);

        Assert.Contains(school.Amira.Id, await ToldAsync(school, NotificationKind.DueSoon));
    }

    [BothEngines]
    public async Task An_excused_pupil_is_not_reminded(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await new Arrange(school.Db(), school.Clock).ExcuseAsync(task, school.Amira.Id, school.Okafor.Id, default);

        school.GoTo(SchoolWork.At(24, 14));
        await RemindAsync(school);

        Assert.Equal([school.Ben.Id], await ToldAsync(school, NotificationKind.DueSoon));
    }

    private static RemindNow Remind(TestSchool school) => new(school.Db(), school.SchoolClock);

    private static async Task<List<int>> SentAsync(TestSchool school)
    {
        await new SendReminders(school.Db(), school.SchoolClock).RunAsync(default);
        return await ToldAsync(school, NotificationKind.Reminded);
    }

    [BothEngines]
    public async Task A_teachers_reminder_goes_out_after_half_a_minute_to_those_of_the_chosen_who_then_still_owe(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var chosen = new[] { school.Amira.Id, school.Ben.Id, school.Kai.Id };

        var reminder = await Remind(school).RunAsync(task, school.Okafor.Id, chosen, default);
        Assert.Equal((school.Now.AddSeconds(30), 2), (reminder.GoesAt, reminder.Pupils.Count));
        school.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(await SentAsync(school));
        await school.HandInAsync(task, school.Ben);
        school.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([school.Amira.Id], await SentAsync(school));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => new SendReminders(school.Db(), school.SchoolClock).RunAsync(default)));
        Assert.Single(await school.Db().Notifications.Where(n => n.Kind == NotificationKind.Reminded).ToListAsync());
        Assert.Empty(await school.Db().Reminders.ToListAsync());
    }

    [BothEngines]
    public async Task A_reminder_taken_back_leaves_no_trace_and_one_that_went_out_stays(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();

        var first = await Remind(school).RunAsync(task, school.Okafor.Id, [school.Amira.Id], default);
        Assert.True(await Remind(school).TakeBackAsync(task, first.Id, default));
        school.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await SentAsync(school));
        Assert.Equal((0, 0), (await school.Db().Reminders.CountAsync(), await school.Db().ReminderPupils.CountAsync()));
        var second = await Remind(school).RunAsync(task, school.Okafor.Id, [school.Amira.Id], default);
        school.Clock.Advance(Undo.Lasts);

        Assert.False(await Remind(school).TakeBackAsync(task, second.Id, default));
        Assert.Equal([school.Amira.Id], await SentAsync(school));
    }

    [BothEngines]
    public async Task Reminding_by_hand_works_once_a_day_for_each_pupil(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        Task<Reminder> RunAsync(params int[] pupils) => Remind(school).RunAsync(task, school.Okafor.Id, pupils, default);
        await RunAsync(school.Amira.Id);

        // About to be reminded, and reminded.
        await Assert.ThrowsAsync<RuleBroken>(() => RunAsync(school.Amira.Id));
        school.Clock.Advance(Undo.Lasts);
        await SentAsync(school);
        await Assert.ThrowsAsync<RuleBroken>(() => RunAsync(school.Amira.Id));
        await Assert.ThrowsAsync<RuleBroken>(() => RunAsync());
        Assert.Equal([school.Ben.Id], (await RunAsync(school.Amira.Id, school.Ben.Id)).Pupils.Select(p => p.PupilId));
        school.GoTo(SchoolWork.At(24, 9));
        await SentAsync(school);

        Assert.Single((await RunAsync(school.Amira.Id)).Pupils);
    }

    [BothEngines]
    public async Task CS12_A_reminder_pressed_at_night_or_at_a_weekend_waits_for_the_next_school_morning(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        foreach (var (pressed, goes) in new[] { (SchoolWork.At(23, 21), SchoolWork.At(24, 7)), (SchoolWork.At(24, 5), SchoolWork.At(24, 7)),
            (SchoolWork.At(27, 19), SchoolWork.At(30, 7)), (SchoolWork.At(28, 12), SchoolWork.At(30, 7)) })
        {
            school.GoTo(pressed);
            var reminder = await Remind(school).RunAsync(task, school.Okafor.Id, [school.Amira.Id], default);
            Assert.Equal(school.SchoolClock.Deadline(goes), reminder.GoesAt);
            await Remind(school).TakeBackAsync(task, reminder.Id, default);
        }
    }

    [BothEngines]
    public async Task A_task_that_went_into_the_bin_reminds_nobody(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await Remind(school).RunAsync(task, school.Okafor.Id, [school.Amira.Id], default);
        await new ClassHub.Posts.PostActions(school.Db(), school.Clock).BinAsync(task, default);
        school.Clock.Advance(Undo.Lasts);

        Assert.Empty(await SentAsync(school));
    }

    [BothEngines]
    public async Task When_a_deadline_has_passed_the_teachers_hear_of_it_once(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        await school.SetTaskAsync();
        school.GoTo(SchoolWork.At(24, 16, 1));

        await new TellDeadlinePassed(school.Db(), school.Clock).RunAsync(default);
        await new TellDeadlinePassed(school.Db(), school.Clock).RunAsync(default);

        Assert.Equal(new[] { school.Okafor.Id, school.Nair.Id }.Order(), await ToldAsync(school, NotificationKind.DeadlinePassed));
    }

    [BothEngines]
    public async Task Who_owes_is_the_same_in_the_query_and_in_the_standing(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var db = school.Db();
        async Task SameAsync()
        {
            var owing = await db.OwingPupils(task).OrderBy(id => id).ToListAsync();
            var asked = new List<int>();
            foreach (var pupil in new[] { school.Amira, school.Ben }.OrderBy(p => p.Id))
            {
                var fresh = school.Db();
                var standing = Standing.Of(await fresh.Tasks.SingleAsync(), await fresh.Arrangements.SingleOrDefaultAsync(a => a.PupilId == pupil.Id), await fresh.Submissions.SingleOrDefaultAsync(s => s.PupilId == pupil.Id), school.Now);
                if (standing.IsOwed) asked.Add(pupil.Id);
            }
            Assert.Equal(asked, owing);
        }

        await SameAsync();
        var version = await school.HandInAsync(task, school.Amira);
        await SameAsync();
        await school.GiveBackAsync(version.SubmissionId, ClassHub.Marking.Result.TryAgain);
        await SameAsync();
        await school.HandInAsync(task, school.Amira, "Second try");
        await new Arrange(school.Db(), school.Clock).ExcuseAsync(task, school.Ben.Id, school.Okafor.Id, default);
        await SameAsync();
    }
}
