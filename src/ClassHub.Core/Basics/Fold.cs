using System.Globalization;
using System.Text;

namespace ClassHub;

/// <summary>A word as it is looked for, and where it stood in the text.</summary>
/// <param name="IsRun">Signs of a script without blanks: two, or the last one of a row.</param>
public readonly record struct FoldedWord(string Word, int Start, int Length, bool IsRun);

/// <summary>
/// The one way in which text becomes words that are looked for: neither engine's own finds 作业, lukasz, obrien and don't alike.
/// Compatibility form, no capitals, no marks in Latin, Greek, Cyrillic, Arabic and Hebrew, no apostrophes and hyphens;
/// scripts that write no blanks become pairs of signs.
/// When this changes, kept words must be made anew: set them to NULL in a migration.
/// </summary>
public static class Fold
{
    /// <summary>In code points; of a longer word the beginning is kept and looked for.</summary>
    public const int LongestWord = 60;
    /// <summary>Stands between what no phrase goes across.</summary>
    private const string Break = " . ";

    private static readonly Dictionary<int, string> Table = Letters("đ d ð d ø o ł l ß ss æ ae œ oe ı i þ th ħ h ŋ n ŧ t ĸ k ς σ ى ي ی ي ک ك ہ ه ۃ ة");

    /// <summary>Texts as words with a blank between them. Behind a text stand the parts of its words with hyphens and apostrophes:
    /// "école" finds "l'école".</summary>
    public static string Words(params ReadOnlySpan<string?> texts)
    {
        var kept = new List<string>();
        foreach (var text in texts)
        {
            var chunks = Chunks(text ?? "").ToList();
            var words = string.Join(' ', chunks.SelectMany(c => Of(c.Text)).Select(w => w.Word));
            var parts = string.Join(' ', chunks.Where(c => c.Parts.Count > 1).SelectMany(c => c.Parts).SelectMany(Of).Select(w => w.Word));
            if (words != "" || kept.Count == 0) kept.Add(words);       // the first is the title, also when it has no words
            if (parts != "") kept.Add(parts);
        }
        return string.Join(Break, kept).Trim();
    }

    /// <summary>Texts as they are put in order: the first counts most, and an accent does not count.</summary>
    public static string ForOrder(params ReadOnlySpan<string?> texts)
    {
        var kept = new List<string>();
        foreach (var text in texts)
            if (string.Join(' ', Chunks(text ?? "").Select(c => Plain(c.Text))) is { Length: > 0 } words) kept.Add(words);
        return string.Join(Break, kept);
    }

    /// <summary>What is asked for: each word, as the beginning of one, and what stands in quotation marks as it stands there.</summary>
    public static IReadOnlyList<LookedFor> Question(string? typed)
    {
        var asked = new List<LookedFor>();
        var pieces = (typed ?? "").Split('"', '“', '”', '„', '«', '»');
        for (var i = 0; i < pieces.Length; i++)
        {
            if (i % 2 == 1 && i + 1 < pieces.Length) asked.Add(LookedFor.Of([.. Read(pieces[i])], isPhrase: true));
            else asked.AddRange(Chunks(pieces[i]).SelectMany(c => Apart([.. Of(c.Text)])));
        }
        return [.. asked.Where(a => a.Words.Count > 0).DistinctBy(a => a.Pattern)];
    }

    /// <summary>"5年级" asks for a word and for a run of signs.</summary>
    private static IEnumerable<LookedFor> Apart(List<FoldedWord> words)
    {
        for (int from = 0, to; from < words.Count; from = to)
        {
            to = from + 1;
            while (words[from].IsRun && to < words.Count && words[to].IsRun) to++;
            yield return LookedFor.Of(words[from..to], isPhrase: false);
        }
    }

    /// <summary>The same words, each with its place in the text; parts of words are not among them.</summary>
    public static IEnumerable<FoldedWord> Read(string text)
    {
        foreach (var chunk in Chunks(text))
            foreach (var word in Of(chunk.Text)) yield return word with { Start = chunk.Start, Length = chunk.Length };
    }

    private readonly record struct Chunk(string Text, int Start, int Length, IReadOnlyList<string> Parts);

    /// <summary>Letters, digits and marks in a row. Apostrophes and hyphens between them belong to it; signs that are not seen, always.</summary>
    private static IEnumerable<Chunk> Chunks(string text)
    {
        var (word, part, parts, start, end) = (new StringBuilder(), new StringBuilder(), new List<string>(), 0, 0);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var isJoint = IsJoint(rune);
            if (!isJoint && IsOfWord(rune))
            {
                if (word.Length == 0) start = at;
                word.Append(rune.ToString());
                part.Append(rune.ToString());
                end = at + rune.Utf16SequenceLength;
            }
            else if (isJoint && word.Length > 0)
            {
                if (part.Length > 0) parts.Add(part.ToString());
                part.Clear();
                end = at + rune.Utf16SequenceLength;
            }
            else if (word.Length > 0 && Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format) end = at + rune.Utf16SequenceLength;
            else if (word.Length > 0) yield return Take();
            at += rune.Utf16SequenceLength;
        }
        if (word.Length > 0) yield return Take();

        Chunk Take()
        {
            if (part.Length > 0) parts.Add(part.ToString());
            var chunk = new Chunk(word.ToString(), start, end - start, [.. parts]);
            word.Clear();
            part.Clear();
            parts.Clear();
            return chunk;
        }
    }

    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static bool IsJoint(Rune rune) => rune.Value is '\'' or '’' or '‘' or '`' or '´' or 0x02BB or 0x02BC or 0x05F3 or 0x05F4 or 0xFF07
        or '-' or 0x058A or 0x2010 or 0x2011 or 0xFE63 or 0xFF0D;

    /// <summary>A chunk's words: what is written with blanks is one, what is written without is its pairs and its last sign.</summary>
    private static IEnumerable<FoldedWord> Of(string chunk)
    {
        var word = new StringBuilder();
        var run = new List<Rune>();
        foreach (var rune in Plain(chunk).EnumerateRunes())
        {
            var isRun = IsWithoutBlanks(rune);
            if (isRun ? word.Length > 0 : run.Count > 0)
                foreach (var done in Take(word, run)) yield return done;
            if (isRun) run.Add(rune);
            else word.Append(rune.ToString());
        }
        foreach (var done in Take(word, run)) yield return done;
    }

    private static List<FoldedWord> Take(StringBuilder word, List<Rune> run)
    {
        var taken = new List<FoldedWord>();
        if (word.Length > 0) taken.Add(new(Shortened(word.ToString()), 0, 0, false));
        for (var i = 0; i < run.Count; i++) taken.Add(new(i + 1 < run.Count ? $"{run[i]}{run[i + 1]}" : $"{run[i]}", 0, 0, true));
        word.Clear();
        run.Clear();
        return taken;
    }

    private static string Shortened(string word) => word.Length <= LongestWord ? word : string.Concat(word.EnumerateRunes().Take(LongestWord));

    /// <summary>Without case, and without marks where a reader does not miss them.</summary>
    internal static string Plain(string chunk)
    {
        var plain = new StringBuilder();
        var loses = false;
        foreach (var rune in chunk.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            {
                if (!loses) plain.Append(rune.ToString());
                continue;
            }
            loses = LosesMarks(rune.Value);
            if (rune.Value == 0x0640 || !IsOfWord(rune)) continue;        // tatweel only stretches a word
            var lower = Rune.ToLowerInvariant(rune);
            if (Table.TryGetValue(lower.Value, out var letters)) plain.Append(letters);
            else if (Rune.GetUnicodeCategory(lower) == UnicodeCategory.DecimalDigitNumber) plain.Append((int)Rune.GetNumericValue(lower));
            else plain.Append(lower.ToString());
        }
        return plain.ToString().Normalize();
    }

    /// <summary>Latin, Greek, Cyrillic, Hebrew and Arabic.</summary>
    private static bool LosesMarks(int rune) => rune is < 0x0530 or (>= 0x0590 and < 0x0700) or (>= 0x0750 and < 0x0780) or (>= 0x08A0 and < 0x0900)
        or (>= 0x1C80 and < 0x1C90) or (>= 0x1D00 and < 0x2000);

    /// <summary>Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese.</summary>
    private static bool IsWithoutBlanks(Rune rune) => rune.Value is (>= 0x0E00 and < 0x0F00) or (>= 0x1000 and < 0x10A0) or (>= 0x1100 and < 0x1200)
        or (>= 0x1780 and < 0x1800) or (>= 0x3005 and <= 0x3007) or (>= 0x3040 and < 0x3200) or (>= 0x3400 and < 0xA000) or (>= 0xAC00 and < 0xD800)
        or (>= 0xF900 and < 0xFB00) or (>= 0x20000 and < 0x40000);

    private static Dictionary<int, string> Letters(string pairs) =>
        pairs.Split(' ').Chunk(2).ToDictionary(pair => Rune.GetRuneAt(pair[0], 0).Value, pair => pair[1]);
}
