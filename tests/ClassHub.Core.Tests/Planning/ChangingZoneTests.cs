using ClassHub.People;
using ClassHub.Planning;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using static ClassHub.Tests.SchoolWork;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Plans;

/// <summary>The school goes by another time zone: what lies ahead keeps its time of the clock.</summary>
public sealed class ChangingZoneTests
{
    private static Task AskAsync(TestSchool school, string zone) =>
        new ChangeSchool(school.Db(), school.Clock).RunAsync("Hazel Grove", zone, SchoolDays.MondayToFriday, new(8, 30), [], school.Hart.Id, Stop);

    private static ChangeZone Zone(TestSchool school) => new(school.Db(), school.Clock);

    private static async Task<SchoolClock> ClockAsync(TestSchool school) =>
        new(school.Clock, SchoolCalendar.Of(await school.Db().Schools.AsNoTracking().SingleAsync(), []));

    /// <summary>What the clock on the school's wall shows when it goes out, is due, closes.</summary>
    private static async Task<(LocalDateTime? Out, LocalDateTime? Due, LocalDateTime? Close)> OnTheWallAsync(TestSchool school, int id)
    {
        var (clock, db) = (await ClockAsync(school), school.Db());
        var (post, task) = (await db.Posts.SingleAsync(p => p.Id == id), await db.Tasks.SingleAsync(t => t.Id == id));
        return (Wall(post.PublishAt), Wall(task.DueAt), Wall(task.CloseAt));

        LocalDateTime? Wall(DateTimeOffset? at) => at is { } instant ? clock.InSchool(instant).LocalDateTime : null;
    }

    [BothEngines]
    public async Task Every_date_ahead_keeps_its_time_of_the_clock(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var weekly = await school.SetTaskAsync("Weekly", new(GoesOut.Later, At(25, 8, 30), At(26, 16), true, At(27, 16)));
        var (db, teacher) = (school.Db(), await school.ViewerAsync(school.Okafor));
        var compose = new ComposePost(db, school.SchoolClock, Limits);
        await new CopyPlan(db, compose, school.SchoolClock).RepeatAsync(teacher, weekly, SchoolDays.Wednesday, new(2027, 4, 28), Stop);
        var open = await school.SetTaskAsync("Open");
        await new Arrange(school.Db(), school.Clock).ExtendAsync(open, school.Amira.Id, school.SchoolClock.Deadline(At(26, 12)), school.Okafor.Id, Stop);
        await new PlanDay(db, compose, school.SchoolClock).KeepAsync(teacher, "Monday", [new(PostKind.Task, "Video", new(9, 0), new(10, 30), 20)], Stop);
        var posts = await school.Db().Posts.OrderBy(p => p.Id).Select(p => p.Id).ToListAsync();
        var before = new List<(LocalDateTime?, LocalDateTime?, LocalDateTime?)>();
        foreach (var id in posts) before.Add(await OnTheWallAsync(school, id));
        var seen = await school.Db().Posts.Where(p => p.Id == open).Select(p => p.PublishAt).SingleAsync();

        await AskAsync(school, "America/New_York");
        Assert.True(await Zone(school).RunAsync(Stop));

        Assert.Equal("America/New_York", (await ClockAsync(school)).Calendar.Zone.Id);
        foreach (var (id, was) in posts.Zip(before))
            if (id != open) Assert.Equal(was, await OnTheWallAsync(school, id));
        var now = await OnTheWallAsync(school, open);
        Assert.Equal((At(24, 16), At(27, 16)), (now.Due, now.Close));
        Assert.Equal(seen, await school.Db().Posts.Where(p => p.Id == open).Select(p => p.PublishAt).SingleAsync());
        var own = await school.Db().Arrangements.SingleAsync();
        Assert.Equal(At(26, 12), (await ClockAsync(school)).InSchool(own.DueAt!.Value).LocalDateTime);
        var line = await school.Db().DayTemplates.SelectMany(t => t.Lines).SingleAsync();
        Assert.Equal((new TimeOnly(9, 0), new TimeOnly(10, 30)), (line.OutAt, line.BackBy));
        Assert.Empty(await school.Db().ZoneMoves.ToListAsync());
        var task = await school.Db().Tasks.SingleAsync(t => t.Id == open);
        Assert.True(task.OnTodayUntil >= own.DueAt + ClassTask.StaysOnToday);
    }

    [BothEngines]
    public async Task What_was_typed_is_the_truth_even_where_the_old_clocks_never_showed_it(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        // The clocks of London jump over it; those of Lagos do not.
        var task = await school.SetTaskAsync("Night", new(GoesOut.Later, new(2027, 3, 27, 8, 30), new(2027, 3, 28, 1, 30), true, null));

        await AskAsync(school, "Africa/Lagos");
        await Zone(school).RunAsync(Stop);

        Assert.Equal(new LocalDateTime(2027, 3, 28, 1, 30), (await OnTheWallAsync(school, task)).Due);
    }

    [BothEngines]
    public async Task Nothing_is_seen_of_it_before_all_of_it_is_and_a_server_that_dies_in_between_goes_on(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var first = await school.SetTaskAsync("First", new(GoesOut.Later, At(25, 8, 30), At(26, 16), true, null));
        var model = await school.Db().Posts.SingleAsync(p => p.Id == first);
        await FillAsync(school, 2 * ChangeZone.AtOnce + 10);
        var before = await school.Db().Posts.OrderBy(p => p.Id).Select(p => p.PublishAt).ToListAsync();

        await AskAsync(school, "Asia/Tokyo");
        Assert.False(await Zone(school).RunAsync(Stop, slices: 1));
        Assert.Equal(ChangeZone.AtOnce, await school.Db().ZoneMoves.CountAsync());
        Assert.Equal("Europe/London", await school.Db().Schools.Select(s => s.TimeZone).SingleAsync());
        Assert.Equal(before, await school.Db().Posts.OrderBy(p => p.Id).Select(p => p.PublishAt).ToListAsync());

        // A teacher moves one that was worked out already, and writes another.
        var teacher = await school.ViewerAsync(school.Okafor);
        var moved = new PostDates(GoesOut.Later, At(25, 10), At(26, 17), true, null);
        await school.Compose().EditAsync(teacher, first, model.Version, false, Words("First"), For(school.Maple, moved), Stop);
        var late = await school.SetTaskAsync("Written meanwhile", new(GoesOut.Later, At(25, 9), At(26, 15), true, null));
        Assert.True(await Zone(school).RunAsync(Stop));

        Assert.Equal((At(25, 10), At(26, 17), null), await OnTheWallAsync(school, first));
        Assert.Equal((At(25, 9), At(26, 15), null), await OnTheWallAsync(school, late));
        var clock = await ClockAsync(school);
        var fillers = await school.Db().Posts.Where(p => p.Title == "Filler").ToListAsync();
        Assert.All(fillers, p => Assert.Equal(new TimeOnly(8, 30), clock.TimeOf(p.PublishAt!.Value)));
        var profile = await school.Db().Schools.SingleAsync();
        Assert.Equal(("Asia/Tokyo", null), (profile.TimeZone, profile.NextTimeZone));
    }

    private static async Task FillAsync(TestSchool school, int count)
    {
        await using var db = school.Db();
        for (var i = 0; i < count; i++)
        {
            var post = db.Posts.Add(new Post(school.Maple.Id, PostKind.Notice, school.Okafor.Id, null, school.Now)).Entity;
            var at = new LocalDateTime(2026, 12, 1, 8, 30).PlusDays(i);
            post.Write("Filler", "", null, null, school.Now);
            post.Publish(school.SchoolClock.VisibleFrom(at), SchoolClock.Written(at), school.Now);
        }
        await db.SaveChangesAsync();
    }

    [BothEngines]
    public async Task Nobody_becomes_late_and_nothing_goes_out_unseen_by_the_new_clock(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var soon = await school.SetTaskAsync("Due at ten", new(GoesOut.Now, null, At(23, 10), true, At(23, 12)));
        await school.HandInAsync(soon, school.Amira);
        var due = await school.Db().Tasks.Where(t => t.Id == soon).Select(t => t.DueAt).SingleAsync();

        var preview = await new PreviewZone(school.Db(), school.Clock).RunAsync("Europe/Helsinki", Stop);
        await AskAsync(school, "Europe/Helsinki");
        await Zone(school).RunAsync(Stop);

        Assert.Equal(["Due at ten"], preview.Staying);
        Assert.Equal(due, await school.Db().Tasks.Where(t => t.Id == soon).Select(t => t.DueAt).SingleAsync());
        Assert.True((await school.Db().Tasks.SingleAsync(t => t.Id == soon)).CloseAt >= due);
    }

    [BothEngines]
    public async Task The_preview_counts_what_moves_and_shows_the_first_of_it(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync("Poster", new(GoesOut.Later, At(25, 8, 30), At(26, 16), true, At(27, 16)));
        await new Arrange(school.Db(), school.Clock).ExtendAsync(task, school.Amira.Id, school.SchoolClock.Deadline(At(28, 12)), school.Okafor.Id, Stop);

        var paris = await new PreviewZone(school.Db(), school.Clock).RunAsync("Europe/Paris", Stop);
        var lisbon = await new PreviewZone(school.Db(), school.Clock).RunAsync("Europe/Lisbon", Stop);

        Assert.Equal((1, 1, 1, 1), (paris.Posts, paris.Deadlines, paris.Ends, paris.Extensions));
        Assert.Equal([("Poster", false, -1.0), ("Poster", true, -1.0)], paris.First.Select(e => (e.Title, e.IsDue, (e.To - e.From).TotalHours)));
        Assert.Empty(lisbon.First);
        await Assert.ThrowsAsync<RuleBroken>(() => new PreviewZone(school.Db(), school.Clock).RunAsync("Mars/Olympus", Stop));
        Assert.Equal("Europe/London", await school.Db().Schools.Select(s => s.TimeZone).SingleAsync());
    }

    [BothEngines]
    public async Task What_a_server_wrote_by_the_old_zone_just_after_the_change_is_put_right(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await AskAsync(school, "Asia/Tokyo");
        await Zone(school).RunAsync(Stop);
        school.Clock.Advance(TimeSpan.FromSeconds(10));
        // The test's own clock still goes by London, as another server does for some seconds.
        var task = await school.SetTaskAsync("Written by the old clock", new(GoesOut.Later, At(25, 8, 30), At(26, 16), true, At(27, 16)));

        await Zone(school).RunAsync(Stop);

        Assert.Equal((At(25, 8, 30), At(26, 16), At(27, 16)), await OnTheWallAsync(school, task));
    }

    [BothEngines]
    public async Task A_second_change_waits_for_the_first(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await AskAsync(school, "Asia/Tokyo");

        var refused = await Assert.ThrowsAsync<RuleBroken>(() => AskAsync(school, "Asia/Seoul"));

        Assert.Contains("Asia/Tokyo", refused.Message, StringComparison.Ordinal);
        await AskAsync(school, "Europe/London");       // other settings are saved meanwhile
    }
}
