using ClassHub.Submissions;

namespace ClassHub.Marking;

/// <summary>How it went. The last one asks the pupil to hand in again.</summary>
public enum Result { GotIt, NearlyThere, NotYet, TryAgain }

/// <summary>A teacher's answer to one version of a piece of work: a draft until it is given back.</summary>
public sealed class Mark
{
    public const int LongestComment = 5_000;

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
    public DateTimeOffset? ReturnedAt { get; private set; }
    /// <summary>Concurrency token: a co-teacher's change is shown, never overwritten.</summary>
    public int Version { get; private set; }

    private Mark() { }
    public Mark(Submission submission) => (Submission, SubmissionId, Number) = (submission, submission.Id, submission.Number);

    public bool IsEmpty => Result is null && Points is null && Comment == "";

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

    /// <exception cref="RuleBroken">Nothing was said yet.</exception>
    public void GiveBack(DateTimeOffset now)
    {
        if (IsEmpty) throw new RuleBroken("Say how it went, or write a comment, before you give it back.", "Result");
        ReturnedAt = now;
        Version++;
    }
}
