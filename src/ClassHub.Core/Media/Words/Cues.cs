namespace ClassHub.Media;

/// <summary>Cues while typed lines are read, each with the line on which it began: in the end one after the other, none over another.</summary>
internal sealed class Cues
{
    private sealed class Begun(int number, int start, int? end)
    {
        public int Number => number;
        public int Start => start;
        public int? End => end;
        public List<string> Lines { get; } = [];
    }

    private readonly List<Begun> all = [];

    public bool IsEmpty => all.Count == 0;

    /// <exception cref="RuleBroken">It ends before it begins, or begins before the one above.</exception>
    public void Begin(int number, int start, int? end)
    {
        if (end <= start) throw new RuleBroken($"Line {number} ends at {CueTime.InWords(end.Value)}, but begins at {CueTime.InWords(start)}.", "Text");
        if (all.Count > 0 && start < all[^1].Start) throw new RuleBroken($"Line {number} begins at {CueTime.InWords(start)}, before the words above it, which begin at {CueTime.InWords(all[^1].Start)}.", "Text");
        if (all.Count >= Transcript.MostCues) throw ReadTranscript.TooMany();
        all.Add(new Begun(number, start, end));
    }

    /// <exception cref="RuleBroken">The line is too long.</exception>
    public void Add(string words, int number)
    {
        var lines = all[^1].Lines;
        if (lines.Count > 0 && ReadTranscript.BeginsWithTime(words)) lines[^1] = ReadTranscript.Checked(lines[^1] + " " + words, number);
        else lines.Add(ReadTranscript.Checked(words, number));
    }

    /// <summary>What begins at the same moment is said together; what would lie over the next ends where that begins.</summary>
    /// <exception cref="RuleBroken">A time without words, or more words than are kept.</exception>
    public Transcript Whole()
    {
        if (all.FirstOrDefault(c => c.Lines.Count == 0) is { } silent) throw new RuleBroken($"Line {silent.Number} has a time, but no words.", "Text");
        var spoken = all.Where(c => c.Lines.Count > 0).GroupBy(c => c.Start).Select(same =>
            (Start: same.Key, End: same.Max(c => c.End), Text: ReadTranscript.Together(same.SelectMany(c => c.Lines)))).ToList();
        return new(true, [.. spoken.Select((cue, place) =>
        {
            var next = place + 1 < spoken.Count ? spoken[place + 1].Start : (int?)null;
            var end = cue.End ?? next ?? Cue.EndAfter(cue.Start, cue.Text);
            return new Cue(cue.Start, next < end ? next.Value : end, cue.Text);
        })]);
    }
}
