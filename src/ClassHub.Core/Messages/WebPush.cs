using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ClassHub.Messages;

/// <summary>Seals a message for one browser (RFC 8291, with the coding of RFC 8188) and says who sends it (RFC 8292), by .NET's own cryptography.</summary>
public static class WebPush
{
    /// <summary>What one record holds; browsers' makers take 4,096 bytes at most.</summary>
    private const int RecordSize = 4096;
    public const int LongestText = RecordSize - 86 - 17;

    /// <param name="receiverKey">Of the browser: an uncompressed point, 65 bytes.</param>
    /// <param name="sender">Made anew for each message; given in tests only, as <paramref name="salt"/> is.</param>
    public static byte[] Seal(byte[] text, byte[] receiverKey, byte[] secret, ECDiffieHellman? sender = null, byte[]? salt = null)
    {
        using var own = sender is null ? ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256) : null;
        var key = sender ?? own!;
        salt ??= RandomNumberGenerator.GetBytes(16);
        using var receiver = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = receiverKey[1..33], Y = receiverKey[33..] } });
        var senderKey = Point(key.ExportParameters(false).Q);
        // RFC 8291, 3.4.
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, key.DeriveRawSecretAgreement(receiver.PublicKey), 32, secret, [.. "WebPush: info\0"u8, .. receiverKey, .. senderKey]);
        var content = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt, "Content-Encoding: nonce\0"u8.ToArray());
        byte[] record = [.. text, 2];                                  // the last record ends with a two (RFC 8188, 2)
        var (sealedText, tag) = (new byte[record.Length], new byte[16]);
        using (var aes = new AesGcm(content, 16)) aes.Encrypt(nonce, record, sealedText, tag);
        var size = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(size, RecordSize);
        return [.. salt, .. size, (byte)senderKey.Length, .. senderKey, .. sealedText, .. tag];
    }

    /// <summary>The Authorization header: a token for this maker's server, signed with the school's key and good for twelve hours.</summary>
    public static string Authorization(Uri endpoint, ECDsa school, string contact, DateTimeOffset now)
    {
        var head = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);
        var claims = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { aud = endpoint.GetLeftPart(UriPartial.Authority), exp = now.AddHours(12).ToUnixTimeSeconds(), sub = contact }));
        var signature = school.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"vapid t={head}.{claims}.{Base64Url.EncodeToString(signature)}, k={PublicKeyOf(school)}";
    }

    /// <summary>As browsers want it when somebody subscribes.</summary>
    public static string PublicKeyOf(ECDsa school) => Base64Url.EncodeToString(Point(school.ExportParameters(false).Q));

    private static byte[] Point(ECPoint q) => [4, .. q.X!, .. q.Y!];
}
