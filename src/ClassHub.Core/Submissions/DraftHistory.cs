using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Submissions;

/// <summary>What a pupil does with the earlier words of their own draft. Nobody else sees them.</summary>
public sealed class DraftHistory(ClassHubDb db, FileLimits limits)
{
    /// <summary>They are the draft again, and what the draft held takes their place in the history.</summary>
    /// <exception cref="RuleBroken">The task is closed, or there would be too many files.</exception>
    public Task BringBackAsync(int taskId, int pupilId, int earlierId, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var submission = await db.SubmissionForAsync(taskId, pupilId, stop);
        var earlier = await db.EarlierDrafts.Include(e => e.Files).ThenInclude(f => f.File).SingleOrDefaultAsync(e => e.Id == earlierId && e.SubmissionId == submission.Id, stop);
        if (earlier is null) return;
        await db.MustTakeWorkAsync(submission, now, stop);
        if (submission is { HandedInAt: not null, HasDraft: false }) submission.StartChange(await db.NewestVersionAsync(submission, stop), now);
        submission.BringBack(earlier, limits.FilesAPost, now);
        db.EarlierDrafts.Remove(earlier);
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <summary>Puts words that were typed but not saved into the history, because their author takes others.</summary>
    public Task KeepAsync(int taskId, int pupilId, string? words, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var submission = await db.SubmissionForAsync(taskId, pupilId, stop);
        var text = PlainText.Lines(words, Submission.LongestText);
        if (string.IsNullOrWhiteSpace(text) || text == submission.DraftText) return;
        submission.Earlier.Add(new EarlierDraft(text, now, now));
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <summary>The author has read that there are two.</summary>
    public Task SeenAsync(int taskId, int pupilId, CancellationToken stop) => db.WriteAsync(() => Of(taskId, pupilId)
        .Where(e => e.IsToTell).ExecuteUpdateAsync(set => set.SetProperty(e => e.IsToTell, false), stop), stop);

    public Task EmptyAsync(int taskId, int pupilId, CancellationToken stop) => db.WriteAsync(() => db.ForgetAsync(Of(taskId, pupilId), stop), stop);

    private IQueryable<EarlierDraft> Of(int taskId, int pupilId) =>
        db.EarlierDrafts.Where(e => db.Submissions.Any(s => s.Id == e.SubmissionId && s.TaskId == taskId && s.PupilId == pupilId));
}

/// <summary>Every night: earlier words go after <see cref="EarlierDraft.Kept"/>.</summary>
public sealed class SweepEarlierDrafts(ClassHubDb db, TimeProvider clock)
{
    private const int AtOnce = 500;

    public async Task RunAsync(CancellationToken stop)
    {
        var before = clock.GetUtcNow() - EarlierDraft.Kept;
        while (await db.WriteAsync(() => db.ForgetAsync(db.EarlierDrafts.Where(e => e.ReplacedAt < before).OrderBy(e => e.Id).Take(AtOnce), stop), stop) == AtOnce) { }
    }
}

internal static class EarlierDraftRows
{
    /// <summary>With the files that nothing else shows. Returns how many.</summary>
    public static async Task<int> ForgetAsync(this ClassHubDb db, IQueryable<EarlierDraft> which, CancellationToken stop)
    {
        var gone = await which.Include(e => e.Files).ToListAsync(stop);
        db.EarlierDrafts.RemoveRange(gone);
        await db.SaveChangesAsync(stop);
        await db.LetGoOfUnusedAsync([.. gone.SelectMany(e => e.Files).Select(f => f.FileId)], stop);
        return gone.Count;
    }
}
