using System.Security.Cryptography;

namespace ClassHub;

/// <summary>Names and codes that must not be guessed.</summary>
public static class RandomKey
{
    /// <summary>31 characters, without 0/O and 1/I/L, so that a child can copy them from paper.</summary>
    private const string Readable = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    /// <summary>128 bits as 32 lower-case hexadecimal digits.</summary>
    public static string Hex() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Letters and digits that are easy to read aloud; each carries just under five bits.</summary>
    public static string ForReading(int length) => RandomNumberGenerator.GetString(Readable, length);

    public static byte[] HashOf(string key) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key));
}
