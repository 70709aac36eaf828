using ClassHub.Audit;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>What the office does to people by hand.</summary>
public sealed class ManagePeople(ClassHubDb db, TimeProvider clock)
{
    /// <summary>A new person with a free username and no password yet.</summary>
    public Task<Person> AddAsync(Role role, string forename, string surname, string? title, string? yearGroup, string? schoolKey, string? userName, bool isOffice, int byPersonId, CancellationToken stop, bool needsWords = false) => db.WriteAsync(async () =>
    {
        var person = new Person(role, forename, surname, clock.GetUtcNow(), schoolKey, yearGroup, title);
        person.MakeOffice(isOffice);
        person.NeedWords(needsWords);
        if (person.SchoolKey is { } key && await db.People.AnyAsync(p => p.SchoolKey == key, stop))
            throw new RuleBroken("Somebody already has this school id.", "SchoolKey");
        var taken = await db.TakenUsernamesAsync(stop);
        if (!string.IsNullOrWhiteSpace(userName) && taken.Contains(Usernames.Normal(userName)))
            throw new RuleBroken("Somebody already signs in with this username.", "UserName");
        db.People.Add(person);
        db.Users.Add(new Account(person, string.IsNullOrWhiteSpace(userName) ? Usernames.Free(Usernames.Suggest(forename, surname), taken) : userName));
        await db.SaveChangesAsync(stop);
        await db.AppendAuditAsync(clock.GetUtcNow(), byPersonId, AuditAction.AddedPerson, person.Id, $"{person.Name}, {role.ToString().ToLowerInvariant()}", stop);
        if (isOffice) await db.AppendAuditAsync(clock.GetUtcNow(), byPersonId, AuditAction.ChangedRole, person.Id, $"{person.Name} was added to the office", stop);
        await db.SaveChangesAsync(stop);
        return person;
    }, stop);

    /// <param name="needsWords">None: as it was.</param>
    public Task ChangeAsync(int personId, string forename, string surname, string? title, string? yearGroup, string? schoolKey, string? userName, bool isOffice, int byPersonId, CancellationToken stop, bool? needsWords = null, bool? sendsUrgent = null) => db.WriteAsync(async () =>
    {
        var person = await db.People.SingleAsync(p => p.Id == personId, stop);
        person.Rename(forename, surname, title);
        person.MoveToYear(yearGroup);
        person.TakeSchoolKey(schoolKey);
        person.NeedWords(needsWords ?? person.NeedsWords);
        if (sendsUrgent is { } may && may != person.SendsUrgent)
        {
            person.LetSendUrgent(may);
            await db.AppendAuditAsync(clock.GetUtcNow(), byPersonId, AuditAction.ChangedRole, person.Id, may ? $"{person.Name} may send urgent messages" : $"{person.Name} may no longer send urgent messages", stop);
        }
        if (person.SchoolKey is { } key && await db.People.AnyAsync(p => p.SchoolKey == key && p.Id != personId, stop))
            throw new RuleBroken("Somebody else already has this school id.", "SchoolKey");
        if (person.IsOffice != isOffice)
        {
            if (!isOffice) await MustLeaveAnOfficeAsync(person, stop);
            person.MakeOffice(isOffice);
            await db.AppendAuditAsync(clock.GetUtcNow(), byPersonId, AuditAction.ChangedRole, person.Id, isOffice ? $"{person.Name} joined the office" : $"{person.Name} left the office", stop);
        }
        await RenameAccountAsync(person, userName, byPersonId, stop);
        await db.SaveChangesAsync(stop);
    }, stop);

    private async Task RenameAccountAsync(Person person, string? userName, int byPersonId, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(userName)) return;
        var account = await db.Users.SingleOrDefaultAsync(a => a.PersonId == person.Id, stop);
        var normal = Usernames.Normal(userName);
        if (account is not null && (account.NormalizedUserName == normal || account.NormalizedUserName == Usernames.NormalBefore(userName))) return;
        if (await db.Users.AnyAsync(a => a.NormalizedUserName == normal, stop)) throw new RuleBroken("Somebody already signs in with this username.", "UserName");
        if (account is null) db.Users.Add(new Account(person, userName)); else account.Rename(userName);
        await db.AppendAuditAsync(clock.GetUtcNow(), byPersonId, AuditAction.RenamedAccount, person.Id, $"{person.Name} signs in as {normal.ToLowerInvariant()}", stop);
    }

    /// <summary>Ends the person's access at their very next request: the sessions go in the same transaction.</summary>
    public Task DisableAsync(int personId, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var person = await db.People.SingleAsync(p => p.Id == personId, stop);
        if (person.IsDisabled) return;
        if (person.Id == byPersonId) throw new RuleBroken("You cannot switch off your own account. Ask another member of the office.");
        await MustLeaveAnOfficeAsync(person, stop);
        person.Disable(clock.GetUtcNow());
        await db.AppendAuditAsync(clock.GetUtcNow(), byPersonId, AuditAction.DisabledPerson, person.Id, $"{person.Name} was switched off", stop);
        await db.SaveChangesAsync(stop);
        await db.SignInSessions.Where(s => s.PersonId == personId).ExecuteDeleteAsync(stop);
    }, stop);

    public Task EnableAsync(int personId, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var person = await db.People.SingleAsync(p => p.Id == personId, stop);
        if (!person.IsDisabled) return;
        person.Enable();
        await db.AppendAuditAsync(clock.GetUtcNow(), byPersonId, AuditAction.EnabledPerson, person.Id, $"{person.Name} was switched on again", stop);
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <summary>Signs the person out on every device; their password stays.</summary>
    public Task EndSessionsAsync(int personId, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var person = await db.People.SingleAsync(p => p.Id == personId, stop);
        await db.AppendAuditAsync(clock.GetUtcNow(), byPersonId, AuditAction.EndedSessions, person.Id, $"{person.Name} was signed out everywhere", stop);
        await db.SaveChangesAsync(stop);
        await db.SignInSessions.Where(s => s.PersonId == personId).ExecuteDeleteAsync(stop);
    }, stop);

    /// <summary>For some minutes tries with this person's password follow one another after a second, so that who guesses at it keeps nobody out.</summary>
    public Task LetInAsync(int personId, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var account = await db.Users.Include(a => a.Person).SingleOrDefaultAsync(a => a.PersonId == personId, stop);
        if (account is null || account.Person.IsDisabled) throw new RuleBroken("They have no sign-in. Make a sign-in sheet for them.");
        (await db.ThrottleAsync(SignIn.KeyOf(account.Id), account.Id, stop)).LetIn(clock.GetUtcNow());
        await db.AppendAuditAsync(clock.GetUtcNow(), byPersonId, AuditAction.LetIn, personId, $"{account.Person.Name} was let in", stop);
        await db.SaveChangesAsync(stop);
    }, stop);

    private async Task MustLeaveAnOfficeAsync(Person person, CancellationToken stop)
    {
        if (person.IsOffice && !await db.People.AnyAsync(p => p.IsOffice && p.DisabledAt == null && p.Id != person.Id, stop))
            throw new RuleBroken("The school needs at least one person in the office. Add another first.");
    }
}
