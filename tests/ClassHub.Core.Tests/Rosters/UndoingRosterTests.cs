using ClassHub.Classes;
using ClassHub.People;
using ClassHub.Rosters;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Rosters;

public sealed class UndoingRosterTests
{
    private const string Head = "UPN,Forename,Surname,Year,Class\n";
    private const string First = Head + "A1,Ann,Fox,6,6 Elm\nA2,Bob,Fox,6,6 Elm\nA3,Cy,Fox,6,6 Elm\nA4,Di,Fox,6,6 Oak\n";
    private const string Second = Head + "A1,Anna,Fox,6,6 Elm\nA2,Bob,Fox,6,6 Oak\nA4,Di,Fox,5,6 Oak\nA5,Ed,Fox,6,6 Ivy\n";
    private static readonly RosterTicks All = new(new HashSet<string>(), AllRemovals: true, Typed: 2);

    [BothEngines]
    public async Task Undo_leaves_the_school_as_it_was(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var office = new RosterOffice(school);
        var empty = await office.LookAsync();
        var first = await office.ApplyAsync(First);
        var elm = await school.Db().Classes.SingleAsync(c => c.Name == "6 Elm");
        var bob = await school.Db().People.SingleAsync(p => p.SchoolKey == "A2");
        var otters = new PupilGroup(elm.Id, "Otters");
        await school.AddAsync(otters);
        await school.AddAsync(new PupilGroupMember(otters.Id, bob.Id));
        var full = await office.LookAsync();

        var second = await office.ApplyAsync(Second, All);
        Assert.False(await school.Db().PupilGroupMembers.AnyAsync(g => g.GroupId == otters.Id));
        Assert.Empty(await office.UndoAsync(second));
        Assert.Equal(full, await office.LookAsync());

        await school.Db().PupilGroups.Where(g => g.Id == otters.Id).ExecuteDeleteAsync();
        Assert.Empty(await office.UndoAsync(first));
        Assert.Equal(empty, await office.LookAsync());
    }

    [BothEngines]
    public async Task The_newest_goes_first_each_once_and_for_thirty_days(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var office = new RosterOffice(school);
        var first = await office.ApplyAsync(First);
        school.Clock.Advance(TimeSpan.FromDays(10));
        var second = await office.ApplyAsync(Second);

        Assert.Contains("pupils.csv", (await Assert.ThrowsAsync<RuleBroken>(() => office.UndoAsync(first))).Message);
        await office.UndoAsync(second);
        await Assert.ThrowsAsync<RuleBroken>(() => office.UndoAsync(second));
        school.Clock.Advance(TimeSpan.FromDays(20));
        await Assert.ThrowsAsync<RuleBroken>(() => office.UndoAsync(first));
    }

    [BothEngines]
    public async Task What_was_changed_by_hand_since_stays_and_is_listed(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var office = new RosterOffice(school);
        await office.ApplyAsync(First);
        var id = await office.ApplyAsync(Second);
        var db = school.Db();
        (await db.People.SingleAsync(p => p.SchoolKey == "A1")).Rename("Annabel", "Fox", null);
        (await db.People.SingleAsync(p => p.SchoolKey == "A5")).Rename("Eddie", "Fox", null);
        await db.SaveChangesAsync();

        var stayed = await office.UndoAsync(id);

        Assert.Equal(2, stayed.Count);
        Assert.Equal(["Annabel", "Eddie"], await school.Db().People.Where(p => p.SchoolKey == "A1" || p.SchoolKey == "A5").OrderBy(p => p.SchoolKey).Select(p => p.Forename).ToListAsync());
        Assert.Equal("Year 6", (await school.Db().People.SingleAsync(p => p.SchoolKey == "A4")).YearGroup);
        Assert.Contains("Annabel Fox", (await school.Db().RosterImports.SingleAsync(i => i.Id == id)).Stayed);
    }

    [BothEngines]
    public async Task A_person_who_has_signed_in_is_switched_off_and_not_removed(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var office = new RosterOffice(school);
        var id = await office.ApplyAsync(First);
        var ann = await school.Db().People.SingleAsync(p => p.SchoolKey == "A1");
        await school.AddAsync(new SignInSession(ann, "key", false, "Phone", school.Now));

        Assert.Contains("switched off", Assert.Single(await office.UndoAsync(id)));

        Assert.True((await school.Db().People.SingleAsync(p => p.SchoolKey != null)).IsDisabled);
        Assert.False(await school.Db().SignInSessions.AnyAsync());
    }

    [BothEngines]
    public async Task Who_is_to_start_fresh_owes_nothing_of_what_is_open_until_the_roster_is_taken_back(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var office = new RosterOffice(school);
        await office.ApplyAsync(First);
        var elm = await school.Db().Classes.SingleAsync(c => c.Name == "6 Elm");
        await new ManageClasses(school.Db(), school.Clock).AddAsync(elm.Id, school.Okafor.Id, asTeacher: true, new ByHand(school.Hart.Id, IsOffice: true), Stop);
        var task = (await school.Compose().RunAsync(await school.ViewerAsync(school.Okafor), SchoolWork.Words("A map of the village"), [SchoolWork.For(elm, SchoolWork.Now)], Stop))[0];
        var before = await office.LookAsync();

        var db = school.Db();
        Assert.Equal(2, (await office.PlanAsync(First + "A9,Jo,Fox,6,6 Elm\nA4,Di,Fox,6,6 Elm\n")).Newcomers);
        var id = await office.ApplyAsync(First + "A9,Jo,Fox,6,6 Elm\nA4,Di,Fox,6,6 Elm\n", RosterTicks.None with { StartFresh = true });

        Assert.Equal(["A4", "A9"], await db.Arrangements.Where(a => a.TaskId == task && a.ExcusedAt != null).Join(db.People, a => a.PupilId, p => p.Id, (_, p) => p.SchoolKey).OrderBy(k => k).ToListAsync());
        Assert.Contains("2 open tasks", (await school.Db().RosterImports.SingleAsync(i => i.Id == id)).Summary);
        Assert.Empty(await office.UndoAsync(id));
        Assert.Equal(before, await office.LookAsync());
        Assert.False(await school.Db().Arrangements.AnyAsync());
    }
}
