using System.Security.Cryptography;
using System.Text;
using ClassHub.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>What the browser says of itself at sign-in. <paramref name="DeviceKey"/> is the long-lived cookie of a device seen before.</summary>
public sealed record SignInTry(string? UserName, string? Password, string Network, string? DeviceKey, bool IsShared, string Device);

/// <summary>The key for the cookie, or until when this network must wait, or neither: wrong name or password.</summary>
public sealed record SignInAnswer(string? SessionKey, string? DeviceKey, DateTimeOffset? WaitUntil, bool MustChangePassword, bool IsShared);

/// <summary>Signs a person in. An unknown name costs the same time and gives the same answer as a wrong password.</summary>
public sealed class SignIn(ClassHubDb db, IPasswordHasher<Account> hasher, TimeProvider clock)
{
    /// <summary>Hashing is heavy: one at a time per processor, so that a class signing in at 9:00 does not stop the pages of the others.</summary>
    internal static readonly SemaphoreSlim Hashing = new(Environment.ProcessorCount);
    private static readonly string NobodysHash = new PasswordHasher<Account>().HashPassword(null!, RandomKey.Hex());

    public async Task<SignInAnswer> RunAsync(SignInTry attempt, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var name = Usernames.Normal(attempt.UserName ?? "");
        var account = name == "" ? null : await db.Users.Include(a => a.Person).AsNoTracking().SingleOrDefaultAsync(a => a.NormalizedUserName == name, stop);
        var device = await KnownDeviceAsync(account, attempt.DeviceKey, stop);

        var key = ThrottleKey(name, device is null ? attempt.Network : "device:" + device.Id);
        var throttle = await db.SignInThrottles.AsNoTracking().SingleOrDefaultAsync(t => t.Key == key, stop);
        if (throttle?.FreeAt > now) return new(null, null, throttle.FreeAt, false, false);

        if (!await IsRightAsync(account, attempt.Password ?? "", stop) || account!.Person.IsDisabled)
        {
            await db.WriteAsync(async () =>
            {
                // Guesses sent at the same moment must all count.
                await db.WaitForTurnAsync(Turn.SignInThrottle, stop);
                var row = await db.SignInThrottles.SingleOrDefaultAsync(t => t.Key == key, stop) ?? db.SignInThrottles.Add(new SignInThrottle(key)).Entity;
                row.Failed(now);
                await db.SaveChangesAsync(stop);
            }, stop);
            return new(null, null, null, false, false);
        }
        return await StartAsync(account, attempt, device, key, now, stop);
    }

    private async Task<SignInAnswer> StartAsync(Account account, SignInTry attempt, KnownDevice? device, string throttleKey, DateTimeOffset now, CancellationToken stop)
    {
        var sessionKey = RandomKey.Hex() + RandomKey.Hex();
        var deviceKey = device is null && !attempt.IsShared ? RandomKey.Hex() : null;
        await db.WriteAsync(async () =>
        {
            var person = await db.People.SingleAsync(p => p.Id == account.PersonId, stop);
            db.SignInSessions.Add(new SignInSession(person, sessionKey, attempt.IsShared, attempt.Device, now));
            await db.Users.Where(a => a.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastSignInAt, now), stop);
            if (deviceKey is not null) db.KnownDevices.Add(new KnownDevice(account.Id, deviceKey, now));
            if (device is not null) (await db.KnownDevices.SingleOrDefaultAsync(d => d.Id == device.Id, stop))?.Used(now);
            await db.SignInThrottles.Where(t => t.Key == throttleKey).ExecuteDeleteAsync(stop);
            await db.SaveChangesAsync(stop);
        }, stop);
        return new(sessionKey, deviceKey, null, account.MustChangePassword, attempt.IsShared);
    }

    private async Task<bool> IsRightAsync(Account? account, string password, CancellationToken stop)
    {
        await Hashing.WaitAsync(stop);
        try
        {
            var hash = account?.PasswordHash ?? NobodysHash;
            var answer = hasher.VerifyHashedPassword(account!, hash, password.Length > Passwords.Longest ? "" : password);
            return account?.PasswordHash is not null && answer != PasswordVerificationResult.Failed;
        }
        finally { Hashing.Release(); }
    }

    private async Task<KnownDevice?> KnownDeviceAsync(Account? account, string? deviceKey, CancellationToken stop)
    {
        if (account is null || string.IsNullOrEmpty(deviceKey)) return null;
        var hash = RandomKey.HashOf(deviceKey);
        return await db.KnownDevices.AsNoTracking().FirstOrDefaultAsync(d => d.AccountId == account.Id && d.KeyHash == hash, stop);
    }

    private static string ThrottleKey(string name, string where) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"sign-in\n{name}\n{where}")))[..40];
}
