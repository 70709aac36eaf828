using System.Text;

namespace ClassHub.Rosters;

/// <summary>Turns a file's bytes into text: UTF-8 with or without its mark, UTF-16 either way round, else Windows-1252. What cannot be read becomes U+FFFD, so that its line can be named.</summary>
internal static class RosterText
{
    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <param name="old">How to read what is no Unicode; none: as the Western encoding.</param>
    public static string Of(ReadOnlySpan<byte> bytes, Encoding? old = null)
    {
        if (bytes is [0xEF, 0xBB, 0xBF, ..]) return Encoding.UTF8.GetString(bytes[3..]);
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (EveryOtherIsZero(bytes, 1)) return Encoding.Unicode.GetString(bytes);
        if (EveryOtherIsZero(bytes, 0)) return Encoding.BigEndianUnicode.GetString(bytes);
        return MeansUtf8(bytes) ? Encoding.UTF8.GetString(bytes) : (old ?? Windows).GetString(bytes);
    }

    /// <summary>Whether it was guessed: nothing in the bytes says how they are meant.</summary>
    public static bool IsGuessed(ReadOnlySpan<byte> bytes) => Of(bytes) != Of(bytes, Encoding.ASCII);

    /// <summary>UTF-16 without a mark: most letters of a name take one byte of the two.</summary>
    private static bool EveryOtherIsZero(ReadOnlySpan<byte> bytes, int first)
    {
        var some = bytes[..Math.Min(bytes.Length, 4_096)];
        int pairs = some.Length / 2, zeros = 0, others = 0;
        for (var i = 0; i < pairs * 2; i++)
            if (some[i] == 0) { if (i % 2 == first) zeros++; else others++; }
        return pairs >= 4 && zeros > pairs * 0.6 && others < pairs * 0.1;
    }

    /// <summary>A sequence of two or more bytes that is UTF-8, even a forbidden one, is hardly ever met in Windows-1252, where it would read like "Ã©".</summary>
    private static bool MeansUtf8(ReadOnlySpan<byte> bytes)
    {
        bool plain = true, led = false;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80) continue;
            plain = false;
            if (bytes[i] >= 0xC0 && i + 1 < bytes.Length && bytes[i + 1] is >= 0x80 and < 0xC0) led = true;
        }
        return plain || led;
    }
}
