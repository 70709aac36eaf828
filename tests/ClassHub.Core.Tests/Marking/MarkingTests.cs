using ClassHub.Marking;
using ClassHub.Notifications;
using ClassHub.Submissions;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tests.Marking;

public sealed class MarkingTests
{
    [BothEngines]
    public async Task A_mark_is_a_draft_until_it_is_given_back(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var version = await school.HandInAsync(await school.SetTaskAsync(), school.Amira);

        var mark = await school.Marking().SaveAsync(version.SubmissionId, school.Okafor.Id, new(Result.NearlyThere, null, "Check the units.", 0), default);
        Assert.False(await school.Db().Notifications.AnyAsync(n => n.RecipientId == school.Amira.Id));
        await school.Marking().GiveBackAsync(version.SubmissionId, school.Okafor.Id, new(Result.GotIt, null, "Well done.", mark.Version), default);

        var work = await school.Db().Submissions.SingleAsync();
        Assert.Equal((true, false), (work.ReturnedAt is not null, work.IsAskedAgain));
        Assert.Equal(1, await school.Db().Notifications.CountAsync(n => n.RecipientId == school.Amira.Id && n.Kind == NotificationKind.WorkReturned));
    }

    [BothEngines]
    public async Task A_co_teachers_mark_is_not_overwritten(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var version = await school.HandInAsync(await school.SetTaskAsync(), school.Amira);
        await school.Marking().SaveAsync(version.SubmissionId, school.Nair.Id, new(Result.GotIt, null, "Lovely.", 0), default);

        await Assert.ThrowsAsync<MarkChanged>(() => school.Marking().SaveAsync(version.SubmissionId, school.Okafor.Id, new(Result.NotYet, null, "Hm.", 0), default));

        Assert.Equal("Lovely.", (await school.Db().Marks.SingleAsync()).Comment);
    }

    [BothEngines]
    public async Task Two_teachers_saving_at_the_same_moment_leave_one_mark_and_one_warning(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var version = await school.HandInAsync(await school.SetTaskAsync(), school.Amira);

        var outcomes = await Task.WhenAll(new[] { school.Okafor, school.Nair }.Select(teacher => Task.Run(async () =>
        {
            try { await school.Marking().SaveAsync(version.SubmissionId, teacher.Id, new(Result.GotIt, null, teacher.Surname, 0), default); return true; }
            catch (MarkChanged) { return false; }
        })));

        Assert.Single(outcomes, saved => saved);
        Assert.Equal(1, await school.Db().Marks.CountAsync());
    }

    [BothEngines]
    public async Task Try_again_asks_for_a_second_try_that_is_never_late(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var version = await school.HandInAsync(task, school.Amira);
        await school.GiveBackAsync(version.SubmissionId, Result.TryAgain, "Label the magma chamber.");
        school.GoTo(SchoolWork.At(28, 10));

        await school.HandInAsync(task, school.Amira, "Labelled");

        var db = school.Db();
        var standing = Standing.Of(await db.Tasks.SingleAsync(), null, await db.Submissions.SingleAsync(), school.Now);
        Assert.Equal((WorkState.HandedIn, false), (standing.State, standing.IsLate));
        Assert.Equal(2, await db.SubmissionVersions.CountAsync());
    }

    [BothEngines]
    public async Task Giving_back_all_leaves_unmarked_work_in_the_queue(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var amira = await school.HandInAsync(task, school.Amira);
        await school.HandInAsync(task, school.Ben);
        await school.Marking().SaveAsync(amira.SubmissionId, school.Okafor.Id, new(Result.GotIt, null, "", 0), default);

        var given = await school.Marking().GiveBackAllAsync(task, default);

        Assert.Equal(1, given.Count);
        Assert.Equal([school.Ben.Id], await school.Db().Submissions.Where(s => s.ReturnedAt == null).Select(s => s.PupilId).ToListAsync());
    }

    [BothEngines]
    public async Task Points_stay_between_nothing_and_the_most(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var version = await school.HandInAsync(await school.SetTaskAsync(points: 10), school.Amira);

        foreach (var wrong in new[] { -1m, 10.5m, 1.234m })
            Assert.Equal("Points", (await Assert.ThrowsAsync<RuleBroken>(() => school.Marking().SaveAsync(version.SubmissionId, school.Okafor.Id, new(null, wrong, null, 0), default))).Field);
        var mark = await school.Marking().SaveAsync(version.SubmissionId, school.Okafor.Id, new(null, 7.5m, null, 0), default);

        Assert.Equal(7.5m, mark.Points);
    }

    [BothEngines]
    public async Task Nothing_said_cannot_be_given_back(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var version = await school.HandInAsync(await school.SetTaskAsync(), school.Amira);

        await Assert.ThrowsAsync<RuleBroken>(() => school.Marking().GiveBackAsync(version.SubmissionId, school.Okafor.Id, new(null, null, " ", 0), default));

        Assert.Null((await school.Db().Submissions.SingleAsync()).ReturnedAt);
    }
}
