using ClassHub.Classes;
using ClassHub.Marking;
using ClassHub.Notifications;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Today;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.SchoolWork;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Marking;

/// <summary>A slip of the finger is undone as if it had never been: thirty seconds for all.</summary>
public sealed class UndoingTests
{
    private static readonly MarkWords GotIt = new(Result.GotIt, null, "Well done.", 0);

    private static async Task<PupilTaskRow> SeesAsync(TestSchool school) => (await school.Db().OpenTasksAsync(school.Amira.Id, school.Now, Stop)).Single();
    private static async Task<int> NewsAsync(TestSchool school) => (await school.Db().NewsOfAsync(await school.ViewerAsync(school.Amira), long.MaxValue, Stop)).Count(n => n.Kind == NotificationKind.WorkReturned);

    [BothEngines]
    public async Task A_mark_is_seen_and_told_thirty_seconds_after_the_press(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var work = (await school.HandInAsync(await school.SetTaskAsync(), school.Amira)).SubmissionId;
        await school.Marking().GiveBackAsync(work, school.Okafor.Id, GotIt, Stop);

        school.Clock.Advance(Undo.Lasts - TimeSpan.FromMilliseconds(1));
        Assert.Equal((null, WorkState.HandedIn, 0), ((await SeesAsync(school)).Result, (await SeesAsync(school)).Standing(school.Now).State, await NewsAsync(school)));
        school.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal((Result.GotIt, WorkState.Returned, 1), ((await SeesAsync(school)).Result, (await SeesAsync(school)).Standing(school.Now).State, await NewsAsync(school)));
    }

    [BothEngines]
    public async Task Undo_within_thirty_seconds_leaves_no_trace(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var work = (await school.HandInAsync(await school.SetTaskAsync(), school.Amira)).SubmissionId;
        await school.Marking().GiveBackAsync(work, school.Okafor.Id, GotIt, Stop);

        school.Clock.Advance(TimeSpan.FromSeconds(29));
        await school.Marking().TakeBackAsync(work, Stop);
        school.Clock.Advance(TimeSpan.FromHours(1));

        var mark = await school.Db().Marks.SingleAsync();
        Assert.Equal((null, null, "Well done."), (mark.ReturnedAt, mark.TakenBackAt, mark.Comment));
        Assert.Equal((WorkState.HandedIn, false), ((await SeesAsync(school)).Standing(school.Now).State, await school.Db().Notifications.AnyAsync(n => n.RecipientId == school.Amira.Id)));
    }

    [BothEngines]
    public async Task Feedback_that_nobody_opened_is_taken_back_for_a_day_and_the_pupil_reads_so(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var work = (await school.HandInAsync(await school.SetTaskAsync(), school.Amira)).SubmissionId;
        await school.GiveBackAsync(work);

        school.Clock.Advance(TimeSpan.FromHours(23));
        await school.Marking().TakeBackAsync(work, Stop);

        Assert.Equal(school.Now, (await school.Db().Marks.SingleAsync()).TakenBackAt);
        Assert.Equal(0, await NewsAsync(school));
        Assert.Null((await school.Db().Submissions.SingleAsync()).ReturnedAt);
    }

    [BothEngines]
    public async Task Feedback_that_was_opened_or_is_older_than_a_day_stays(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var (opened, old) = ((await school.HandInAsync(task, school.Amira)).SubmissionId, (await school.HandInAsync(task, school.Ben)).SubmissionId);
        await school.GiveBackAsync(opened);
        await school.GiveBackAsync(old);

        await school.Marking().OpenedAsync(opened, Stop);
        Assert.Contains("opened", (await Assert.ThrowsAsync<RuleBroken>(() => school.Marking().TakeBackAsync(opened, Stop))).Message, StringComparison.Ordinal);
        school.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Contains("a day ago", (await Assert.ThrowsAsync<RuleBroken>(() => school.Marking().TakeBackAsync(old, Stop))).Message, StringComparison.Ordinal);

        Assert.True(await school.Db().Marks.AllAsync(m => m.ReturnedAt != null));
    }

    [BothEngines]
    public async Task What_one_press_gave_back_to_all_is_taken_back_together(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        foreach (var pupil in new[] { school.Amira, school.Ben }) await school.Marking().SaveAsync((await school.HandInAsync(task, pupil)).SubmissionId, school.Okafor.Id, GotIt, Stop);
        var (given, from) = await school.Marking().GiveBackAllAsync(task, Stop);

        Assert.Equal((2, 2), (given, await school.Marking().TakeAllBackAsync(task, from, Stop)));

        Assert.True(await school.Db().Submissions.AllAsync(s => s.ReturnedAt == null));
        Assert.False(await school.Db().Notifications.AnyAsync(n => n.Kind == NotificationKind.WorkReturned));
    }

    [BothEngines]
    public async Task A_pupil_who_changes_the_work_within_the_thirty_seconds_goes_first(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var work = (await school.HandInAsync(task, school.Amira)).SubmissionId;
        await school.Marking().GiveBackAsync(work, school.Okafor.Id, GotIt with { Result = Result.TryAgain }, Stop);

        var again = await school.HandInAsync(task, school.Amira, "Better");
        school.Clock.Advance(Undo.Lasts);

        var now = await school.Db().Submissions.SingleAsync();
        Assert.Equal((2, null, false, false), (again.Number, now.ReturnedAt, now.IsAskedAgain, now.IsSecondTry));
    }

    [BothEngines]
    public async Task A_post_sent_by_a_press_is_seen_at_once_and_told_thirty_seconds_later(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        Task AnnounceAsync() => new AnnounceDuePosts(school.Db(), school.Clock).RunAsync(Stop);

        Assert.Equal(task, (await SeesAsync(school)).TaskId);
        school.Clock.Advance(Undo.Lasts - TimeSpan.FromSeconds(1));
        await AnnounceAsync();
        Assert.False(await school.Db().Notifications.AnyAsync());
        school.Clock.Advance(TimeSpan.FromSeconds(1));
        await AnnounceAsync();

        Assert.True(await school.Db().Notifications.AnyAsync(n => n.Kind == NotificationKind.PostPublished && n.RecipientId == school.Amira.Id));
        var told = await Assert.ThrowsAsync<RuleBroken>(async () => await new UndoPost(school.Db()).RunAsync(await school.ViewerAsync(school.Okafor), task, true, Stop));
        Assert.Contains("bin", told.Message, StringComparison.Ordinal);
    }

    [BothEngines]
    public async Task What_one_press_posted_to_several_classes_is_taken_back_in_all_of_them(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.AddAsync(new Membership(school.Rowan, school.Okafor, isTeacher: true, isFirst: false, school.Now));
        var okafor = await school.ViewerAsync(school.Okafor);
        var made = await school.Compose().RunAsync(okafor, Words("Two at once"), [For(school.Maple, SchoolWork.Now), For(school.Rowan, SchoolWork.Now)], Stop);
        school.Clock.Advance(TimeSpan.FromSeconds(2));

        await new UndoPost(school.Db()).RunAsync(okafor, made[0], isSure: false, Stop);

        Assert.Equal([null, null], await school.Db().Posts.Select(p => p.PublishAt).ToListAsync());
    }

    [BothEngines]
    public async Task A_post_taken_back_asks_when_work_has_come_and_keeps_it(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await school.HandInAsync(task, school.Amira);
        var okafor = await school.ViewerAsync(school.Okafor);

        Assert.Equal(1, await new UndoPost(school.Db()).RunAsync(okafor, task, isSure: false, Stop));
        Assert.NotNull((await school.Db().Posts.SingleAsync()).PublishAt);
        await new UndoPost(school.Db()).RunAsync(okafor, task, isSure: true, Stop);

        Assert.Null((await school.Db().Posts.SingleAsync()).PublishAt);
        Assert.Equal("Here it is", (await school.Db().SubmissionVersions.SingleAsync()).Text);
    }

    [BothEngines]
    public async Task A_deadline_that_moves_makes_nobody_late_who_was_told_on_time(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        school.GoTo(At(24, 15));
        await school.HandInAsync(task, school.Amira);
        school.GoTo(At(24, 16, 1));
        await school.HandInAsync(task, school.Ben);

        await using var db = school.Db();
        (await db.Tasks.Include(t => t.Post).SingleAsync()).Schedule(school.SchoolClock.Deadline(At(24, 12)), "2026-11-24T12:00", null, null, school.Now);
        await db.SaveChangesAsync();

        var late = await db.Submissions.Include(s => s.Task).OrderBy(s => s.HandedInAt).Select(s => Standing.Of(s.Task, null, s, school.Now).IsLate).ToListAsync();
        Assert.Equal([false, true], late);
    }
}
