using System.Globalization;
using System.Text;

namespace ClassHub.Calendars;

/// <summary>Lines of a calendar are at most 75 bytes; longer ones go on in the next, which begins with a blank (RFC 5545, 3.1).</summary>
internal static class Folding
{
    private const int Longest = 75;
    private const string Break = "\r\n ";

    /// <summary>Folded anew between what a reader takes for one sign: the library cuts an emoji in two.</summary>
    public static string Between(string folded)
    {
        var text = new StringBuilder(folded.Length + 64);
        foreach (var line in folded.Replace(Break, "", StringComparison.Ordinal).Split("\r\n"))
        {
            if (text.Length > 0) text.Append("\r\n");
            var bytes = 0;
            foreach (var sign in Signs(line))
            {
                var size = Encoding.UTF8.GetByteCount(sign);
                if (bytes + size > Longest) (_, bytes) = (text.Append(Break), 1);
                text.Append(sign);
                bytes += size;
            }
        }
        return text.ToString();
    }

    /// <summary>One that is longer than a line, as a letter under a heap of marks, is parted between its characters.</summary>
    private static IEnumerable<string> Signs(string line)
    {
        for (var at = 0; at < line.Length;)
        {
            var sign = StringInfo.GetNextTextElement(line, at);
            at += sign.Length;
            if (Encoding.UTF8.GetByteCount(sign) < Longest) yield return sign;
            else foreach (var rune in sign.EnumerateRunes()) yield return rune.ToString();
        }
    }
}
