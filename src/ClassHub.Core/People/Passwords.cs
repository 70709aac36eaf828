using System.Security.Cryptography;
using ClassHub.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>Chooses and makes passwords. Nobody can read one afterwards.</summary>
public sealed class Passwords(ClassHubDb db, ConfirmPassword confirm, IPasswordHasher<Account> hasher, TimeProvider clock)
{
    public const int Longest = 128;
    /// <summary>Identity's own hash, PBKDF2 with SHA-512, with at least so many rounds.</summary>
    public const int Rounds = 210_000;
    public static readonly TimeSpan OneTimeLasts = TimeSpan.FromDays(14);

    /// <summary>Short plain words that a seven-year-old can copy; three of 64 and two digits are about 25 bits, which is enough for one use within 14 days
    /// behind the throttle.</summary>
    private static readonly string[] Words = "apple,beach,bread,brick,cloud,clock,coral,daisy,eagle,earth,fence,flame,forest,frost,garden,giant,globe,grape,green,hazel,honey,horse,house,island,jelly,juice,kite,lemon,light,lion,magic,maple,melon,moon,mouse,music,night,ocean,olive,otter,paint,panda,paper,peach,pearl,piano,plant,plum,pond,queen,rain,river,robin,rocket,sand,shell,snow,spoon,star,stone,storm,tiger,train,water".Split(',');

    public static string OneTime()
    {
        var words = Words.ToArray();
        RandomNumberGenerator.Shuffle<string>(words);
        return $"{words[0]}-{words[1]}-{words[2]}-{RandomNumberGenerator.GetInt32(10, 100)}";
    }

    /// <summary>The owner chooses a new password. Their other devices are signed out; <paramref name="keepSessionId"/> stays.</summary>
    /// <exception cref="RuleBroken">The old one is wrong, or the new one too simple.</exception>
    public async Task ChooseAsync(int personId, string? old, string? chosen, int keepSessionId, CancellationToken stop)
    {
        var account = await db.Users.AsNoTracking().SingleAsync(a => a.PersonId == personId, stop);
        await confirm.RunAsync(personId, old, stop, "Old");
        var role = await db.People.Where(p => p.Id == personId).Select(p => p.Role).SingleAsync(stop);
        PasswordRule.Check(chosen, role, account.UserName, await db.Schools.Select(s => s.Name).SingleAsync(stop), "Chosen");
        if (PasswordRule.Folded(chosen!) == PasswordRule.Folded(old!)) throw new RuleBroken("Choose a password that is not the old one.", "Chosen");
        var hash = hasher.HashPassword(account, PasswordRule.Folded(chosen!));
        await db.WriteAsync(async () =>
        {
            (await db.Users.SingleAsync(a => a.PersonId == personId, stop)).TakePassword(hash, once: false);
            await db.SaveChangesAsync(stop);
            await db.SignInSessions.Where(s => s.PersonId == personId && s.Id != keepSessionId).ExecuteDeleteAsync(stop);
        }, stop);
    }

    /// <summary>Makes one-time passwords for these people, ends their sessions, and returns them once: they are printed and never shown again.</summary>
    public async Task<IReadOnlyDictionary<int, string>> MakeAsync(IReadOnlyCollection<int> personIds, int byPersonId, CancellationToken stop)
    {
        var made = personIds.ToDictionary(id => id, _ => OneTime());
        var hashes = made.ToDictionary(m => m.Key, m => hasher.HashPassword(null!, m.Value));
        var now = clock.GetUtcNow();
        await db.WriteAsync(async () =>
        {
            var taken = await db.TakenUsernamesAsync(stop);
            var accounts = await db.Users.Where(a => personIds.Contains(a.PersonId)).ToDictionaryAsync(a => a.PersonId, stop);
            foreach (var person in await db.People.Where(p => personIds.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(stop))
            {
                if (!accounts.TryGetValue(person.Id, out var account))
                    account = db.Users.Add(new Account(person, Usernames.Free(Usernames.Suggest(person.Forename, person.Surname), taken))).Entity;
                account.TakeOneTime(hashes[person.Id], byPersonId, now);
                await Audit.AuditLog.AppendAuditAsync(db, now, byPersonId, Audit.AuditAction.MadePassword, person.Id, "One-time password", stop);
            }
            await db.SaveChangesAsync(stop);
            await db.SignInSessions.Where(s => personIds.Contains(s.PersonId)).ExecuteDeleteAsync(stop);
        }, stop);
        return made;
    }
}
