using System.Text;
using System.Text.RegularExpressions;

namespace ClassHub.Media;

/// <summary>Reads words as they come: WebVTT, SRT, SBV, or lines that a person typed. What is odd in a file is mended or left out, and counted; what is odd
/// in typed lines is told with its line.</summary>
public static partial class ReadTranscript
{
    /// <summary>With all the marks that a file may put around its words.</summary>
    internal const int LongestRaw = 4 * Transcript.LongestLine;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>As older programs of Windows write.</summary>
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>What a file holds, or a person pasted into the box.</summary>
    /// <exception cref="RuleBroken">Its line, and what is wrong there.</exception>
    public static Transcript Of(string text)
    {
        var lines = Split(text);
        // Behind empty lines and hidden signs the head is one all the same: cleaned, it would be read as one when it comes again.
        var isVtt = Header().IsMatch(lines.Select(line => PlainText.Line(line, int.MaxValue)).FirstOrDefault(line => line != "") ?? "");
        if (isVtt || lines.Any(l => l.Length < LongestRaw && (Timing().IsMatch(l) || IsSbv(l)))) return new CueBlocks(lines, isVtt).Read();
        var typed = lines.Select((line, at) => WithPlainTime(PlainText.Line(line.Length <= LongestRaw ? line : throw TooLong(at + 1), int.MaxValue))).ToList();
        var words = OfLines(string.Join('\n', typed));
        if (!words.IsTimed && typed.FindIndex(line => OnlyTimes().IsMatch(line)) is >= 0 and var odd)
            throw new RuleBroken($"Line {odd + 1}: “{PlainText.Line(typed[odd], 40)}” is no time that can be read here. Times look like 0:05 or 1:02:03.",
                "Text");
        return words;
    }

    /// <inheritdoc cref="Of(string)"/>
    public static Transcript Of(ReadOnlySpan<byte> file)
    {
        if (file.Length > Transcript.MostBytes) throw new RuleBroken($"These words are longer than {Sizes.InWords(Transcript.MostBytes)}.", "File");
        if (file is [0xFF, 0xFE, ..]) return Of(Encoding.Unicode.GetString(file[2..]));
        if (file is [0xFE, 0xFF, ..]) return Of(Encoding.BigEndianUnicode.GetString(file[2..]));
        try { return Of(Utf8.GetString(file)); }
        catch (DecoderFallbackException)
        {
            if (file.IndexOfAnyInRange((byte)0, (byte)8) >= 0) throw new RuleBroken("This file is no text. Choose a WebVTT, SRT or SBV file.", "File");
            return Of(Western.GetString(file)) with { Encoding = "Windows-1252" };
        }
    }

    /// <summary>"0:05 Hello everyone." A line without a time goes on with the words above it; when no line has one, they are words to read.</summary>
    /// <exception cref="RuleBroken">Its line, and what is wrong there.</exception>
    public static Transcript OfLines(string text)
    {
        var cues = new Cues();
        var (hasUntimed, untimed) = (0, new List<string>());
        // Cleaned first: what only hid a time would be read as one when it comes again.
        foreach (var (number, line) in Split(text).Select((line, at) => (at + 1, PlainText.Line(line, int.MaxValue))))
        {
            var match = Typed().Match(line);
            if (match.Success)
            {
                if (hasUntimed > 0) throw new RuleBroken($"Line {number} begins with a time, but line {hasUntimed} has none. Give the first words a time too, or take all times away.", "Text");
                cues.Begin(number, TimeOf(match.Groups["start"].Value, number), match.Groups["end"] is { Success: true, Value: var end } ? TimeOf(end, number) : null);
            }
            var words = CueText.Typed(match.Success ? match.Groups["text"].Value : line);
            if (words == "") continue;
            if (cues.IsEmpty) (hasUntimed, untimed) = (hasUntimed > 0 ? hasUntimed : number, [.. untimed, Checked(words, number)]);
            else cues.Add(words, number);
        }
        return cues.IsEmpty ? OfUntimed(untimed) : cues.Whole();
    }

    private static Transcript OfUntimed(List<string> lines)
    {
        if (lines.Count == 0) throw new RuleBroken("There are no words yet. Write what is said, or choose a file.", "Text");
        if (lines.Count > Transcript.MostCues) throw TooMany();
        return new(false, lines.ConvertAll(line => new Cue(0, 0, line)));
    }

    /// <exception cref="RuleBroken">It is longer than a line may be.</exception>
    internal static string Checked(string words, int number) => words.Length <= Transcript.LongestLine ? words : throw TooLong(number);

    private static RuleBroken TooLong(int number) => new($"Line {number} has more than {Transcript.LongestLine:N0} characters. Begin a new line where somebody would take a breath.", "Text");

    internal static RuleBroken TooMany() => new($"There are more than {Transcript.MostCues:N0} lines.", "Text");

    internal static int TimeOf(string written, int number) => CueTime.Of(written)
        ?? throw new RuleBroken($"Line {number}: {PlainText.Line(written, 20)} is no time. Times look like 0:05 or 1:02:03.", "Text");

    /// <exception cref="RuleBroken">These bytes are no text.</exception>
    private static string[] Split(string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at].Contains('\0', StringComparison.Ordinal)) throw new RuleBroken($"Line {at + 1} holds something that is no text. Choose a WebVTT or SRT file.", "Text");
        }
        return lines;
    }

    private const string Time = @"(?:[0-9]{1,3}:)?[0-9]{1,3}:[0-9]{2}(?:[.,][0-9]{1,3})?";

    [GeneratedRegex(@"\A\s*WEBVTT(?:\s|\z)", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Header();
    /// <summary>A line of its own: words after it would make it a typed line. Some programs write behind it where the words stand.</summary>
    [GeneratedRegex(@"\A\s*" + Time + @"\s*-->\s*" + Time + @"\s*(?:X1:[0-9]+\s+X2:[0-9]+\s+Y1:[0-9]+\s+Y2:[0-9]+\s*)?\z", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Timing();
    [GeneratedRegex(@"\A\s*(?<start>" + Time + @")(?:\s*-->\s*(?<end>" + Time + @"))?(?:\s+(?<text>.*))?\z",
        RegexOptions.CultureInvariant | RegexOptions.Singleline, 5000)]
    private static partial Regex Typed();
    /// <summary>Whether a further line of a cue would be read as the beginning of the next.</summary>
    internal static bool BeginsWithTime(string words) => Typed().IsMatch(words) || InBrackets().IsMatch(words);
    /// <summary>Whether words behind a time would be read as its end.</summary>
    internal static bool BeginsLikeAnEnd(string words) => LikeAnEnd().IsMatch(words);

    internal static string Together(IEnumerable<string> lines) => lines.Aggregate((all, line) => all + (BeginsWithTime(line) ? ' ' : '\n') + line);

    /// <summary>"0:00:00.599,0:00:04.160", as SBV has it.</summary>
    internal static bool IsSbv(string line) => Sbv().IsMatch(line);

    /// <summary>"[0:05] Hello", "(0:05 - 0:07) Hello" and "0:05 - 0:07 Hello" as people and programs write it.</summary>
    private static string WithPlainTime(string line) => InBrackets().Match(line) is { Success: true } framed ? Plain(framed) + line[framed.Length..]
        : FromTo().Match(line) is { Success: true } span ? Plain(span) + line[span.Length..] : line;

    private static string Plain(Match match) => match.Groups[2] is { Success: true, Value: var end } ? $"{match.Groups[1].Value} --> {end} "
        : match.Groups[1].Value + " ";

    [GeneratedRegex(@"\A[\[(](" + Time + @")(?:\s*(?:-->|→|–|-)\s*(" + Time + @"))?[\])]", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex InBrackets();
    [GeneratedRegex(@"\A(" + Time + @")\s*(?:→|–|-)\s*(" + Time + @")(?=\s|\z)", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex FromTo();
    [GeneratedRegex(@"\A(?:-->|→|–|-)\s*[0-9]{1,3}:[0-9]{2}", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex LikeAnEnd();
    [GeneratedRegex(@"\A\s*[0-9]{1,2}:[0-9]{2}:[0-9]{2}\.[0-9]{3},[0-9]{1,2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}\s*\z", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Sbv();
    /// <summary>Nothing but times and what stands between them.</summary>
    [GeneratedRegex(@"\A(?=.*[0-9]:[0-9]{2})[0-9:.,;\s\[\]()>→–-]+\z", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex OnlyTimes();
}
