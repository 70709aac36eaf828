using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Notifications;
using ClassHub.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Joining;

/// <summary>A newcomer's way in: shown once to the teacher who admitted them, on paper afterwards.</summary>
public sealed record NewSignIn(int PersonId, string Name, string UserName, string Password);

/// <summary>A teacher admits or refuses who asked to join.</summary>
public sealed class AnswerJoinRequest(ClassHubDb db, IPasswordHasher<Account> hasher, ManageClasses classes, TimeProvider clock)
{
    /// <summary>A known pupil becomes a member and is told. Anybody else becomes a new pupil of the school, whose sign-in is returned once.</summary>
    /// <param name="asPupilId">The teacher recognises a pupil whom the school has already.</param>
    /// <exception cref="RuleBroken">Somebody answered already.</exception>
    public async Task<NewSignIn?> AdmitAsync(int classId, int requestId, int? asPupilId, int byPersonId, CancellationToken stop)
    {
        var password = Passwords.OneTime();
        var hash = hasher.HashPassword(null!, password);
        return await db.WriteAsync(async () =>
        {
            var request = await OpenAsync(classId, requestId, stop);
            var known = request.PersonId ?? asPupilId;
            var account = known is null ? await NewcomerAsync(request, hash, byPersonId, stop) : null;
            var personId = known ?? account!.PersonId;
            // The pupil asked, so nobody put them in by hand.
            await classes.AddAsync(classId, personId, asTeacher: false, new ByHand(byPersonId, IsOffice: true), stop);
            request.Decide(true, personId, byPersonId, clock.GetUtcNow());
            var name = Person.FullName(request.Forename, request.Surname);
            if (account is not null)
                await db.AppendAuditAsync(clock.GetUtcNow(), byPersonId, AuditAction.AdmittedNewcomer, personId, $"{name} was admitted with a join code", stop);
            await db.SaveChangesAsync(stop);
            if (account is null) await db.NotifyAsync([personId], NotificationKind.JoinAdmitted, request.Id, 0, classId, clock.GetUtcNow(), stop);
            return account is null ? null : new NewSignIn(personId, name, account.UserName!, password);
        }, stop);
    }

    /// <exception cref="RuleBroken">Somebody answered already.</exception>
    public Task RefuseAsync(int classId, int requestId, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        (await OpenAsync(classId, requestId, stop)).Decide(false, null, byPersonId, clock.GetUtcNow());
        await db.SaveChangesAsync(stop);
    }, stop);

    private async Task<JoinRequest> OpenAsync(int classId, int requestId, CancellationToken stop)
    {
        // Two teachers who answer at once: the second waits here and then sees the answer.
        await db.JoinRequests.Where(r => r.Id == requestId).ExecuteUpdateAsync(set => set.SetProperty(r => r.AskedAt, r => r.AskedAt), stop);
        var request = await db.JoinRequests.SingleAsync(r => r.Id == requestId && r.ClassId == classId, stop);
        return request.DecidedAt is null ? request : throw new RuleBroken("This request was answered already.");
    }

    private async Task<Account> NewcomerAsync(JoinRequest request, string hash, int byPersonId, CancellationToken stop)
    {
        var person = new Person(Role.Pupil, request.Forename, request.Surname, clock.GetUtcNow());
        var account = new Account(person, Usernames.Free(Usernames.Suggest(person.Forename, person.Surname), await db.TakenUsernamesAsync(stop)));
        account.TakeOneTime(hash, byPersonId, clock.GetUtcNow());
        db.People.Add(person);
        db.Users.Add(account);
        await db.SaveChangesAsync(stop);
        return account;
    }
}
