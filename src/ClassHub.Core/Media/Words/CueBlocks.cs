using System.Text.RegularExpressions;

namespace ClassHub.Media;

/// <summary>WebVTT, SRT and SBV: blocks of a time and its words with an empty line between them. Programs write them oddly, and nobody can repair nine
/// hundred lines by hand: what is odd is mended or left out, and counted.</summary>
internal sealed partial class CueBlocks(string[] lines, bool isVtt)
{
    private sealed class Block(int start, int? end)
    {
        public int Start => start;
        public int? End => end;
        public List<string> Words { get; } = [];
        public bool IsMended { get; set; }
    }

    private readonly List<Block> blocks = [];
    private int leftOut;
    /// <summary>The cue whose words are read; none before the first, and none behind one that could not be read.</summary>
    private Block? block;
    /// <summary>Inside a note, a style, the head of the file or a cue that is left out, up to the next empty line; and whether an empty line was just
    /// read.</summary>
    private bool isSkipped, isGap;

    /// <exception cref="RuleBroken">There are no words in it, or more than are kept.</exception>
    public Transcript Read()
    {
        (isSkipped, isGap) = (isVtt, true);
        var isBegun = false;
        for (var at = 0; at < lines.Length; at++)
        {
            // A line of blanks is a line of a cue: it ends nothing.
            if (lines[at] == "" && isBegun) (isSkipped, isGap) = (false, true);
            else if (lines[at].Length > ReadTranscript.LongestRaw) leftOut++;
            else if (lines[at].Trim() is { Length: > 0 } line)
            {
                isBegun = true;
                if (IsTime(line)) Begin(line);
                else if (!isSkipped) Say(line, at);
            }
        }
        return Whole();
    }

    private bool IsTime(string line) => (line.Contains("-->", StringComparison.Ordinal) && char.IsAsciiDigit(line[0]))
        || (!isVtt && ReadTranscript.IsSbv(line));

    private void Begin(string line)
    {
        if (!isGap && block is { Words: { Count: > 1 } words } && words[^1].All(char.IsAsciiDigit)) words.RemoveAt(words.Count - 1);   // the number of this cue
        (block, isGap) = (null, false);
        isSkipped = Timing().Match(line) is not { Success: true } match || CueTime.Of(match.Groups[1].Value) is not { } start
            || CueTime.Of(match.Groups[2].Value) is not { } end
            || !Add(new Block(start, end > start ? end : null) { IsMended = end <= start });
        if (isSkipped) leftOut++;
    }

    private bool Add(Block one)
    {
        if (blocks.Count >= Transcript.MostCues) throw ReadTranscript.TooMany();
        blocks.Add(block = one);
        return true;
    }

    private void Say(string line, int at)
    {
        if (isGap)
        {
            if (isVtt && Note().IsMatch(line)) { isSkipped = true; return; }
            // What stands before a time is its number or name.
            if ((at + 1 < lines.Length && lines[at + 1].Trim() is { Length: > 0 } next && IsTime(next)) || line.All(char.IsAsciiDigit)) return;
            if (block is null) { leftOut++; isSkipped = true; return; }
            block.IsMended = true;                                                     // a paragraph of its own inside a cue
            isGap = false;
        }
        if (block is not null && CueText.OfFile(line, isVtt) is { Length: > 0 } words) Add(block, words);
    }

    private static void Add(Block block, string words)
    {
        for (; words.Length > Transcript.LongestLine; block.IsMended = true)
        {
            var cut = words.LastIndexOf(' ', Transcript.LongestLine - 1) is > 0 and var blank ? blank : Transcript.LongestLine - 1;
            block.Words.Add(PlainText.Line(words[..cut], int.MaxValue));
            words = PlainText.Line(words[cut..], int.MaxValue);
        }
        if (words != "") block.Words.Add(words);
    }

    /// <summary>In order; what begins at the same moment is said together; what would lie over the next ends where that begins.</summary>
    private Transcript Whole()
    {
        var latest = -1;
        foreach (var one in blocks)
        {
            if (one.Start < latest) one.IsMended = true;
            latest = Math.Max(latest, one.Start);
        }
        var spoken = blocks.Where(b => b.Words.Count > 0).OrderBy(b => b.Start).GroupBy(b => b.Start)
            .Select(same => (Start: same.Key, End: same.Max(b => b.End), Text: ReadTranscript.Together(same.SelectMany(b => b.Words)))).ToList();
        if (spoken.Count == 0) throw new RuleBroken("There are no words in this file.", "Text");
        var cues = spoken.Select((cue, place) =>
        {
            var end = cue.End ?? Cue.EndAfter(cue.Start, cue.Text);
            return new Cue(cue.Start, place + 1 < spoken.Count ? Math.Min(end, spoken[place + 1].Start) : end, cue.Text);
        }).ToList();
        var (rolled, repeats) = RollingWords.Dropped(cues);
        return new(true, rolled) { Mended = blocks.Count(b => b.IsMended && b.Words.Count > 0) + repeats, LeftOut = leftOut };
    }

    [GeneratedRegex(@"\A([0-9:.,]+?)(?:\s*-->\s*|,(?=[0-9]+:))([0-9:.,]+)(?:\s|\z)", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Timing();
    [GeneratedRegex(@"\A(?:NOTE|STYLE|REGION)(?:\s|\z)", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Note();
}
