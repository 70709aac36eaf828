using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace ClassHub.Web.Access;

/// <summary>The server's time, signed for one person's device. Without a connection the device counts on from it, so that its own clock need not be right.</summary>
public sealed class SignedTime(IDataProtectionProvider protection)
{
    /// <summary>A device that was offline for longer has no time to count from.</summary>
    private static readonly TimeSpan Holds = TimeSpan.FromDays(30);
    private readonly IDataProtector seal = protection.CreateProtector("ClassHub.DeviceTime");

    public string Give(int personId, DateTimeOffset now) => seal.Protect(FormattableString.Invariant($"{personId} {now.ToUnixTimeMilliseconds()}"));

    /// <summary>When the device made something: so many milliseconds after the server's word, and never after it came. None when the word is not the server's, or another person's.</summary>
    public DateTimeOffset? MadeAt(string? given, long? after, int personId, DateTimeOffset arrivedAt)
    {
        if (string.IsNullOrEmpty(given) || after is not >= 0 || after > Holds.TotalMilliseconds) return null;
        string[] parts;
        try { parts = seal.Unprotect(given).Split(' '); }
        catch (CryptographicException) { return null; }
        if (parts is not [var person, var told] || person != personId.ToString(CultureInfo.InvariantCulture)) return null;
        var made = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(told, CultureInfo.InvariantCulture)).AddMilliseconds(after.Value);
        return made < arrivedAt ? made : arrivedAt;
    }
}
