namespace ClassHub.Media;

/// <summary>Automatic captions roll: each cue says the line before once more, so that two lines stand there. Read as text everything would be said
/// twice.</summary>
internal static class RollingWords
{
    /// <summary>In milliseconds: cues that follow so closely belong together, and one that is so short only makes the lines move up.</summary>
    private const int Close = 100, Moment = 200;

    /// <summary>Without what is only said again, and how many cues changed.</summary>
    public static (IReadOnlyList<Cue> Cues, int Changed) Dropped(List<Cue> cues)
    {
        var changed = 0;
        for (var before = -1; before != changed;)
        {
            before = changed;
            var kept = new List<Cue>();
            string[] shown = [];
            foreach (var cue in cues)
            {
                var lines = cue.Text.Split('\n');
                var again = kept.Count > 0 && cue.Start - kept[^1].End <= Close ? Again(shown, lines) : 0;
                if (again == lines.Length && cue.End - cue.Start > Moment) again = 0;      // somebody says the same once more
                if (again == 0) kept.Add(cue);
                else if (again < lines.Length) kept.Add(cue with { Text = string.Join('\n', lines[again..]) });
                else kept[^1] = kept[^1] with { End = cue.End };
                if (again > 0) changed++;
                shown = lines;
            }
            cues = kept;
        }
        return (cues, changed);
    }

    /// <summary>How many lines at the beginning are the last ones of those that were shown.</summary>
    private static int Again(string[] shown, string[] lines)
    {
        for (var many = Math.Min(shown.Length, lines.Length); many > 0; many--)
            if (shown[^many..].SequenceEqual(lines[..many])) return many;
        return 0;
    }
}
