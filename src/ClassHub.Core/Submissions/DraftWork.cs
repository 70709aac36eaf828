using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Submissions;

/// <summary>What a pupil does to work that is not handed in yet, or not any more.</summary>
public sealed class DraftWork(ClassHubDb db, FileLimits limits)
{
    /// <param name="seenVersion">The draft the device was looking at; another device's newer words are never overwritten unasked. None: take it as it comes.</param>
    /// <exception cref="RuleBroken">Changed on another device, too long, or closed.</exception>
    public Task<Submission> SaveAsync(int taskId, int pupilId, string? text, IReadOnlyList<StoredFile> files, int? seenVersion, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var submission = await db.SubmissionForAsync(taskId, pupilId, stop);
        await MustBeOpenAsync(submission, now, stop);
        if (seenVersion is not null && submission.HasDraft && submission.DraftVersion != seenVersion && submission.DraftText != PlainText.Lines(text, Submission.LongestText))
            throw new DraftChanged(submission.DraftVersion);
        submission.SaveDraft(text, now);
        foreach (var file in files)
        {
            submission.AttachToDraft(await db.Files.SingleAsync(f => f.Id == file.Id, stop), limits.FilesAPost, now);
        }
        await db.SaveChangesAsync(stop);
        return submission;
    }, stop);

    public Task RemoveFileAsync(int taskId, int pupilId, int fileId, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var submission = await db.SubmissionForAsync(taskId, pupilId, stop);
        if (submission.DraftFiles.All(f => f.FileId != fileId)) return;
        submission.Detach(fileId, now);
        await db.SaveChangesAsync(stop);
        // The file stays while a version that was handed in shows it.
        await db.LetGoOfUnusedAsync([fileId], stop);
    }, stop);

    /// <summary>The pages of an exercise book are photographed in one order and read in another.</summary>
    public Task MoveFileAsync(int taskId, int pupilId, int fileId, bool earlier, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var submission = await db.SubmissionForAsync(taskId, pupilId, stop);
        submission.Move(fileId, earlier, now);
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <summary>Opens the newest hand-in as a draft again; it stays handed in until a new version comes.</summary>
    public Task StartChangeAsync(int taskId, int pupilId, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var submission = await db.SubmissionForAsync(taskId, pupilId, stop);
        await MustBeOpenAsync(submission, now, stop);
        if (submission.Number == 0 || submission.HasDraft) return;
        submission.StartChange(await db.NewestVersionAsync(submission, stop), now);
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <summary>Keeps what was handed in and forgets the changes begun since.</summary>
    public Task DropChangeAsync(int taskId, int pupilId, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var submission = await db.SubmissionForAsync(taskId, pupilId, stop);
        if (submission.HandedInAt is null) throw new RuleBroken("This is not handed in, so it stays as your draft.");
        var files = submission.DraftFiles.ConvertAll(f => f.FileId);
        submission.DropDraft();
        await db.SaveChangesAsync(stop);
        await db.LetGoOfUnusedAsync(files, stop);
    }, stop);

    /// <exception cref="RuleBroken">Not handed in, given back already, or closed.</exception>
    public Task TakeBackAsync(int taskId, int pupilId, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var submission = await db.SubmissionForAsync(taskId, pupilId, stop);
        if (submission.HandedInAt is null) return;
        if (!(await StandingAsync(submission, now, stop)).MayTakeBack) throw new RuleBroken("It is too late to take this back. Ask your teacher.");
        submission.TakeBack(await db.NewestVersionAsync(submission, stop), now);
        await db.SaveChangesAsync(stop);
    }, stop);

    private async Task MustBeOpenAsync(Submission submission, DateTimeOffset now, CancellationToken stop)
    {
        if (!(await StandingAsync(submission, now, stop)).MayHandIn) throw new RuleBroken("This task is closed, so nothing more can be added. Ask your teacher.", "Text");
    }

    private async Task<Standing> StandingAsync(Submission submission, DateTimeOffset now, CancellationToken stop) =>
        Standing.Of(submission.Task, await db.Arrangements.AsNoTracking().SingleOrDefaultAsync(a => a.TaskId == submission.TaskId && a.PupilId == submission.PupilId, stop), submission, now);
}

/// <summary>Another device saved newer words; nothing was overwritten.</summary>
/// <param name="version">The draft that is there now.</param>
public sealed class DraftChanged(int version) : Exception("This was changed in another tab or on another device. Your words here are still in the box: keep these, or load the page again to see the others.")
{
    public int Version => version;
}
