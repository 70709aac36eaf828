using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using ClassHub.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClassHub.People;

/// <summary>How a typed password fits a hash. An old one was made with fewer rounds, or of the password as it was typed.</summary>
public enum Fit { Wrong, Right, RightButOld }

/// <summary>Whether this is the password of an account: as typed, then in its one compatible form. Takes as long for an account that is not there, and for
/// one whose hash is old.</summary>
public sealed class CheckPassword(ClassHubDb db, IPasswordHasher<Account> hasher, IOptions<PasswordHasherOptions> options)
{
    private static readonly ConcurrentDictionary<int, string> NobodysHash = new();

    /// <returns>Nothing when too many wait to be looked at.</returns>
    public async Task<Fit?> RunAsync(Account? account, string password, bool isKnown, CancellationToken stop)
    {
        using var turn = await HashingTurns.Here.TakeAsync(isKnown, stop);
        return turn is null ? null : Look(account, password.Length > Passwords.Longest ? "" : password);
    }

    /// <summary>Makes the hash anew, if it is still this password's: after the person was answered.</summary>
    public async Task RenewAsync(int accountId, string password, CancellationToken stop)
    {
        var account = await db.Users.AsNoTracking().SingleAsync(a => a.Id == accountId, stop);
        if (await RunAsync(account, password, isKnown: false, stop) != Fit.RightButOld) return;
        var (before, hash) = (account.PasswordHash, hasher.HashPassword(account, PasswordRule.Folded(password)));
        await db.WriteAsync(() => db.Users.Where(a => a.Id == accountId && a.PasswordHash == before).ExecuteUpdateAsync(set => set.SetProperty(a =>
            a.PasswordHash, hash), stop), stop);
    }

    private Fit Look(Account? account, string password)
    {
        var (rounds, folded) = (options.Value.IterationCount, PasswordRule.Folded(password));
        var hash = account?.PasswordHash ?? NobodysHash.GetOrAdd(rounds, _ => hasher.HashPassword(null!, RandomKey.Hex()));
        var (typed, missing) = (hasher.VerifyHashedPassword(account!, hash, password), rounds - Rounds(hash));
        var compatible = folded == password ? typed : hasher.VerifyHashedPassword(account!, hash, folded);
        if (missing > 0) Rfc2898DeriveBytes.Pbkdf2(password, new byte[16], folded == password ? missing : 2 * missing, HashAlgorithmName.SHA512, 32);
        if (account?.PasswordHash is null || (typed, compatible) is (PasswordVerificationResult.Failed, PasswordVerificationResult.Failed)) return Fit.Wrong;
        return missing > 0 || compatible != PasswordVerificationResult.Success ? Fit.RightButOld : Fit.Right;
    }

    /// <summary>As Identity writes them in its third format: after the kind and the function, before the salt's length.</summary>
    private static int Rounds(string hash)
    {
        var bytes = Convert.FromBase64String(hash);
        return bytes.Length > 13 && bytes[0] == 1 ? (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(5)) : 0;
    }
}
