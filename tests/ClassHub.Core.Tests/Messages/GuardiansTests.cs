using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Messages;
using ClassHub.Notifications;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.Submissions;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.SchoolWork;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Mail;

/// <summary>Who looks after whom, from the invitation to the end; and the way in that needs no password.</summary>
public sealed class GuardiansTests
{
    private static async Task<string> KeyAsync(TestSchool school, MessageKind kind)
    {
        var text = (await school.WaitingAsync()).Last(m => m.Message.Kind == kind).Text!.Text;
        return text.Split("/guardian/in/")[1][..32];
    }

    private static SignInByLink SignIn(TestSchool school) => new(school.Db(), school.Clock);

    [BothEngines]
    public async Task A_teachers_invitation_waits_for_the_office(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        var link = await school.Guardians().RunAsync(school.Amira.Id, "Farid", "Haddad", "farid@example.org", school.Okafor.Id, isOffice: false, Stop);
        Assert.Empty(await school.Db().Messages.ToListAsync());
        await Assert.ThrowsAsync<RuleBroken>(() => school.Guardians().AcceptAsync(link.Id, link.GuardianId, link.Code, Stop));
        await school.Guardians().ApproveAsync(link.Id, school.Hart.Id, Stop);
        await school.Guardians().ApproveAsync(link.Id, school.Hart.Id, Stop);

        Assert.Single(await school.Db().Messages.Where(m => m.Kind == MessageKind.Invitation).ToListAsync());
        Assert.Empty((await school.Db().ViewerAsync(link.GuardianId, school.Now, Stop)).Children);
        await school.Guardians().AcceptAsync(link.Id, link.GuardianId, link.Code, Stop);
        Assert.Equal(["Amira"], (await school.Db().ViewerAsync(link.GuardianId, school.Now, Stop)).Children.Select(c => c.Forename));
    }

    [BothEngines]
    public async Task The_way_in_works_once_and_for_ten_minutes(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.GuardianAsync(school.Amira);
        var ask = new AskForLink(school.Db(), school.Clock);
        Assert.Null(await ask.RunAsync("nobody@example.org", "10.0.0.1", Stop));
        Assert.Null(await ask.RunAsync("FARID@example.org", "10.0.0.1", Stop));
        Assert.Single(await school.Db().Messages.Where(m => m.Kind == MessageKind.SignInLink).ToListAsync());

        var first = await KeyAsync(school, MessageKind.SignInLink);
        Assert.Equal("Farid", (await SignIn(school).WhoseAsync(first, Stop))?.Forename);
        Assert.NotNull(await SignIn(school).RunAsync(first, true, "Phone", Stop));
        Assert.Null(await SignIn(school).RunAsync(first, true, "Phone", Stop));
        await school.Db().Messages.Where(m => m.Kind == MessageKind.SignInLink).ExecuteDeleteAsync();
        school.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(await ask.RunAsync("farid@example.org", "10.0.0.2", Stop));
        var second = await KeyAsync(school, MessageKind.SignInLink);
        school.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(await SignIn(school).RunAsync(second, true, "Phone", Stop));
        // Queued more than ten minutes ago: whoever asked has asked again.
        school.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await school.WaitingAsync()).Last(m => m.Message.Kind == MessageKind.SignInLink).Text);
    }

    [BothEngines]
    public async Task An_invitation_holds_a_week(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var link = await school.Guardians().RunAsync(school.Amira.Id, "Farid", "Haddad", "farid@example.org", school.Hart.Id, isOffice: true, Stop);
        var key = await KeyAsync(school, MessageKind.Invitation);
        Assert.NotNull(await SignIn(school).RunAsync(key, true, "Phone", Stop));

        school.Clock.Advance(TimeSpan.FromDays(7.1));

        await Assert.ThrowsAsync<RuleBroken>(() => school.Guardians().AcceptAsync(link.Id, link.GuardianId, link.Code, Stop));
        Assert.Null((await school.WaitingAsync()).Single().Text);
    }

    [BothEngines]
    public async Task An_invitation_is_accepted_with_the_code_of_its_slip_alone_and_the_log_says_who_accepted(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var link = await school.Guardians().RunAsync(school.Amira.Id, "Farid", "Haddad", "farid@example.org", school.Hart.Id, isOffice: true, Stop);
        Task AcceptAsync(string? code) => school.Guardians().AcceptAsync(link.Id, link.GuardianId, code, Stop);

        foreach (var wrong in new[] { null, "", "AAAAAAAA", link.Code![..7] }) Assert.Equal("Code",
            (await Assert.ThrowsAsync<RuleBroken>(() => AcceptAsync(wrong))).Field);
        Assert.Empty((await school.Db().ViewerAsync(link.GuardianId, school.Now, Stop)).Children);
        await AcceptAsync($" {link.Code![..4].ToLowerInvariant()}-{link.Code![4..]} ");

        Assert.Single((await school.Db().ViewerAsync(link.GuardianId, school.Now, Stop)).Children);
        var entry = await school.Db().Audit.SingleAsync(a => a.Action == ClassHub.Audit.AuditAction.AcceptedGuardian);
        Assert.Equal((link.GuardianId, school.Amira.Id), (entry.ActorId, entry.SubjectId));
    }

    [BothEngines]
    public async Task After_five_wrong_codes_only_the_office_helps_with_a_new_slip(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var link = await school.Guardians().RunAsync(school.Amira.Id, "Farid", "Haddad", "farid@example.org", school.Hart.Id, isOffice: true, Stop);
        Task AcceptAsync(string? code) => school.Guardians().AcceptAsync(link.Id, link.GuardianId, code, Stop);

        // Guesses sent at once all count.
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Assert.ThrowsAsync<RuleBroken>(() => AcceptAsync("WRONGONE"))));
        Assert.Contains("office", (await Assert.ThrowsAsync<RuleBroken>(() => AcceptAsync(link.Code))).Message, StringComparison.Ordinal);
        await new ReachPerson(school.Db(), school.Clock).SendAgainAsync(link.GuardianId, school.Hart.Id, Stop);

        var again = await school.Db().GuardianLinks.SingleAsync();
        Assert.NotEqual(link.Code, again.Code);
        await AcceptAsync(again.Code);
        Assert.Single((await school.Db().ViewerAsync(link.GuardianId, school.Now, Stop)).Children);
    }

    [BothEngines]
    public async Task A_newer_invitation_closes_the_keys_that_were_sent_before(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var link = await school.Guardians().RunAsync(school.Amira.Id, "Farid", "Haddad", "farid@example.org", school.Hart.Id, isOffice: true, Stop);
        var first = await KeyAsync(school, MessageKind.Invitation);
        Assert.NotNull(await SignIn(school).WhoseAsync(first, Stop));

        school.Clock.Advance(TimeSpan.FromHours(1));
        await new ReachPerson(school.Db(), school.Clock).SendAgainAsync(link.GuardianId, school.Hart.Id, Stop);
        var second = await KeyAsync(school, MessageKind.Invitation);

        Assert.Null(await SignIn(school).WhoseAsync(first, Stop));
        Assert.NotEqual(first, second);
        Assert.NotNull(await SignIn(school).RunAsync(second, true, "Phone", Stop));
        // The slip that was handed over already stays good.
        Assert.Equal(link.Code, (await school.Db().GuardianLinks.SingleAsync()).Code);
    }

    [BothEngines]
    public async Task A_guardian_sees_their_childs_posts_and_work_and_nobody_elses(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var link = await school.GuardianAsync(school.Amira);
        var all = await school.SetTaskAsync("For all");
        await school.SetTaskAsync("For Ben", pupils: [school.Ben.Id]);
        await school.SetTaskAsync("For Amira", pupils: [school.Amira.Id]);
        await school.HandInAsync(all, school.Amira);
        await school.HandInAsync(all, school.Ben);

        var db = school.Db();
        var farid = await db.ViewerAsync(link.GuardianId, school.Now, Stop);
        Assert.Equal(["For all", "For Amira"], await db.Posts.VisibleTo(farid, db).OrderBy(p => p.Id).Select(p => p.Title).ToListAsync());
        Assert.Equal([school.Amira.Id], await db.Submissions.VisibleTo(farid).Select(s => s.PupilId).ToListAsync());

        await school.Guardians().EndAsync(link.Id, school.Hart.Id, Stop);
        farid = await db.ViewerAsync(link.GuardianId, school.Now, Stop);
        Assert.Empty(await db.Posts.VisibleTo(farid, db).ToListAsync());
        Assert.Empty(await db.Submissions.VisibleTo(farid).ToListAsync());
    }

    [BothEngines]
    public async Task Ending_the_last_link_signs_the_guardian_out_and_leaves_the_other_guardian_alone(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var (farid, mona) = (await school.GuardianAsync(school.Amira), await school.GuardianAsync(school.Amira, "Mona", "mona@example.org"));
        foreach (var guardian in new[] { farid.GuardianId, mona.GuardianId }) await school.AddAsync(new SignInSession(await school.Db().People.SingleAsync(p => p.Id == guardian), RandomKey.Hex(), false, "Phone", school.Now));

        await school.Guardians().EndAsync(farid.Id, school.Hart.Id, Stop);

        Assert.Equal([mona.GuardianId], await school.Db().SignInSessions.Select(s => s.PersonId).ToListAsync());
        // The same address may be invited again.
        await school.GuardianAsync(school.Amira);
        await Assert.ThrowsAsync<RuleBroken>(() => school.Guardians().RunAsync(school.Amira.Id, "Farid", "Haddad", "farid@example.org", school.Hart.Id, true, Stop));
    }
}
