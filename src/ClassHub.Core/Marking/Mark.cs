using ClassHub.Media;
using ClassHub.Submissions;

namespace ClassHub.Marking;

/// <summary>How it went. The last one asks the pupil to hand in again.</summary>
public enum Result { GotIt, NearlyThere, NotYet, TryAgain }

/// <summary>A teacher's answer to one version of a piece of work: a draft until it is given back.</summary>
public sealed class Mark
{
    public const int LongestComment = 5_000, MostFiles = 5;

    public int Id { get; private set; }
    public int SubmissionId { get; private set; }
    public Submission Submission { get; private set; } = null!;
    /// <summary>The version of the work it answers.</summary>
    public int Number { get; private set; }
    public Result? Result { get; private set; }
    public decimal? Points { get; private set; }
    public string Comment { get; private set; } = "";
    public int MarkedById { get; private set; }
    public DateTimeOffset SavedAt { get; private set; }
    /// <summary>From when the pupil sees it: <see cref="Undo.Lasts"/> after the press, so that a slip can be taken back without a trace.</summary>
    public DateTimeOffset? ReturnedAt { get; private set; }
    /// <summary>When a page of the pupil or a guardian told that somebody had it before their eyes.</summary>
    public DateTimeOffset? OpenedAt { get; private set; }
    /// <summary>The teacher took it back to change it, after the pupil could have seen it.</summary>
    public DateTimeOffset? TakenBackAt { get; private set; }
    /// <summary>Concurrency token: a co-teacher's change is shown, never overwritten.</summary>
    public int Version { get; private set; }

    /// <summary>What goes with the answer: a voice, a page with ticks. Asked for with the mark, or there are none here.</summary>
    public List<MarkFile> Files { get; private set; } = [];

    private Mark() { }
    public Mark(Submission submission) => (Submission, SubmissionId, Number) = (submission, submission.Id, submission.Number);

    public bool IsEmpty => Result is null && Points is null && Comment == "" && Files.Count == 0;

    /// <exception cref="RuleBroken">Points out of range, or the comment too long.</exception>
    public void Save(Result? result, decimal? points, decimal? mostPoints, string? comment, int byPersonId, DateTimeOffset now)
    {
        if (points is not null && mostPoints is null) throw new RuleBroken("This task gives no points.", "Points");
        if (points < 0 || points > mostPoints) throw new RuleBroken($"Points go from 0 to {mostPoints:0.##}.", "Points");
        if (points is { } p && decimal.Round(p, 2) != p) throw new RuleBroken("Points have at most two decimals.", "Points");
        if (comment?.Length > LongestComment) throw new RuleBroken($"A comment has at most {LongestComment:N0} characters.", "Comment");
        (Result, Points, Comment, MarkedById, SavedAt) = (result, points, PlainText.Lines(comment, LongestComment).Trim(), byPersonId, now);
        Version++;
    }

    /// <summary>A file that is there already stays where it is, so that the same form sent twice adds nothing.</summary>
    /// <exception cref="RuleBroken">Too many, or the file belongs to something else already.</exception>
    public void Attach(StoredFile file, DateTimeOffset now)
    {
        if (Files.Any(f => f.FileId == file.Id)) return;
        if (file.ClaimedAt is not null) throw new RuleBroken($"“{file.Name}” belongs to something else already. Choose it again.", "Files");
        if (Files.Count >= MostFiles) throw new RuleBroken($"At most {MostFiles} files go with one answer. Remove one first.", "Files");
        Files.Add(new MarkFile(file, Files.Count == 0 ? 0 : Files.Max(f => f.Place) + 1));
        file.Claim(now);
        Version++;
    }

    public void Detach(int fileId)
    {
        if (Files.RemoveAll(f => f.FileId == fileId) > 0) Version++;
    }

    /// <exception cref="RuleBroken">Nothing was said yet.</exception>
    public void GiveBack(DateTimeOffset now)
    {
        if (IsEmpty) throw new RuleBroken("Say how it went, write a comment or add a file, before you give it back.", "Result");
        // What the pupil sees already stays in sight while it is changed.
        if (!(ReturnedAt <= now)) (ReturnedAt, OpenedAt, TakenBackAt) = (now + Undo.Lasts, null, null);
        Version++;
    }

    /// <summary>For so long feedback can be taken back that nobody has opened.</summary>
    public static readonly TimeSpan MayBeTakenBackFor = TimeSpan.FromDays(1);

    public static bool MayBeTakenBack(DateTimeOffset? returnedAt, DateTimeOffset? openedAt, DateTimeOffset now) => returnedAt > now || (openedAt is null && returnedAt > now - MayBeTakenBackFor);

    /// <summary>A draft again. Within <see cref="Undo.Lasts"/> as if it had never been given back.</summary>
    /// <exception cref="RuleBroken">Somebody has opened it, or it was given back too long ago.</exception>
    public void TakeBack(DateTimeOffset now)
    {
        if (!MayBeTakenBack(ReturnedAt, OpenedAt, now)) throw new RuleBroken(OpenedAt is null ? "This was given back more than a day ago, so it stays." : "It has been opened already, so it stays. You can still change it.");
        (TakenBackAt, ReturnedAt) = (ReturnedAt > now ? null : now, null);
        Version++;
    }
}

/// <summary>A file of a mark; with it a draft until it is given back.</summary>
public sealed class MarkFile
{
    public int MarkId { get; private set; }
    public Mark Mark { get; private set; } = null!;
    public int FileId { get; private set; }
    public StoredFile File { get; private set; } = null!;
    public int Place { get; private set; }
    private MarkFile() { }
    internal MarkFile(StoredFile file, int place) => (File, FileId, Place) = (file, file.Id, place);
}
