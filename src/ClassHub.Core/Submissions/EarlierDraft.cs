using ClassHub.Media;

namespace ClassHub.Submissions;

/// <summary>Words or files that a draft held and that were replaced or taken out: they stay for their author, who can bring them back.</summary>
public sealed class EarlierDraft
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    /// <summary>Of one page's own saves the last of every five minutes is kept.</summary>
    private static readonly TimeSpan OwnSaves = TimeSpan.FromMinutes(5);
    /// <summary>And any that lost more letters than this.</summary>
    private const int FewLetters = 50;

    public int Id { get; private set; }
    public int SubmissionId { get; private set; }
    /// <summary>Empty when only files were taken out.</summary>
    public string Text { get; private set; } = "";
    public DateTimeOffset SavedAt { get; private set; }
    public DateTimeOffset ReplacedAt { get; private set; }
    /// <summary>Replaced by work that had waited on a device: its author has not been told yet.</summary>
    public bool IsToTell { get; private set; }
    public List<EarlierDraftFile> Files { get; private set; } = [];

    private EarlierDraft() { }

    public EarlierDraft(string? text, DateTimeOffset savedAt, DateTimeOffset now, IReadOnlyList<StoredFile>? files = null)
    {
        (Text, SavedAt, ReplacedAt) = (text ?? "", savedAt, now);
        foreach (var (place, file) in (files ?? []).Index()) Files.Add(new EarlierDraftFile(file, place));
    }

    internal void Tell() => IsToTell = true;

    /// <summary>Whether words that are replaced go into the history.</summary>
    /// <param name="isOwn">The page that replaces them saved them itself.</param>
    public static bool IsKept(string? old, DateTimeOffset savedAt, string words, DateTimeOffset now, bool isOwn) =>
        !string.IsNullOrWhiteSpace(old) && old != words && (!isOwn || Slot(savedAt) != Slot(now) || LettersLost(old, words) > FewLetters);

    private static long Slot(DateTimeOffset at) => at.UtcTicks / OwnSaves.Ticks;

    /// <summary>What of the old words is gone when one place was changed: all between the beginning and the end that are still there.</summary>
    private static int LettersLost(string old, string words)
    {
        var shorter = Math.Min(old.Length, words.Length);
        var start = old.AsSpan().CommonPrefixLength(words);
        var end = 0;
        while (end < shorter - start && old[^(end + 1)] == words[^(end + 1)]) end++;
        return old.Length - start - end;
    }
}

public sealed class EarlierDraftFile
{
    public int EarlierDraftId { get; private set; }
    public int FileId { get; private set; }
    public StoredFile File { get; private set; } = null!;
    public int Place { get; private set; }
    private EarlierDraftFile() { }
    internal EarlierDraftFile(StoredFile file, int place) => (File, FileId, Place) = (file, file.Id, place);
}
