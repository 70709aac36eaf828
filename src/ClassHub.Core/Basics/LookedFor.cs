namespace ClassHub;

/// <summary>One thing that is looked for: words one after the other.</summary>
/// <param name="IsBeginning">The last of them may go on.</param>
public sealed record LookedFor(IReadOnlyList<string> Words, bool IsBeginning)
{
    /// <summary>As it stands in kept words that have a blank before and behind them.</summary>
    public string Pattern { get; } = " " + string.Join(' ', Words) + (IsBeginning ? "" : " ");

    internal static LookedFor Of(List<FoldedWord> words, bool isPhrase)
    {
        // Of a row of signs the last one stands alone only where the text ends its row: it is in the pair before it.
        var isPaired = words is [.., { IsRun: true } before, { IsRun: true }] && before.Word.EnumerateRunes().Skip(1).Any();
        if (isPaired) words.RemoveAt(words.Count - 1);
        return new([.. words.Select(w => w.Word)], !isPaired && (!isPhrase || words is [.., { IsRun: true }]));
    }

    /// <summary>The first of these words at which it stands; -1 when it does not.</summary>
    public int PlaceIn(IReadOnlyList<FoldedWord> words)
    {
        for (var from = 0; from + Words.Count <= words.Count; from++)
        {
            var same = 0;
            while (same < Words.Count && IsAt(same, words[from + same].Word)) same++;
            if (same == Words.Count) return from;
        }
        return -1;
    }

    private bool IsAt(int place, string word) =>
        word == Words[place] || (IsBeginning && place == Words.Count - 1 && word.StartsWith(Words[place], StringComparison.Ordinal));
}
