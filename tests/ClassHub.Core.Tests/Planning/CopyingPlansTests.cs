using ClassHub.Classes;
using ClassHub.Planning;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.SchoolWork;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Plans;

/// <summary>A week, a year or one post once more; a day from one form; how much that is for a pupil.</summary>
public sealed class CopyingPlansTests
{
    private static readonly PostDates Wednesday = new(GoesOut.Later, At(25, 8, 30), At(26, 16), true, At(26, 18));

    private static CopyPlan Copy(TestSchool school, SchoolClock? clock = null)
    {
        var db = school.Db();
        return new(db, new ComposePost(db, clock ?? school.SchoolClock, Limits), clock ?? school.SchoolClock);
    }

    private static SchoolClock WithHoliday(TestSchool school) => new(school.Clock, school.SchoolClock.Calendar with { Holidays = [new Holiday("Half term", new(2026, 12, 2), new(2026, 12, 2))] });

    [BothEngines]
    public async Task A_week_is_set_again_on_the_same_school_days_and_taken_back(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var clock = WithHoliday(school);
        await school.SetTaskAsync("Volcano poster", Wednesday, body: "1. Draw it\n2. Label it");
        await school.SetTaskAsync("For Ben", Wednesday, pupils: [school.Ben.Id]);
        var okafor = await school.ViewerAsync(school.Okafor);
        // Copying takes its time.
        school.Clock.AutoAdvanceAmount = TimeSpan.FromMilliseconds(20);
        var plan = new PlanCopy(school.Maple.Id, new(2026, 11, 23), new(2026, 11, 29), school.Maple.Id, new(2026, 11, 30));

        var change = await Copy(school, clock).RunAsync(okafor, plan, Stop);

        Assert.Equal(2, change!.Items.Count);
        var copies = await school.Db().Tasks.Include(t => t.Post).ThenInclude(p => p.Readers).Where(t => t.Post.PublishAt > school.Now.AddDays(5)).OrderBy(t => t.Id).ToListAsync();
        // Wednesday is a holiday next week, so the third school day is Thursday.
        Assert.All(copies, t => Assert.Equal(("2026-12-03T08:30", "2026-12-04T16:00", "2026-12-04T18:00"), (clock.ForTyping(t.Post.PublishAt), clock.ForTyping(t.DueAt), clock.ForTyping(t.CloseAt))));
        Assert.Equal(2, copies[0].StepCount);
        Assert.Equal([school.Ben.Id], copies[1].Post.Readers.Select(r => r.PersonId));

        Assert.Empty(await new ChangeDates(school.Db(), clock).UndoAsync(okafor, change.Id, Stop));
        Assert.Equal(2, await school.Db().Posts.CountAsync(p => p.BinnedAt == null));
    }

    [BothEngines]
    public async Task In_another_class_what_was_for_some_becomes_a_draft(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.SetTaskAsync("For Ben", Wednesday, pupils: [school.Ben.Id]);
        var science = new SchoolClass("5 Maple", Subject.Science, school.Now);
        await using (var db = school.Db())
        {
            db.Add(new Membership(science, await db.People.SingleAsync(p => p.Id == school.Okafor.Id), isTeacher: true, isFirst: true, school.Now));
            await db.SaveChangesAsync();
        }

        await Copy(school).RunAsync(await school.ViewerAsync(school.Okafor), new(school.Maple.Id, new(2026, 11, 23), new(2026, 11, 29), science.Id, new(2026, 11, 30)), Stop);

        var copy = await school.Db().Posts.Include(p => p.Readers).SingleAsync(p => p.ClassId == science.Id);
        Assert.True(copy.IsDraft && copy.IsForAll);
        Assert.Empty(copy.Readers);
    }

    [BothEngines]
    public async Task Nothing_is_copied_from_or_into_a_class_of_others_or_into_the_past(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.SetTaskAsync("Volcano poster", Wednesday);
        var (okafor, weller) = (await school.ViewerAsync(school.Okafor), await school.ViewerAsync(school.Weller));
        PlanCopy Plan(int from, int to, DateOnly on) => new(from, new(2026, 11, 23), new(2026, 11, 29), to, on);

        await Assert.ThrowsAsync<RuleBroken>(() => Copy(school).RunAsync(weller, Plan(school.Maple.Id, school.Rowan.Id, new(2026, 11, 30)), Stop));
        await Assert.ThrowsAsync<RuleBroken>(() => Copy(school).RunAsync(okafor, Plan(school.Maple.Id, school.Rowan.Id, new(2026, 11, 30)), Stop));
        await Assert.ThrowsAsync<RuleBroken>(() => Copy(school).RunAsync(okafor, Plan(school.Maple.Id, school.Maple.Id, new(2026, 11, 20)), Stop));
        Assert.Equal(1, await school.Db().Posts.CountAsync());
    }

    [BothEngines]
    public async Task A_post_repeats_every_Monday_and_Wednesday_and_skips_the_holiday(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var clock = WithHoliday(school);
        var task = await school.SetTaskAsync("Spelling", Wednesday);

        await Copy(school, clock).RepeatAsync(await school.ViewerAsync(school.Okafor), task, SchoolDays.Monday | SchoolDays.Wednesday, new(2026, 12, 9), Stop);

        var tasks = await school.Db().Tasks.Include(t => t.Post).OrderBy(t => t.Post.PublishAt).ToListAsync();
        Assert.Equal(["2026-11-25T08:30", "2026-11-30T08:30", "2026-12-07T08:30", "2026-12-09T08:30"], tasks.Select(t => clock.ForTyping(t.Post.PublishAt)));
        Assert.Equal(["2026-11-26T16:00", "2026-12-01T16:00", "2026-12-08T16:00", "2026-12-10T16:00"], tasks.Select(t => clock.ForTyping(t.DueAt)));
        await Assert.ThrowsAsync<RuleBroken>(async () => await Copy(school, clock).RepeatAsync(await school.ViewerAsync(school.Okafor), task, SchoolDays.MondayToFriday, new(2027, 11, 9), Stop));
    }

    [BothEngines]
    public async Task A_day_in_one_form_goes_out_at_its_times_and_can_be_kept_as_a_plan(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var db = school.Db();
        var plan = new PlanDay(db, new ComposePost(db, school.SchoolClock, Limits), school.SchoolClock);
        var okafor = await school.ViewerAsync(school.Okafor);
        List<DayLine> lines = [new(PostKind.Material, "Film", new(9, 0), null, 10), new(PostKind.Task, "Task to follow", new(9, 0), new(10, 30), 40)];

        await plan.KeepAsync(okafor, "Film and task", lines, Stop);
        await plan.KeepAsync(okafor, "Film and task", lines, Stop);
        var made = await plan.RunAsync(okafor, [school.Maple.Id], new(2026, 11, 24), lines, Stop);

        Assert.Equal(2, made.Items.Count);
        Assert.Empty(await new ChangeDates(school.Db(), school.SchoolClock).UndoAsync(okafor, made.Id, Stop));
        Assert.Equal(["Film", "Task to follow"], (await school.Db().DayTemplates.Include(t => t.Lines).SingleAsync()).Lines.OrderBy(l => l.Place).Select(l => l.Title));
        var task = await school.Db().Tasks.Include(t => t.Post).SingleAsync();
        Assert.Equal(("2026-11-24T09:00", "2026-11-24T10:30"), (school.SchoolClock.ForTyping(task.Post.PublishAt), school.SchoolClock.ForTyping(task.DueAt)));
        await Assert.ThrowsAsync<RuleBroken>(() => plan.RunAsync(okafor, [school.Maple.Id], new(2026, 11, 23), [new(PostKind.Notice, "Too early", new(8, 0), null, null)], Stop));
        await Assert.ThrowsAsync<RuleBroken>(() => plan.RunAsync(okafor, [school.Rowan.Id], new(2026, 11, 24), lines, Stop));
    }

    [BothEngines]
    public async Task Minutes_add_up_for_each_pupil_over_all_their_classes(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var science = new SchoolClass("5 Maple", Subject.Science, school.Now);
        await using (var db = school.Db())
        {
            db.Add(new Membership(science, await db.People.SingleAsync(p => p.Id == school.Weller.Id), isTeacher: true, isFirst: true, school.Now));
            db.Add(new Membership(science, await db.People.SingleAsync(p => p.Id == school.Amira.Id), isTeacher: false, isFirst: false, school.Now));
            await db.SaveChangesAsync();
        }
        PostText Takes(int minutes) => Words("Work") with { Minutes = minutes };
        var (okafor, weller) = (await school.ViewerAsync(school.Okafor), await school.ViewerAsync(school.Weller));
        await school.Compose().RunAsync(okafor, Takes(60), [For(school.Maple, Wednesday)], Stop);
        await school.Compose().RunAsync(okafor, Takes(20), [For(school.Maple, Wednesday, pupils: [school.Ben.Id])], Stop);
        await school.Compose().RunAsync(weller, Takes(90), [For(science, Wednesday)], Stop);

        var days = await school.Db().PlannedMinutesAsync([school.Maple.Id], new(2026, 11, 23), new(2026, 11, 29), school.SchoolClock, Stop);

        Assert.Equal([(school.Amira.Id, 150), (school.Ben.Id, 80)], days.OrderByDescending(d => d.Minutes).Select(d => (d.PupilId, d.Minutes)));
        Assert.All(days, d => Assert.Equal(new DateOnly(2026, 11, 25), d.Day));
    }

    [BothEngines]
    public async Task A_repeat_is_stopped_in_one_go_and_goes_on_in_one_go(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var clock = school.SchoolClock;
        var (task, okafor) = (await school.SetTaskAsync("Reading"), await school.ViewerAsync(school.Okafor));
        var other = await school.SetTaskAsync("Reading", new(GoesOut.Later, SchoolWork.At(26, 9), SchoolWork.At(26, 16), true, null));
        await Copy(school, clock).RepeatAsync(okafor, task, SchoolDays.MondayToFriday, new(2026, 11, 27), Stop);
        var series = new StopRepeat(school.Db(), school.Clock);
        var coming = await series.ToCome(okafor, task).Select(p => p.Id).ToListAsync();
        Assert.Equal(4, coming.Count);

        Assert.Empty(await series.ToCome(okafor, other).ToListAsync());
        // One of them goes by itself first, and stays where it is.
        await new PostActions(school.Db(), school.Clock).BinAsync(coming[0], Stop);
        school.Clock.Advance(TimeSpan.FromMinutes(1));
        school.Clock.AutoAdvanceAmount = TimeSpan.FromMilliseconds(1);      // as a real clock goes on while they are put there
        Assert.Equal(3, await series.RunAsync(okafor, task, Stop));
        Assert.Equal([task, other], await school.Db().Posts.Where(p => p.BinnedAt == null && p.Title == "Reading").OrderBy(p => p.Id).Select(p => p.Id).ToListAsync());

        Assert.Equal(3, await series.UndoAsync(okafor, task, Stop));
        Assert.Equal(coming[1..], await series.ToCome(okafor, task).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync());
        Assert.Equal(0, await new StopRepeat(school.Db(), school.Clock).RunAsync(await school.ViewerAsync(school.Amira), task, Stop));
    }
}
