using System.Text.RegularExpressions;

namespace ClassHub.Media;

/// <summary>WebVTT and SRT: blocks of a time and its words with an empty line between them.</summary>
internal sealed partial class CueBlocks(string[] lines, bool isVtt)
{
    private readonly Cues cues = new();
    /// <summary>Inside the words of a cue, or inside a note, a style or the head of the file, up to the next empty line.</summary>
    private bool isCue, isSkipped;

    /// <exception cref="RuleBroken">Its line, and what is wrong there.</exception>
    public Transcript Read()
    {
        isSkipped = isVtt;
        var isBegun = false;
        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at].Trim();
            isBegun |= line != "";
            if (line == "" && isBegun) isCue = isSkipped = false;
            else if (line == "") continue;
            else if (line.Contains("-->", StringComparison.Ordinal)) Begin(line, at + 1);
            else if (isCue && CueText.OfFile(line, isVtt) is { Length: > 0 } words) cues.Add(words, at + 1);
            else if (!isCue && !isSkipped) Head(line, at);
        }
        return cues.Whole(mayBeSilent: true);
    }

    private void Begin(string line, int number)
    {
        if (Timing().Match(line) is not { Success: true } match) throw new RuleBroken($"Line {number}: “{PlainText.Line(line, 40)}” is no time. In a file it looks like 00:05.000 --> 00:08.500.", "Text");
        if (isCue) cues.TakeBackNumber();
        cues.Begin(number, ReadTranscript.TimeOf(match.Groups[1].Value, number), ReadTranscript.TimeOf(match.Groups[2].Value, number));
        (isCue, isSkipped) = (true, false);
    }

    /// <summary>What stands before a time is its number or name; a note or a style says by its first word that it is one.</summary>
    private void Head(string line, int at)
    {
        if (isVtt && Note().IsMatch(line)) isSkipped = true;
        else if (at + 1 >= lines.Length || !lines[at + 1].Contains("-->", StringComparison.Ordinal))
        {
            if (line.All(char.IsAsciiDigit)) return;
            throw new RuleBroken($"Line {at + 1}: “{PlainText.Line(line, 40)}” has no time above it.", "Text");
        }
    }

    [GeneratedRegex(@"\A([0-9:.,]+)\s*-->\s*([0-9:.,]+)(?:\s|\z)", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Timing();
    [GeneratedRegex(@"\A(?:NOTE|STYLE|REGION)(?:\s|\z)", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Note();
}
