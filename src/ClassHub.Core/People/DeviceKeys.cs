using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

public static class DeviceKeys
{
    /// <summary>The key, of 256 bits, with which a device seals what waits there for one person. The same at every sign-in, so that work sealed last week can still be sent; nobody else's opens it. HKDF, RFC 5869.</summary>
    public static async Task<byte[]> DeviceKeyOfAsync(this ClassHubDb db, int personId, CancellationToken stop)
    {
        var secret = await db.Schools.AsNoTracking().Select(s => s.DeviceSecret).SingleAsync(stop);
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: Encoding.UTF8.GetBytes("device " + personId.ToString(CultureInfo.InvariantCulture)));
    }
}
