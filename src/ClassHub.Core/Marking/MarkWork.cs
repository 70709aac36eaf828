using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Notifications;
using ClassHub.Submissions;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Marking;

/// <summary>What a teacher wrote on one piece of work. <paramref name="SeenVersion"/> is the mark they were looking at, 0 when there was none.</summary>
public sealed record MarkWords(Result? Result, decimal? Points, string? Comment, int SeenVersion)
{
    /// <summary>What came along; those already with the mark stay there without being named.</summary>
    public IReadOnlyList<StoredFile> Files { get; init; } = [];
}

/// <summary>Marks are drafts until they are given back.</summary>
public sealed class MarkWork(ClassHubDb db, TimeProvider clock)
{
    /// <exception cref="MarkChanged">A co-teacher wrote something else meanwhile; nothing was overwritten.</exception>
    public Task<Mark> SaveAsync(int submissionId, int teacherId, MarkWords words, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var submission = await db.Submissions.Include(s => s.Task).SingleAsync(s => s.Id == submissionId, stop);
        return await SaveAsync(submission, teacherId, words, stop);
    }, stop);

    /// <summary>Saves what was typed and takes one file away. Where it was given back the pupil no longer sees that file.</summary>
    /// <exception cref="MarkChanged">A co-teacher wrote something else meanwhile; nothing was changed.</exception>
    public Task<Mark> RemoveFileAsync(int submissionId, int teacherId, MarkWords words, int fileId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var submission = await db.Submissions.Include(s => s.Task).SingleAsync(s => s.Id == submissionId, stop);
        var mark = await SaveAsync(submission, teacherId, words, stop);
        if (mark.Files.All(f => f.FileId != fileId)) return mark;
        mark.Detach(fileId);
        await db.SaveChangesAsync(stop);
        await db.LetGoOfUnusedAsync([fileId], stop);
        return mark;
    }, stop);

    /// <summary>Saves and gives back: the pupil sees it, and is told, when <see cref="Undo.Lasts"/> is over.</summary>
    public Task<Mark> GiveBackAsync(int submissionId, int teacherId, MarkWords words, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var submission = await db.Submissions.Include(s => s.Task).SingleAsync(s => s.Id == submissionId, stop);
        var mark = await SaveAsync(submission, teacherId, words, stop);
        await ReturnAsync(mark, submission, clock.GetUtcNow(), stop);
        return mark;
    }, stop);

    /// <summary>Gives back everything of a task that has a mark and was not given back; returns how many, and from when the pupils see it.</summary>
    public Task<(int Count, DateTimeOffset From)> GiveBackAllAsync(int taskId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var now = clock.GetUtcNow();
        var ready = await db.Marks.Include(m => m.Submission).Include(m => m.Files).Where(m => m.Submission.TaskId == taskId && m.ReturnedAt == null && m.Number == m.Submission.Number && m.Submission.HandedInAt != null && m.Submission.ReturnedAt == null).OrderBy(m => m.Id).ToListAsync(stop);
        foreach (var mark in ready.Where(m => !m.IsEmpty)) await ReturnAsync(mark, mark.Submission, now, stop);
        return (ready.Count(m => !m.IsEmpty), now + Undo.Lasts);
    }, stop);

    private async Task<Mark> SaveAsync(Submission submission, int teacherId, MarkWords words, CancellationToken stop)
    {
        if (submission.HandedInAt is null) throw new RuleBroken("The pupil has taken this back to change it. It comes again.", "Comment");
        var mark = await db.Marks.Include(m => m.Files).SingleOrDefaultAsync(m => m.SubmissionId == submission.Id && m.Number == submission.Number, stop);
        if ((mark?.Version ?? 0) != words.SeenVersion) throw new MarkChanged();
        mark ??= db.Marks.Add(new Mark(submission)).Entity;
        // Read again: it may have become part of something else since it arrived.
        foreach (var file in words.Files) mark.Attach(await db.Files.SingleAsync(f => f.Id == file.Id, stop), clock.GetUtcNow());
        mark.Save(words.Result, words.Points, submission.Task.MostPoints, words.Comment, teacherId, clock.GetUtcNow());
        await db.SaveChangesAsync(stop);
        return mark;
    }

    private async Task ReturnAsync(Mark mark, Submission submission, DateTimeOffset now, CancellationToken stop)
    {
        mark.GiveBack(now);
        submission.GiveBack(mark.Result == Result.TryAgain, mark.ReturnedAt!.Value);
        await db.SaveChangesAsync(stop);
        await db.NotifyAsync([submission.PupilId], NotificationKind.WorkReturned, submission.Id, mark.Version, submission.ClassId, Later(mark.ReturnedAt.Value, now), stop);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>It is a draft again. Nobody hears of it within <see cref="Undo.Lasts"/>; afterwards, while nobody has opened it, the pupil reads that it was taken back.</summary>
    /// <exception cref="RuleBroken">Opened, too long ago, or the pupil has handed in again.</exception>
    public Task TakeBackAsync(int submissionId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var mark = await db.Marks.Include(m => m.Submission).Where(m => m.SubmissionId == submissionId && m.ReturnedAt != null).OrderByDescending(m => m.Number).FirstOrDefaultAsync(stop);
        if (mark is not null) await TakeBackAsync(mark, stop);
    }, stop);

    /// <summary>All of a task that one press gave back, as long as none of it is seen; returns how many.</summary>
    /// <param name="from">When the pupils would have seen it.</param>
    public Task<int> TakeAllBackAsync(int taskId, DateTimeOffset from, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var now = clock.GetUtcNow();
        var given = await db.Marks.Include(m => m.Submission).Where(m => m.Submission.TaskId == taskId && m.ReturnedAt == from && m.ReturnedAt > now).OrderBy(m => m.Id).ToListAsync(stop);
        foreach (var mark in given) await TakeBackAsync(mark, stop);
        return given.Count;
    }, stop);

    private async Task TakeBackAsync(Mark mark, CancellationToken stop)
    {
        var (now, submission) = (clock.GetUtcNow(), mark.Submission);
        if (mark.Number == submission.Number && submission.HandedInAt is null) throw new RuleBroken("The pupil has taken the work back to change it.");
        if (mark.Number != submission.Number) throw new RuleBroken("The pupil has handed in again already, so the feedback stays with the version before.");
        var given = mark.ReturnedAt!.Value;
        mark.TakeBack(now);
        submission.TakeBackFeedback();
        await db.SaveChangesAsync(stop);
        // What was told of it leads nowhere now.
        await db.ForgetFromAsync(NotificationKind.WorkReturned, submission.Id, given, stop);
    }

    /// <summary>A page of the pupil or a guardian has shown the feedback. Told by the page itself, never by asking for it: programs fetch pages that nobody looks at.</summary>
    public Task OpenedAsync(int submissionId, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return db.WriteAsync(() => db.Marks.Where(m => m.SubmissionId == submissionId && m.ReturnedAt <= now && m.OpenedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.OpenedAt, now), stop), stop);
    }
}

/// <summary>A co-teacher changed the mark meanwhile: the page shows theirs beside what was typed.</summary>
public sealed class MarkChanged() : Exception("A co-teacher changed this mark while you were writing.");
