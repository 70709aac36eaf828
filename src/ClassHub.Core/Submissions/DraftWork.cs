using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Submissions;

/// <summary>What a pupil does to work that is not handed in yet, or not any more.</summary>
public sealed class DraftWork(ClassHubDb db, FileLimits limits)
{
    /// <param name="seenVersion">The draft the device was looking at; another device's newer words are never overwritten unasked. None: take it as it comes.</param>
    /// <param name="page">The key of the form that saves, so that a page's own last save is told from another's.</param>
    /// <exception cref="DraftChanged">Another page or device saved other words meanwhile; nothing was overwritten.</exception>
    /// <exception cref="RuleBroken">Too long, or closed.</exception>
    public Task<Submission> SaveAsync(int taskId, int pupilId, string? text, IReadOnlyList<StoredFile> files, int? seenVersion, DateTimeOffset now, CancellationToken stop, string? page = null) => db.WriteAsync(async () =>
    {
        var submission = await db.SubmissionForAsync(taskId, pupilId, stop);
        await db.MustTakeWorkAsync(submission, now, stop);
        if (submission.Unseen(seenVersion, page, text, newest: null) is { } changed) throw changed;
        submission.SaveDraft(text, now, page);
        foreach (var file in files)
        {
            submission.AttachToDraft(await db.Files.SingleAsync(f => f.Id == file.Id, stop), limits.FilesAPost, now);
        }
        await db.SaveChangesAsync(stop);
        return submission;
    }, stop);

    /// <summary>Files that came with words of which the pupil is asked first; the words stay as they are.</summary>
    public Task AttachAsync(int taskId, int pupilId, IReadOnlyList<StoredFile> files, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        if (files.Count == 0) return;
        var submission = await db.SubmissionForAsync(taskId, pupilId, stop);
        await db.MustTakeWorkAsync(submission, now, stop);
        foreach (var file in files) submission.AttachToDraft(await db.Files.SingleAsync(f => f.Id == file.Id, stop), limits.FilesAPost, now);
        await db.SaveChangesAsync(stop);
    }, stop);

    public Task RemoveFileAsync(int taskId, int pupilId, int fileId, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var submission = await db.SubmissionForAsync(taskId, pupilId, stop);
        submission.Detach(fileId, now);
        await db.SaveChangesAsync(stop);
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
        await db.MustTakeWorkAsync(submission, now, stop);
        if (submission.Number == 0 || submission.HasDraft) return;
        submission.StartChange(await db.NewestVersionAsync(submission, stop), now);
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <summary>Keeps what was handed in; the changes begun since go into the history.</summary>
    public Task DropChangeAsync(int taskId, int pupilId, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var submission = await db.SubmissionForAsync(taskId, pupilId, stop);
        if (submission.HandedInAt is null) throw new RuleBroken("This is not handed in, so it stays as your draft.");
        if (!submission.HasDraft) return;
        submission.DropDraft(await db.NewestVersionAsync(submission, stop), now);
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <exception cref="RuleBroken">Not handed in, given back already, or closed.</exception>
    public Task TakeBackAsync(int taskId, int pupilId, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var submission = await db.SubmissionForAsync(taskId, pupilId, stop);
        if (submission.HandedInAt is null) return;
        if (!(await db.StandingOfAsync(submission, now, stop)).MayTakeBack) throw new RuleBroken("It is too late to take this back. Ask your teacher.");
        submission.TakeBack(await db.NewestVersionAsync(submission, stop), now);
        await db.SaveChangesAsync(stop);
    }, stop);
}

/// <summary>Another page or device saved other words, or handed them in; nothing was overwritten. Whoever is asked has both.</summary>
public sealed class DraftChanged(int version, string words, DateTimeOffset savedAt, bool isHandedIn) : Exception(isHandedIn
    ? "This was handed in from another tab or device while you wrote here. Your words here are still in the box."
    : "Other words were saved in another tab or on another device. Yours are still in the box. Whichever you do not take is kept under Earlier words.")
{
    /// <summary>The draft that is there now: who sends it as seen is not asked again.</summary>
    public int Version => version;
    public string Words => words;
    public DateTimeOffset SavedAt => savedAt;
    public bool IsHandedIn => isHandedIn;
}
