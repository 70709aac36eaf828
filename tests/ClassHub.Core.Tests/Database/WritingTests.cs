using ClassHub.Classes;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Writing;

public sealed class WritingTests
{
    [BothEngines]
    public async Task A_verb_that_fails_leaves_nothing(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var db = school.Db();

        await Assert.ThrowsAsync<RuleBroken>(() => db.WriteAsync(async () =>
        {
            db.Add(new SchoolClass("Half written", null, school.Now));
            await db.SaveChangesAsync(Stop);
            throw new RuleBroken("No.");
        }, Stop));

        Assert.False(await school.Db().Classes.AnyAsync(c => c.Name == "Half written"));
    }

    [BothEngines]
    public async Task The_loser_of_a_clash_runs_again_on_what_the_winner_left(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(async () =>
        {
            var db = school.Db();
            await db.WriteAsync(async () =>
            {
                // The same group twice is impossible, so whoever comes second must see the first.
                if (await db.PupilGroups.AnyAsync(g => g.ClassId == school.Maple.Id, Stop)) return;
                db.Add(new PupilGroup(school.Maple.Id, "Otters"));
                await db.SaveChangesAsync(Stop);
            }, Stop);
        })));

        Assert.Equal(1, await school.Db().PupilGroups.CountAsync());
    }

    [BothEngines]
    public async Task A_clash_that_never_ends_is_told(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        await school.AddAsync(new PupilGroup(school.Maple.Id, "Otters"));
        var db = school.Db();
        var tries = 0;

        await Assert.ThrowsAsync<BusyDatabase>(() => db.WriteAsync(async () =>
        {
            tries++;
            db.Add(new PupilGroup(school.Maple.Id, "Otters"));
            await db.SaveChangesAsync(Stop);
        }, Stop));

        Assert.Equal(4, tries);
    }

    [BothEngines]
    public async Task A_verb_inside_a_verb_is_part_of_it(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var db = school.Db();

        await Assert.ThrowsAsync<RuleBroken>(() => db.WriteAsync(async () =>
        {
            await db.WriteAsync(async () =>
            {
                db.Add(new PupilGroup(school.Maple.Id, "Otters"));
                await db.SaveChangesAsync(Stop);
            }, Stop);
            throw new RuleBroken("No.");
        }, Stop));

        Assert.Equal(0, await school.Db().PupilGroups.CountAsync());
    }

    [BothEngines]
    public async Task Many_writers_all_get_their_turn(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                var db = school.Db();
                await db.WriteAsync(async () =>
                {
                    db.Add(new PupilGroup(school.Maple.Id, $"Group {writer} {i}"));
                    await db.SaveChangesAsync(Stop);
                }, Stop);
            }
        })));

        Assert.Equal(80, await school.Db().PupilGroups.CountAsync());
    }

    [BothEngines]
    public async Task Instants_come_back_to_the_microsecond_and_in_order(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var at = new DateTimeOffset(2027, 3, 28, 3, 30, 0, TimeSpan.FromHours(2)).AddTicks(1234567);
        await school.AddAsync(new SchoolClass("Later", null, at), new SchoolClass("Latest", null, at.AddMicroseconds(1)));

        var back = await school.Db().Classes.Where(c => c.CreatedAt > school.Now).OrderBy(c => c.CreatedAt).ToListAsync();

        Assert.Equal(["Later", "Latest"], back.Select(c => c.Name));
        Assert.Equal(at.AddTicks(-7).ToUniversalTime(), back[0].CreatedAt);
    }

    [Fact]
    public async Task Who_waits_ten_seconds_for_a_turn_is_told_that_it_is_busy()
    {
        var gate = new WriteGate(oneAtATime: true);
        using var turn = await gate.EnterAsync(Stop);

        await Assert.ThrowsAsync<BusyDatabase>(() => gate.EnterAsync(Stop));
    }
}
