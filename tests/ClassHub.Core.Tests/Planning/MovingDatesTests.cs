using ClassHub.Classes;
using ClassHub.Planning;
using ClassHub.School;
using ClassHub.Tasks;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.SchoolWork;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Plans;

/// <summary>Dates move by school days, many at once, and are taken back in one go.</summary>
public sealed class MovingDatesTests
{
    /// <summary>Goes out on Wednesday 8:30, due on Thursday 16:00, late work until Monday.</summary>
    private static readonly PostDates Later = new(GoesOut.Later, At(25, 8, 30), At(26, 16), true, At(30, 16));

    private static ChangeDates Change(TestSchool school) => new(school.Db(), school.SchoolClock);

    private static async Task<(string Out, string Due, string Late)> DatesAsync(TestSchool school, int id)
    {
        var task = await school.Db().Tasks.Include(t => t.Post).SingleAsync(t => t.Id == id);
        string Typed(DateTimeOffset? at) => school.SchoolClock.ForTyping(at);
        Assert.Equal(Typed(task.DueAt), task.DueTyped);
        return (Typed(task.Post.PublishAt), Typed(task.DueAt), Typed(task.CloseAt));
    }

    [BothEngines]
    public async Task A_snow_day_moves_what_lies_ahead_by_one_school_day_and_over_the_weekend(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var (isOut, later) = (await school.SetTaskAsync("Is out"), await school.SetTaskAsync("Comes", Later));
        var okafor = await school.ViewerAsync(school.Okafor);

        var preview = await Change(school).PreviewAsync(okafor, [isOut, later], (_, dates) => dates.Moved(1, school.SchoolClock), Stop);
        Assert.Equal(["Is out", "Comes"], preview.Select(m => m.Title));
        Assert.All(preview, m => Assert.Equal(2, m.Pupils));
        var change = await Change(school).RunAsync(okafor, [isOut, later], (_, dates) => dates.Moved(1, school.SchoolClock), Stop);

        Assert.Equal(2, change!.Items.Count);
        Assert.Equal(("2026-11-23T09:00", "2026-11-25T16:00", "2026-11-30T16:00"), await DatesAsync(school, isOut));
        Assert.Equal(("2026-11-26T08:30", "2026-11-27T16:00", "2026-12-01T16:00"), await DatesAsync(school, later));
    }

    [BothEngines]
    public async Task It_is_taken_back_once_but_for_what_a_co_teacher_changed_since(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var (first, second) = (await school.SetTaskAsync("First", Later), await school.SetTaskAsync("Second", Later));
        var okafor = await school.ViewerAsync(school.Okafor);
        var change = await Change(school).RunAsync(okafor, [first, second], (_, dates) => dates.Moved(2, school.SchoolClock), Stop);
        await Change(school).RunAsync(await school.ViewerAsync(school.Nair), [second], (_, dates) => dates.Moved(1, school.SchoolClock), Stop);

        await Assert.ThrowsAsync<RuleBroken>(async () => await Change(school).UndoAsync(await school.ViewerAsync(school.Nair), change!.Id, Stop));
        Assert.Equal(["Second"], await Change(school).UndoAsync(okafor, change!.Id, Stop));

        Assert.Equal(("2026-11-25T08:30", "2026-11-26T16:00", "2026-11-30T16:00"), await DatesAsync(school, first));
        Assert.Equal("2026-12-01T16:00", (await DatesAsync(school, second)).Due);
        await Assert.ThrowsAsync<RuleBroken>(() => Change(school).UndoAsync(okafor, change.Id, Stop));
    }

    [BothEngines]
    public async Task When_one_of_them_cannot_move_none_does(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var (fine, tight) = (await school.SetTaskAsync("Fine", Later), await school.SetTaskAsync("Tight", Later));

        // Out after it is due.
        var problem = await Assert.ThrowsAsync<RuleBroken>(async () => await Change(school).RunAsync(await school.ViewerAsync(school.Okafor), [fine, tight],
            (id, dates) => id == fine ? dates.Moved(1, school.SchoolClock) : dates with { Out = dates.Due!.Value.AddDays(1) }, Stop));

        Assert.Contains("“Tight”", problem.Message, StringComparison.Ordinal);
        Assert.Equal(("2026-11-25T08:30", "2026-11-26T16:00", "2026-11-30T16:00"), await DatesAsync(school, fine));
        Assert.Empty(await school.Db().PlanChanges.ToListAsync());
    }

    [BothEngines]
    public async Task Another_teachers_class_does_not_move_and_neither_does_an_archived_one(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync("Comes", Later);

        Assert.Null(await Change(school).RunAsync(await school.ViewerAsync(school.Weller), [task], (_, dates) => dates.Moved(1, school.SchoolClock), Stop));
        await new ManageClasses(school.Db(), school.Clock).ArchiveAsync(school.Maple.Id, new ByHand(school.Hart.Id, IsOffice: true), Stop);
        Assert.Null(await Change(school).RunAsync(await school.ViewerAsync(school.Okafor), [task], (_, dates) => dates.Moved(1, school.SchoolClock), Stop));
    }

    [BothEngines]
    public async Task A_post_is_dragged_to_a_day_with_its_deadline_and_its_deadline_alone(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync("Comes", Later);
        var okafor = await school.ViewerAsync(school.Okafor);

        await Change(school).RunAsync(okafor, [task], (_, dates) => dates.GoingOutOn(new(2026, 11, 27), null, school.SchoolClock), Stop);
        Assert.Equal(("2026-11-27T08:30", "2026-11-30T16:00", "2026-12-02T16:00"), await DatesAsync(school, task));
        await Change(school).RunAsync(okafor, [task], (_, dates) => dates.DueOn(new(2026, 12, 1), new(12, 0), school.SchoolClock), Stop);
        Assert.Equal(("2026-11-27T08:30", "2026-12-01T12:00", "2026-12-03T16:00"), await DatesAsync(school, task));
    }

    [BothEngines]
    public async Task One_grid_sets_the_dates_of_the_class_and_of_single_pupils_or_nothing(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var okafor = await school.ViewerAsync(school.Okafor);
        var set = new SetDates(school.Db(), Change(school), new Arrange(school.Db(), school.Clock));
        DateTimeOffset Due(int day) => school.SchoolClock.Deadline(At(day, 16));
        var dates = new PlannedDates(school.Now, null, Due(25), "2026-11-25T16:00", Due(27), "2026-11-27T16:00");
        // One context for all three, as a request has.
        var db = school.Db();
        set = new SetDates(db, new ChangeDates(db, school.SchoolClock), new Arrange(db, school.Clock));

        await Assert.ThrowsAsync<RuleBroken>(() => set.RunAsync(okafor, task, new Dictionary<int, PlannedDates> { [task] = dates }, new Dictionary<int, DateTimeOffset?> { [school.Amira.Id] = Due(24) }, Stop));
        Assert.Equal("2026-11-24T16:00", (await DatesAsync(school, task)).Due);
        db = school.Db();
        set = new SetDates(db, new ChangeDates(db, school.SchoolClock), new Arrange(db, school.Clock));
        await set.RunAsync(okafor, task, new Dictionary<int, PlannedDates> { [task] = dates }, new Dictionary<int, DateTimeOffset?> { [school.Amira.Id] = Due(26), [school.Ben.Id] = null }, Stop);

        Assert.Equal("2026-11-25T16:00", (await DatesAsync(school, task)).Due);
        var own = await school.Db().Arrangements.SingleAsync();
        Assert.Equal((school.Amira.Id, Due(26)), (own.PupilId, own.DueAt));
    }

    [Fact]
    public void School_days_are_counted_there_and_back()
    {
        var half = new Holiday("Half term", new(2026, 10, 26), new(2026, 10, 30));
        var clock = new SchoolClock(TimeProvider.System, SchoolCalendar.Of(new SchoolProfile("Hazel Grove", "Europe/London", SchoolDays.MondayToFriday, new(8, 30), Everybody.MondayNine), [half]));

        Assert.Equal(new DateOnly(2026, 11, 2), clock.AddSchoolDays(new(2026, 10, 23), 1));
        Assert.Equal(1, clock.SchoolDaysBetween(new(2026, 10, 23), new(2026, 10, 28)));
        Gen.Select(Gen.Int[0, 700], Gen.Int[0, 120]).Sample((start, days) =>
        {
            var from = clock.AddSchoolDays(new DateOnly(2026, 1, 1).AddDays(start), 0);
            var to = clock.AddSchoolDays(from, days);
            return clock.IsSchoolDay(to) && clock.SchoolDaysBetween(from, to) == days && clock.AddSchoolDays(to, -days) == from && clock.SchoolDaysBetween(to, from) == -days;
        }, iter: 2_000);
    }
}
