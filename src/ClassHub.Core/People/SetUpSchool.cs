using ClassHub.Audit;
using ClassHub.Database;
using ClassHub.School;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>The very first run: the school and its first member of the office. Works once.</summary>
public sealed class SetUpSchool(ClassHubDb db, IPasswordHasher<Account> hasher, TimeProvider clock)
{
    public Task<bool> IsDoneAsync(CancellationToken stop) => db.People.AnyAsync(p => p.IsOffice, stop);

    public async Task RunAsync(SchoolProfile school, IReadOnlyList<Holiday> holidays, string forename, string surname, string? title, string userName, string? password, CancellationToken stop)
    {
        PasswordRule.Check(password, Role.Staff, userName, school.Name, "Password");
        var person = new Person(Role.Staff, forename, surname, clock.GetUtcNow(), title: title);
        person.MakeOffice(true);
        var account = new Account(person, userName);
        account.TakePassword(hasher.HashPassword(account, PasswordRule.Folded(password!)), once: false);
        await db.WriteAsync(async () =>
        {
            await db.WaitForTurnAsync(Turn.SetUp, stop);
            if (await IsDoneAsync(stop)) throw new RuleBroken("This school is set up already. Sign in instead.");
            await db.SetUpWords.ExecuteDeleteAsync(stop);
            db.Add(school);
            db.AddRange(holidays);
            db.Add(person);
            db.Add(account);
            await db.SaveChangesAsync(stop);
            await db.AppendAuditAsync(clock.GetUtcNow(), person.Id, AuditAction.SetUpSchool, person.Id, school.Name, stop);
            await db.SaveChangesAsync(stop);
        }, stop);
    }
}
