using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Joining;
using ClassHub.Notifications;
using ClassHub.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.AskingToJoin;

public sealed class JoiningTests
{
    private static readonly PasswordHasher<Account> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));

    private static async Task<string> CodeAsync(TestSchool school) => (await new JoinCodes(school.Db(), school.Clock).MakeAsync(school.Maple.Id, school.Okafor.Id, Stop)).InGroups;
    private static Task AskAsync(TestSchool school, string code, Person? pupil = null, string? forename = "Sofia", string? surname = "Rossi") =>
        new AskToJoin(school.Db(), school.Clock).RunAsync(code, pupil?.Id, forename, surname, Stop);
    private static async Task<string> RefusalAsync(TestSchool school, string code) => (await Assert.ThrowsAsync<RuleBroken>(() => AskAsync(school, code))) is var no ? $"{no.Field}: {no.Message}" : "";
    private static AnswerJoinRequest Answer(TestSchool school)
    {
        var db = school.Db();
        return new(db, Hasher, new ManageClasses(db, school.Clock), school.Clock);
    }

    [BothEngines]
    public async Task A_wrong_and_an_expired_code_look_alike(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var expired = await CodeAsync(school);
        school.Clock.Advance(JoinCode.Lasts);
        var revoked = await CodeAsync(school);
        var codes = new JoinCodes(school.Db(), school.Clock);
        await codes.RevokeAsync(school.Maple.Id, (await school.Db().JoinCodes.SingleAsync(c => c.ExpiresAt > school.Now)).Id, Stop);

        var wrong = await RefusalAsync(school, "AAA AAA AAA");

        Assert.Equal(wrong, await RefusalAsync(school, expired));
        Assert.Equal(wrong, await RefusalAsync(school, revoked));
        Assert.Empty(await school.Db().JoinRequests.ToListAsync());
    }

    [BothEngines]
    public async Task A_code_of_an_archived_class_looks_wrong_too(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var code = await CodeAsync(school);
        await new ManageClasses(school.Db(), school.Clock).ArchiveAsync(school.Maple.Id, new ByHand(school.Hart.Id, IsOffice: true), Stop);

        Assert.Equal(await RefusalAsync(school, "AAA AAA AAA"), await RefusalAsync(school, code));
    }

    [BothEngines]
    public async Task A_second_request_is_the_same_request(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var code = await CodeAsync(school);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AskAsync(school, code)));
        await AskAsync(school, code.ToLowerInvariant(), forename: " sofia ", surname: "ROSSI");
        await AskAsync(school, code, school.Kai);
        await AskAsync(school, code, school.Kai);

        Assert.Equal(2, await school.Db().JoinRequests.CountAsync());
    }

    [BothEngines]
    public async Task Both_teachers_are_told_and_nobody_is_in_yet(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        await AskAsync(school, await CodeAsync(school), school.Kai);

        Assert.Equal(new[] { school.Okafor.Id, school.Nair.Id }.Order(), await school.Db().Notifications.Where(n => n.Kind == NotificationKind.JoinAsked).Select(n => n.RecipientId).Order().ToListAsync());
        Assert.Null((await school.ViewerAsync(school.Kai)).In(school.Maple.Id));
    }

    [BothEngines]
    public async Task Somebody_in_the_class_already_asks_for_nothing(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        await AskAsync(school, await CodeAsync(school), school.Amira);

        Assert.Empty(await school.Db().JoinRequests.ToListAsync());
    }

    [BothEngines]
    public async Task An_admitted_newcomer_can_sign_in_once_with_the_password(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await AskAsync(school, await CodeAsync(school));
        var request = await school.Db().JoinRequests.SingleAsync();

        var made = (await Answer(school).AdmitAsync(school.Maple.Id, request.Id, null, school.Okafor.Id, Stop))!;
        var signedIn = await school.SignIn().RunAsync(new(made.UserName, made.Password, "10.0.0.1", null, true, "Phone"), Stop);

        Assert.True(signedIn.MustChangePassword);
        var person = await school.Db().SignedInByAsync(signedIn.SessionKey!, school.Now, Stop);
        Assert.Equal([school.Maple.Id], person!.Viewer.Learns);
        Assert.Equal([(AuditAction.AddedToClass, made.PersonId), (AuditAction.AdmittedNewcomer, made.PersonId)],
            await school.Db().Audit.OrderBy(a => a.Id).Select(a => new ValueTuple<AuditAction, int>(a.Action, a.SubjectId)).ToListAsync());
    }

    [BothEngines]
    public async Task A_known_pupil_is_let_in_and_told(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await AskAsync(school, await CodeAsync(school), school.Kai);
        var request = await school.Db().JoinRequests.SingleAsync();

        Assert.Null(await Answer(school).AdmitAsync(school.Maple.Id, request.Id, null, school.Nair.Id, Stop));

        Assert.NotNull((await school.ViewerAsync(school.Kai)).In(school.Maple.Id));
        Assert.Equal(school.Kai.Id, (await school.Db().Notifications.SingleAsync(n => n.Kind == NotificationKind.JoinAdmitted)).RecipientId);
    }

    [BothEngines]
    public async Task A_name_of_a_pupil_of_the_school_makes_no_second_person(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var people = await school.Db().People.CountAsync();
        await AskAsync(school, await CodeAsync(school), forename: "Kai", surname: "Moana");
        var request = await school.Db().JoinRequests.SingleAsync();

        await Answer(school).AdmitAsync(school.Maple.Id, request.Id, school.Kai.Id, school.Okafor.Id, Stop);

        Assert.Equal(people, await school.Db().People.CountAsync());
        Assert.NotNull((await school.ViewerAsync(school.Kai)).In(school.Maple.Id));
    }

    [BothEngines]
    public async Task Two_teachers_who_answer_at_once_make_one_newcomer(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await AskAsync(school, await CodeAsync(school));
        var request = await school.Db().JoinRequests.SingleAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            try { return await Answer(school).AdmitAsync(school.Maple.Id, request.Id, null, school.Okafor.Id, Stop); }
            catch (RuleBroken) { return null; }
        }));

        Assert.Single(answers, a => a is not null);
        Assert.Equal(1, await school.Db().People.CountAsync(p => p.Surname == "Rossi"));
    }

    [BothEngines]
    public async Task A_refused_one_stays_outside_and_may_ask_again(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var code = await CodeAsync(school);
        await AskAsync(school, code, school.Kai);
        await Answer(school).RefuseAsync(school.Maple.Id, (await school.Db().JoinRequests.SingleAsync()).Id, school.Okafor.Id, Stop);

        await AskAsync(school, code, school.Kai);

        Assert.Null((await school.ViewerAsync(school.Kai)).In(school.Maple.Id));
        Assert.Equal(2, await school.Db().JoinRequests.CountAsync());
    }
}
