using System.Security.Cryptography;
using System.Text;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>What the browser says of itself at sign-in. <paramref name="DeviceKey"/> is the long-lived cookie of a browser in which somebody signed in
/// before; <paramref name="Browser"/> tells one that guesses from others.</summary>
public sealed record SignInTry(string? UserName, string? Password, string Network, string? DeviceKey, bool IsShared, string Device, string Browser = "");

/// <summary>The key for the cookie; or when to try again, because others try at this name or the server is busy; or neither: wrong name or password.</summary>
public sealed record SignInAnswer(string? SessionKey, string? DeviceKey, DateTimeOffset? WaitUntil, bool MustChangePassword, bool IsShared)
{
    /// <summary>The one-time password was right, and is too old.</summary>
    public bool IsTooOld { get; init; }
    /// <summary>The account whose password should be hashed anew once this is answered.</summary>
    public int? RenewAccountId { get; init; }
}

/// <summary>
/// Signs a person in. An unknown name costs the same time and gives the same answer as a wrong password. No guesses lock anybody out: a browser that
/// signed the person in before waits for nobody, any other at most twenty seconds, whether its password is right or wrong.
/// </summary>
public sealed class SignIn(ClassHubDb db, CheckPassword check, Guesses guesses, WaitingRoom room, TimeProvider clock)
{
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(5);

    public async Task<SignInAnswer> RunAsync(SignInTry attempt, CancellationToken stop)
    {
        var name = Usernames.Normal(attempt.UserName ?? "");
        if (name == "") return Nothing;                        // nobody is guessed at
        var account = await db.Users.Include(a => a.Person).AsNoTracking().FindAccountAsync(attempt.UserName, stop);
        name = account?.NormalizedUserName ?? name;

        var isKnown = account is not null && await TakePlaceAsync(account.Id, attempt.DeviceKey, stop);
        if (!isKnown && await WaitAsync(account, name, attempt, stop) is { } waitUntil) return Nothing with { WaitUntil = waitUntil };
        if (await check.RunAsync(account, attempt.Password ?? "", isKnown, stop) is not { } found) return Nothing with { WaitUntil = clock.GetUtcNow() + Busy };
        if (found == Fit.Wrong || account!.Person.IsDisabled)
        {
            if (!isKnown) guesses.Missed(attempt.Network, attempt.Browser, clock.GetUtcNow());
            return Nothing;
        }
        if (account.IsTooOld(clock.GetUtcNow())) return Nothing with { IsTooOld = true };
        return await StartAsync(account, attempt, stop) with { RenewAccountId = found == Fit.RightButOld ? account.Id : null };
    }

    private static SignInAnswer Nothing => new(null, null, null, false, false);

    /// <summary>Whether this browser signed this account in before and did not miss too often since. Its miss is counted before its password is looked at, so
    /// that guesses sent at the same moment all count.</summary>
    private async Task<bool> TakePlaceAsync(int accountId, string? deviceKey, CancellationToken stop)
    {
        if (string.IsNullOrEmpty(deviceKey)) return false;
        var hash = RandomKey.HashOf(deviceKey);
        if (!await db.KnownDevices.AnyAsync(d => d.AccountId == accountId && d.KeyHash == hash && d.Misses < KnownDevice.MostMisses, stop)) return false;
        return await db.WriteAsync(async () =>
        {
            var row = await db.ThrottleAsync(KeyOf(accountId), accountId, stop);
            if (await db.KnownDevices.SingleOrDefaultAsync(d => d.AccountId == accountId && d.KeyHash == hash,
                stop) is not { HasPlace: true } device) return false;
            device.Missed();
            row.Missed(clock.GetUtcNow());
            await db.SaveChangesAsync(stop);
            return true;
        }, stop);
    }

    /// <summary>Until it is this unknown browser's turn: twenty seconds at most for its network and the account together.</summary>
    private async Task<DateTimeOffset?> WaitAsync(Account? account, string name, SignInTry attempt, CancellationToken stop)
    {
        var arrived = clock.GetUtcNow();
        var isLetIn = account is not null && await db.SignInThrottles.AnyAsync(t => t.AccountId == account.Id && t.LetInUntil > arrived, stop);
        if (!isLetIn && guesses.SlowFor(attempt.Network, arrived) is { Ticks: > 0 } slow) await Task.Delay(slow, clock, stop);
        return await room.WaitAsync(account is null ? name : KeyOf(account.Id), guesses.MissesOf(attempt.Browser, arrived), arrived + WaitingRoom.Longest,
            () => account is null ? Task.FromResult(guesses.CountTry(name, clock.GetUtcNow())) : db.CountTryAsync(KeyOf(account.Id), account.Id,
                clock.GetUtcNow(), WaitingRoom.Longest, stop), stop);
    }

    private async Task<SignInAnswer> StartAsync(Account account, SignInTry attempt, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var sessionKey = RandomKey.Hex() + RandomKey.Hex();
        var hash = RandomKey.HashOf(attempt.DeviceKey ?? "");
        // One mark for a browser, whoever signs in there; one that nobody gave out is none.
        var deviceKey = attempt.DeviceKey is { Length: > 0 } given && await db.KnownDevices.AnyAsync(d => d.KeyHash == hash, stop) ? given : RandomKey.Hex();
        await db.WriteAsync(async () =>
        {
            var row = await db.ThrottleAsync(KeyOf(account.Id), account.Id, stop);
            row.WasRight();
            var person = await db.People.SingleAsync(p => p.Id == account.PersonId, stop);
            db.SignInSessions.Add(new SignInSession(person, sessionKey, attempt.IsShared, attempt.Device, now));
            await db.Users.Where(a => a.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastSignInAt, now), stop);
            var marks = await db.KnownDevices.Where(d => d.AccountId == account.Id).OrderByDescending(d => d.LastUsedAt).ToListAsync(stop);
            var mine = RandomKey.HashOf(deviceKey);
            if (marks.Find(d => d.KeyHash.AsSpan().SequenceEqual(mine)) is { } mark) mark.Used(now);
            else
            {
                db.KnownDevices.RemoveRange(marks.Skip(KnownDevice.MostOfOne - 1));
                db.KnownDevices.Add(new KnownDevice(account.Id, deviceKey, now));
            }
            await db.SaveChangesAsync(stop);
        }, stop);
        return new(sessionKey, deviceKey, null, account.MustChangePassword, attempt.IsShared);
    }

    internal static string KeyOf(int accountId) => ThrottleKey($"account {accountId}", "sign-in");

    internal static string ThrottleKey(string name, string where) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"sign-in\n{name}\n{where}")))[..40];
}
