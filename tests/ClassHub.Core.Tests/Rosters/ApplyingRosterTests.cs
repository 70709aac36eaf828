using System.Text;
using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.People;
using ClassHub.Rosters;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Rosters;

public sealed class ApplyingRosterTests
{
    private const string Head = "UPN,Forename,Surname,Year,Class\n";
    private const string Three = Head + "A1,Ann,Fox,6,6 Elm\nA2,Bob,Fox,6,6 Elm\nA3,Cy,Fox,6,6 Elm\n";
    private static readonly RosterTicks All = new(new HashSet<string>(), AllRemovals: true);

    [BothEngines]
    public async Task Looking_changes_nothing_and_says_plainly_what_would(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var office = new RosterOffice(school);
        var before = await office.LookAsync();

        var plan = await office.PlanAsync(Three);

        Assert.Equal(["3 are new in the school: Ann Fox, Bob Fox, Cy Fox.", "1 class is new: 6 Elm.", "3 join 6 Elm."], RosterSentences.Of(plan.Changes));
        Assert.Equal(before, await office.LookAsync());
    }

    [BothEngines]
    public async Task Applying_makes_people_with_usernames_and_no_passwords(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var office = new RosterOffice(school);

        var id = await office.ApplyAsync(Head + "A1,Amira,Stone,6,6 Elm\nA2,Amira,Smith,6,6 Elm");

        var db = school.Db();
        var made = await db.Users.Where(a => a.Person.SchoolKey != null).OrderBy(a => a.PersonId).Select(a => new { a.UserName, a.PasswordHash, a.Person.YearGroup }).ToListAsync();
        Assert.Equal([("amiras", "Year 6"), ("amiras2", "Year 6")], made.Select(a => (a.UserName!, a.YearGroup!)));
        Assert.All(made, a => Assert.Null(a.PasswordHash));
        Assert.Equal("sheet:6 Elm", (await db.Classes.SingleAsync(c => c.Name == "6 Elm")).SchoolKey);
        Assert.Equal(AuditAction.AppliedRoster, (await db.Audit.SingleAsync(a => a.SubjectId == id)).Action);
        Assert.Equal(5, await db.RosterChanges.CountAsync(c => c.ImportId == id));
    }

    [BothEngines]
    public async Task The_same_file_again_changes_nothing(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var office = new RosterOffice(school);
        await office.ApplyAsync(Three);

        Assert.Empty((await office.PlanAsync(Three)).Changes);
    }

    [BothEngines]
    public async Task Names_years_and_classes_follow_the_file_and_leavers_stay_unless_ticked(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var office = new RosterOffice(school);
        await office.ApplyAsync(Head + string.Concat(Enumerable.Range(1, 12).Select(i => $"A{i},Ann{i},Fox,6,6 Elm\n")) + "B1,Dot,Hill,6,6 Oak\n");
        var next = Head + string.Concat(Enumerable.Range(1, 10).Select(i => $"A{i},Ann{i},{(i == 1 ? "Wolf" : "Fox")},6,6 Elm\n")) + "A11,Ann11,Fox,6,6 Oak\nB1,Dot,Hill,6,6 Oak\n";

        var id = await office.TakeAsync(next);
        var plan = await office.PlanAsync(id);
        Assert.Equal(["1 changed name: Ann1 Fox is now Ann1 Wolf.", "1 leaves 6 Elm.", "1 joins 6 Oak.", "1 is not in the file any more: Ann12 Fox."], RosterSentences.Of(plan.Changes));

        await office.ApplyAsync(id);
        Assert.Equal(12, await school.Db().Memberships.CountAsync(m => m.Class.Name == "6 Elm"));

        var again = await office.TakeAsync(next);
        await office.ApplyAsync(again, All);
        Assert.Equal(11, await school.Db().Memberships.CountAsync(m => m.Class.Name == "6 Elm"));
        Assert.True((await school.Db().People.SingleAsync(p => p.SchoolKey == "A12")).IsDisabled);
    }

    [BothEngines]
    public async Task Emptying_a_class_by_more_than_a_fifth_asks_for_the_number(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var office = new RosterOffice(school);
        await office.ApplyAsync(Three);
        var id = await office.TakeAsync(Head + "A1,Ann,Fox,6,6 Elm\n");

        await Assert.ThrowsAsync<RuleBroken>(() => office.ApplyAsync(id, All));
        await Assert.ThrowsAsync<RuleBroken>(() => office.ApplyAsync(id, All with { Typed = 3 }));
        await office.ApplyAsync(id, All with { Typed = 2 });

        Assert.Equal(2, await school.Db().People.CountAsync(p => p.DisabledAt != null));
    }

    [BothEngines]
    public async Task Nothing_is_written_while_bad_lines_are_not_left_out_knowingly(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var office = new RosterOffice(school);
        await office.ApplyAsync(Three);
        var before = await office.LookAsync();
        var id = await office.TakeAsync(Head + "A1,Ann,Wolf,6,6 Elm\n,Nobody,Fox,6,6 Elm\n");

        await Assert.ThrowsAsync<RuleBroken>(() => office.ApplyAsync(id, All));
        Assert.Equal(before, await office.LookAsync());

        await office.ApplyAsync(id, All with { LeaveOutBadLines = true });
        Assert.Equal("Wolf", (await school.Db().People.SingleAsync(p => p.SchoolKey == "A1")).Surname);
        Assert.False(await school.Db().People.AnyAsync(p => p.DisabledAt != null));
    }

    [BothEngines]
    public async Task A_plan_that_is_no_longer_the_plan_is_not_applied(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var office = new RosterOffice(school);
        var (one, two) = (await office.TakeAsync(Three), await office.TakeAsync(Three));
        var seen = (await office.PlanAsync(two)).Hash;
        await office.ApplyAsync(one);

        await Assert.ThrowsAsync<SchoolMoved>(() => office.ApplyAsync(two, hash: seen));
        await Assert.ThrowsAsync<SchoolMoved>(() => office.ApplyAsync(one, hash: seen));
        Assert.Equal(3, await school.Db().People.CountAsync(p => p.SchoolKey != null));
    }

    [BothEngines]
    public async Task People_added_by_hand_are_never_touched(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var office = new RosterOffice(school);

        var plan = await office.PlanAsync(Head + "A1,Amira,Haddad,5,5 Maple\n");

        Assert.Equal([RosterChangeKind.PersonJoins, RosterChangeKind.MemberJoins], plan.Changes.Select(c => c.Kind));
        Assert.Equal(school.Maple.Id, plan.Changes[1].ClassId);
        Assert.Contains("added by hand", Assert.Single(plan.Notes));
    }

    [BothEngines]
    public async Task A_leaver_is_signed_out_everywhere_and_comes_back_when_the_file_says_so(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var office = new RosterOffice(school);
        await office.ApplyAsync(Three);
        var cy = await school.Db().People.SingleAsync(p => p.SchoolKey == "A3");
        await school.AddAsync(new SignInSession(cy, "key", false, "Phone", school.Now));
        var id = await office.TakeAsync(Head + "A1,Ann,Fox,6,6 Elm\nA2,Bob,Fox,6,6 Elm\n");
        await office.ApplyAsync(id, new RosterTicks(new HashSet<string> { $"PersonLeaves:{cy.Id}" }, Typed: 1));
        Assert.False(await school.Db().SignInSessions.AnyAsync(s => s.PersonId == cy.Id));

        Assert.Equal(RosterChangeKind.PersonReturns, Assert.Single((await office.PlanAsync(Three)).Changes).Kind);
        await office.ApplyAsync(Three);
        Assert.False((await school.Db().People.SingleAsync(p => p.Id == cy.Id)).IsDisabled);
    }

    [BothEngines]
    public async Task A_OneRoster_zip_brings_staff_and_pupils_with_their_own_usernames(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var office = new RosterOffice(school);
        var zip = RosterOffice.Zip(("export/users.csv", "sourcedId,role,username,givenName,familyName,metadata.title\nt1,teacher,okafor,Ada,Okafor,Dr\nt2,teacher,brown,Bea,Brown,\np1,student,kit,Kit,Lee,\n"),
            ("export/classes.csv", "sourcedId,title,subjects\nc1,7 Ash Science,Science\n"), ("export/enrollments.csv", "classSourcedId,userSourcedId,role,primary\nc1,t1,teacher,\nc1,t2,teacher,true\nc1,p1,student,\n"));

        await office.ApplyAsync(await office.TakeAsync(zip, "oneroster.zip"));

        var seats = await school.Db().Memberships.Where(m => m.Class.SchoolKey == "c1").OrderBy(m => m.Person.SchoolKey).Select(m => new { m.Person.Forename, m.Person.Title, m.IsTeacher, m.IsFirst, m.Class.Name, m.Class.Subject }).ToListAsync();
        Assert.Equal([("Kit", null, false, false), ("Ada", "Dr", true, false), ("Bea", null, true, true)], seats.Select(s => (s.Forename, s.Title, s.IsTeacher, s.IsFirst)));
        Assert.Equal(("7 Ash", Subject.Science), (seats[0].Name, seats[0].Subject));
        Assert.Equal(["adao", "brown", "kit"], await school.Db().Users.Where(a => a.Person.SchoolKey != null).OrderBy(a => a.UserName).Select(a => a.UserName!).ToListAsync());
    }

    [Fact]
    public async Task Zips_that_are_too_much_or_no_roster_are_refused()
    {
        await using var school = await OpenAsync(Engine.Sqlite);
        var office = new RosterOffice(school);

        await Assert.ThrowsAsync<RuleBroken>(() => office.TakeAsync(RosterOffice.Zip(("users.csv", new string('x', 70_000_000))), "bomb.zip"));
        await Assert.ThrowsAsync<RuleBroken>(() => office.TakeAsync(RosterOffice.Zip(("[Content_Types].xml", "")), "pupils.xlsx"));
        await Assert.ThrowsAsync<RuleBroken>(() => office.TakeAsync("PK\u0003\u0004 and then nothing"u8.ToArray(), "broken.zip"));
        await Assert.ThrowsAsync<RuleBroken>(() => office.TakeAsync(new byte[11_000_000], "big.csv"));
        await Assert.ThrowsAsync<RuleBroken>(() => office.TakeAsync([], "empty.csv"));
    }
}
