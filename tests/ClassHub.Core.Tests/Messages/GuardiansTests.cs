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
        await Assert.ThrowsAsync<RuleBroken>(() => school.Guardians().AcceptAsync(link.Id, link.GuardianId, Stop));
        await school.Guardians().ApproveAsync(link.Id, school.Hart.Id, Stop);
        await school.Guardians().ApproveAsync(link.Id, school.Hart.Id, Stop);

        Assert.Single(await school.Db().Messages.Where(m => m.Kind == MessageKind.Invitation).ToListAsync());
        Assert.Empty((await school.Db().ViewerAsync(link.GuardianId, school.Now, Stop)).Children);
        await school.Guardians().AcceptAsync(link.Id, link.GuardianId, Stop);
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

        var (first, second) = (await KeyAsync(school, MessageKind.SignInLink), await KeyAsync(school, MessageKind.SignInLink));
        Assert.True(await SignIn(school).IsGoodAsync(first, Stop));
        Assert.NotNull(await SignIn(school).RunAsync(first, true, "Phone", Stop));
        Assert.Null(await SignIn(school).RunAsync(first, true, "Phone", Stop));
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

        await Assert.ThrowsAsync<RuleBroken>(() => school.Guardians().AcceptAsync(link.Id, link.GuardianId, Stop));
        Assert.Null((await school.WaitingAsync()).Single().Text);
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
