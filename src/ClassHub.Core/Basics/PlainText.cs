using System.Globalization;
using System.Text;

namespace ClassHub;

/// <summary>What people type, made safe to keep: no NUL, no lone surrogates, no direction overrides in names.</summary>
public static class PlainText
{
    /// <summary>A name, title or other single line: trimmed, one space between words, no control or bidirectional-override characters.</summary>
    public static string Line(string? typed, int most) => Line(typed, most, rune => IsHidden(rune) || IsMark(rune));

    /// <summary>A title, or another single line that is read as a sentence: as a line,
    /// but directional and joining marks, word breaks and soft hyphens stay.</summary>
    public static string Words(string? typed, int most)
    {
        var line = Line(typed, most, IsHidden);
        return line.EnumerateRunes().All(IsMark) ? "" : line;
    }

    private static string Line(string? typed, int most, Func<Rune, bool> isLeftOut)
    {
        var kept = new StringBuilder();
        foreach (var rune in (typed ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) { if (kept.Length > 0 && kept[^1] != ' ') kept.Append(' '); }
            else if (!isLeftOut(rune)) kept.Append(rune.ToString());
        }
        return Cut(kept.ToString().Trim().Normalize(), most);
    }

    /// <summary>A text of several lines: line ends become \n, control characters other than tab and line end go.
    /// Directional and joining marks, word breaks and soft hyphens stay.</summary>
    public static string Lines(string? typed, int most)
    {
        var kept = new StringBuilder();
        foreach (var rune in (typed ?? "").ReplaceLineEndings("\n").EnumerateRunes())
            if (rune.Value is '\n' or '\t' || !IsHidden(rune)) kept.Append(rune.ToString());
        return Cut(kept.ToString(), most);
    }

    /// <summary>Control characters, U+FFFD from lone surrogates, direction overrides, and code
    /// points that stand for no character: they hide what a text says.</summary>
    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Surrogate
        || rune.Value is 0xFFFD or 0x202D or 0x202E or 0xFEFF
        || (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;

    /// <summary>Directional marks and isolates, word breaks, word joiners and soft hyphens: a text needs them, and in a name they hide what it says.
    /// Zero-width joiners stay even there: several scripts and emoji need them.</summary>
    private static bool IsMark(Rune rune) => rune.Value is
        (>= 0x202A and <= 0x202C) or (>= 0x2066 and <= 0x2069) or 0x200B or 0x200E or 0x200F or 0x061C or 0x00AD or 0x2060;

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
