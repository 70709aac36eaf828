using ClassHub.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>Asks somebody who is signed in for their password again, before something that a borrowed screen must not do.</summary>
public sealed class ConfirmPassword(ClassHubDb db, IPasswordHasher<Account> hasher, TimeProvider clock)
{
    /// <exception cref="RuleBroken">It is wrong, or there were too many guesses.</exception>
    public async Task RunAsync(int personId, string? password, CancellationToken stop)
    {
        var (now, key) = (clock.GetUtcNow(), Convert.ToHexStringLower(RandomKey.HashOf($"confirm\n{personId}"))[..40]);
        var throttle = await db.SignInThrottles.AsNoTracking().SingleOrDefaultAsync(t => t.Key == key, stop);
        if (throttle?.FreeAt > now) throw new RuleBroken("That was wrong too often. Wait a little, then try again.", "Password");

        if (await IsRightAsync(personId, password ?? "", stop))
        {
            if (throttle is not null) await db.WriteAsync(() => db.SignInThrottles.Where(t => t.Key == key).ExecuteDeleteAsync(stop), stop);
            return;
        }
        await db.WriteAsync(async () =>
        {
            await db.WaitForTurnAsync(Turn.SignInThrottle, stop);
            var row = await db.SignInThrottles.SingleOrDefaultAsync(t => t.Key == key, stop) ?? db.SignInThrottles.Add(new SignInThrottle(key)).Entity;
            row.Failed(now);
            await db.SaveChangesAsync(stop);
        }, stop);
        throw new RuleBroken("That is not your password.", "Password");
    }

    private async Task<bool> IsRightAsync(int personId, string password, CancellationToken stop)
    {
        var account = await db.Users.AsNoTracking().SingleAsync(a => a.PersonId == personId, stop);
        if (account.PasswordHash is null || password.Length is 0 or > Passwords.Longest) return false;
        await SignIn.Hashing.WaitAsync(stop);
        try { return hasher.VerifyHashedPassword(account, account.PasswordHash, password) != PasswordVerificationResult.Failed; }
        finally { SignIn.Hashing.Release(); }
    }
}
