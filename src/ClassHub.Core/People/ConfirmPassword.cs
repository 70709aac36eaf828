using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>Asks somebody who is signed in for their password again, before something that a borrowed screen must not do.</summary>
public sealed class ConfirmPassword(ClassHubDb db, CheckPassword check, TimeProvider clock)
{
    /// <param name="field">Beside which the sentence stands.</param>
    /// <exception cref="RuleBroken">It is wrong, or there were too many guesses.</exception>
    public async Task RunAsync(int personId, string? password, CancellationToken stop, string field = "Password")
    {
        var key = SignIn.ThrottleKey($"person {personId}", "confirm");
        if (await db.CountTryAsync(key, clock.GetUtcNow(), stop) is not null) throw new RuleBroken("That was wrong too often. Wait a little, then try again.", field);
        var account = await db.Users.AsNoTracking().SingleAsync(a => a.PersonId == personId, stop);
        if (await check.RunAsync(account, password ?? "", isKnown: true, stop) is null or Fit.Wrong) throw new RuleBroken("That is not your password.", field);
        await db.WriteAsync(() => db.SignInThrottles.Where(t => t.Key == key).ExecuteDeleteAsync(stop), stop);
    }
}
