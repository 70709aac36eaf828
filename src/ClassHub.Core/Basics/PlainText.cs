using System.Globalization;
using System.Text;

namespace ClassHub;

/// <summary>What people type, made safe to keep: no NUL, no lone surrogates, no direction overrides in names.</summary>
public static class PlainText
{
    /// <summary>A name, title or other single line: trimmed, one space between words, no control or bidirectional-override characters.</summary>
    public static string Line(string? typed, int most)
    {
        var kept = new StringBuilder();
        foreach (var rune in (typed ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) { if (kept.Length > 0 && kept[^1] != ' ') kept.Append(' '); }
            else if (!IsHidden(rune)) kept.Append(rune.ToString());
        }
        return Cut(kept.ToString().Trim().Normalize(), most);
    }

    /// <summary>A text of several lines: line ends become \n, control characters other than tab and line end go.</summary>
    public static string Lines(string? typed, int most)
    {
        var kept = new StringBuilder();
        foreach (var rune in (typed ?? "").ReplaceLineEndings("\n").EnumerateRunes())
            if (rune.Value is '\n' or '\t' || !IsHidden(rune)) kept.Append(rune.ToString());
        return Cut(kept.ToString(), most);
    }

    /// <summary>Control characters, U+FFFD from lone surrogates and bidirectional marks, and code points that stand for no character: they hide what a name says.
    /// Zero-width joiners stay: several scripts and emoji need them.</summary>
    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Surrogate
        || rune.Value is 0xFFFD or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200B or 0xFEFF or 0x200F or 0x200E or 0x061C or 0x00AD or 0x2060
        || (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;

    /// <summary>Never cuts through a character that a reader sees as one.</summary>
    private static string Cut(string text, int most)
    {
        if (text.Length <= most) return text;
        var end = 0;
        foreach (var start in StringInfo.ParseCombiningCharacters(text))
            if (start <= most) end = start; else break;
        return text[..end];
    }
}
