using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.People;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Accounts;

public sealed class ManagePeopleTests
{
    private static ManagePeople People(TestSchool school) => new(school.Db(), school.Clock);

    [BothEngines]
    public async Task The_last_member_of_the_office_cannot_be_switched_off(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        await Assert.ThrowsAsync<RuleBroken>(() => People(school).DisableAsync(school.Hart.Id, school.Okafor.Id, Stop));

        Assert.Null((await school.Db().People.SingleAsync(p => p.Id == school.Hart.Id)).DisabledAt);
        Assert.Empty(await school.Db().Audit.ToListAsync());
    }

    [BothEngines]
    public async Task Ending_sessions_signs_out_and_is_written_down(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var db = school.Db();
        db.Add(new SignInSession(await db.People.SingleAsync(p => p.Id == school.Amira.Id), "key", isShared: false, "Phone", school.Now));
        await db.SaveChangesAsync(Stop);

        await People(school).EndSessionsAsync(school.Amira.Id, school.Hart.Id, Stop);

        Assert.Null(await school.Db().SignedInByAsync("key", school.Now, Stop));
        Assert.Equal(AuditAction.EndedSessions, (await school.Db().Audit.SingleAsync()).Action);
    }

    [BothEngines]
    public async Task A_sheet_for_many_leaves_one_unbroken_chain(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        int[] pupils = [school.Amira.Id, school.Ben.Id, school.Kai.Id];

        var made = await school.Passwords().MakeAsync(pupils, school.Hart.Id, Stop);

        Assert.Equal(3, made.Count);
        Assert.Equal(3, await school.Db().Audit.CountAsync(a => a.Action == AuditAction.MadePassword));
        Assert.Null(await school.Db().BrokenAuditAsync(100, Stop));
    }

    [BothEngines]
    public async Task A_changed_entry_is_found(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.Passwords().MakeAsync([school.Amira.Id, school.Ben.Id, school.Kai.Id], school.Hart.Id, Stop);
        var second = (await school.Db().Audit.OrderBy(a => a.Id).Skip(1).FirstAsync()).Id;

        await school.Db().Audit.Where(a => a.Id == second).ExecuteUpdateAsync(set => set.SetProperty(a => a.Reason, "Nothing"));

        Assert.Equal(second, await school.Db().BrokenAuditAsync(100, Stop));
        Assert.Null(await school.Db().BrokenAuditAsync(1, Stop));
    }

    [BothEngines]
    public async Task A_name_is_found_whatever_its_case_and_the_next_page_begins_after_the_last(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        Assert.Equal([school.Amira.Id], await school.Db().People.Named("HAD ami").Select(p => p.Id).ToListAsync());
        var all = await school.Db().People.PageAfter(null).ToListAsync();
        var rest = await school.Db().People.PageAfter(all[2]).Select(p => p.Id).ToListAsync();
        Assert.Equal(all.Skip(3).Select(p => p.Id), rest);
    }

    [BothEngines]
    public async Task Staff_find_people_however_a_name_is_written_and_by_the_schools_own_id(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var db = school.Db();
        db.AddRange(
            new Person(Role.Pupil, "Łukasz", "Müller-Lüdenscheidt", school.Now, "Z900000001234"),
            new Person(Role.Pupil, "小龙", "李", school.Now, "000123"),
            new Person(Role.Pupil, "Siobhán", "O’Neill", school.Now, "AB-77"), new Person(Role.Pupil, "Budi", "", school.Now));
        await db.SaveChangesAsync();
        async Task<string> Find(string typed) => string.Join(", ", await school.Db().People.Named(typed).PageAfter(null).Select(p => p.Name).ToListAsync());

        foreach (var typed in new[] { "lukasz", "ŁUKASZ mull", "ludenscheidt", "muller-lüd", "z9000000012", "Z900000001234" })
            Assert.Equal("Łukasz Müller-Lüdenscheidt", await Find(typed));
        foreach (var typed in new[] { "李", "小龙", "龙", "000123" }) Assert.Equal("小龙 李", await Find(typed));
        foreach (var typed in new[] { "oneill", "o'neill siobhan", "O’N", "ab-77", "AB77" }) Assert.Equal("Siobhán O’Neill", await Find(typed));
        Assert.Equal("Budi", await Find("budi"));
        foreach (var typed in new[] { "eill", "123", "lukasz oneill", "!", "100%" }) Assert.Equal("", await Find(typed));
    }

    [BothEngines]
    public async Task A_changed_name_or_id_is_found_at_once(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        await new ManagePeople(school.Db(), school.Clock)
            .ChangeAsync(school.Amira.Id, "Amira", "Ødegård", null, "Year 5", "UPN-5", null, false, school.Hart.Id, Stop);

        Assert.Equal([school.Amira.Id], await school.Db().People.Named("odeg").Select(p => p.Id).ToListAsync());
        Assert.Equal([school.Amira.Id], await school.Db().People.Named("upn5").Select(p => p.Id).ToListAsync());
        Assert.Empty(await school.Db().People.Named("haddad").ToListAsync());
    }

    [BothEngines]
    public async Task Lists_stand_by_surname_whatever_its_accents_and_who_has_one_name_stands_by_it(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var db = school.Db();
        await db.People.ExecuteUpdateAsync(set => set.SetProperty(p => p.Role, Role.Staff));
        (string, string)[] unsorted =
            [("Zoë", "Young"), ("Émile", "Zola"), ("Budi", ""), ("Ann", "Östberg"), ("Ola", "ostberg"), ("Ida", "Adler"), ("Jo", "Lee Smith"), ("Max", "Lee")];
        foreach (var (forename, surname) in unsorted)
            db.Add(new Person(Role.Pupil, forename, surname, school.Now));
        await db.SaveChangesAsync();

        var names = await school.Db().People.Where(p => p.Role == Role.Pupil).PageAfter(null).Select(p => p.Name).ToListAsync();

        Assert.Equal(["Ida Adler", "Budi", "Max Lee", "Jo Lee Smith", "Ann Östberg", "Ola ostberg", "Zoë Young", "Émile Zola"], names);
    }

    [Fact]
    public void One_name_is_enough_and_a_sign_is_none()
    {
        foreach (var (forename, surname) in new[] { ("Budi", ""), ("Budi", "."), ("", "Budi"), ("-", "Budi"), (" Budi ", "—") })
        {
            var person = new Person(Role.Pupil, forename, surname, Everybody.MondayNine);
            Assert.Equal(("Budi", "", "Budi"), (person.Forename, person.Surname, person.Name));
        }
        Assert.Equal("Ms Budi", Person.CalledBy("Ms", "Budi", ""));
        Assert.Throws<RuleBroken>(() => new Person(Role.Pupil, ".", "-", Everybody.MondayNine));
        Assert.Equal("Forename", Assert.Throws<RuleBroken>(() => new Person(Role.Pupil, new string('x', 101), "y", Everybody.MondayNine)).Field);
        Assert.Equal(100, new Person(Role.Pupil, new string('x', 100), "y", Everybody.MondayNine).Forename.Length);
    }

    [BothEngines]
    public async Task Who_came_this_month_is_not_away(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.GivePasswordAsync(school.Amira);
        await school.SignIn().RunAsync(new("amira", SigningIn.Right, "10.0.0.1", null, true, "Phone"), Stop);
        await school.Db().SignInSessions.ExecuteDeleteAsync();

        Assert.DoesNotContain(school.Amira.Id, await AwayAsync(school));
        school.Clock.Advance(Absence.Long + TimeSpan.FromMinutes(1));
        Assert.Contains(school.Amira.Id, await AwayAsync(school));
    }

    private static async Task<List<int>> AwayAsync(TestSchool school)
    {
        var db = school.Db();
        var away = Absence.Since(db, school.Now);
        return await db.People.Where(away).Select(p => p.Id).ToListAsync();
    }

    [BothEngines]
    public async Task Changed_settings_are_written_down(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        await new ChangeSchool(school.Db(), school.Clock).RunAsync("Harbour Lane", "Europe/Lisbon", SchoolDays.Monday, new(9, 0), [new Holiday("Christmas", new(2026, 12, 21), new(2027, 1, 1))], school.Hart.Id, Stop);

        Assert.Equal("Harbour Lane", (await school.Db().Schools.SingleAsync()).Name);
        Assert.Equal("Christmas", (await school.Db().Holidays.SingleAsync()).Name);
        Assert.Equal(AuditAction.ChangedSettings, (await school.Db().Audit.SingleAsync()).Action);
    }
}
