using System.Security.Cryptography;
using System.Text;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Notifications;
using ClassHub.School;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Submissions;

/// <summary>What came with one press of "Hand in". <paramref name="Files"/> are already durably stored; <paramref name="ArrivedAt"/> is when the request began.</summary>
public sealed record HandInRequest(int TaskId, int PupilId, int ByPersonId, string Key, string? Text, IReadOnlyList<StoredFile> Files, bool IsOnPaper, DateTimeOffset ArrivedAt)
{
    /// <summary>When the first of its files began to arrive, if they were sent beforehand.</summary>
    public DateTimeOffset? BegunAt { get; init; }
    /// <summary>When a device without a connection finished it, counted from the server's own clock.</summary>
    public DateTimeOffset? MadeAt { get; init; }
    /// <summary>The draft that the page showed which hands in now, and the key of its form; none when nobody is there to be asked (a device's queue, a teacher).</summary>
    public int? Seen { get; init; }
    public string? Page { get; init; }
    /// <summary>When the school heard of the press, if files were still on their way then (see <see cref="HandInWish"/>): it counts as the arrival.</summary>
    public DateTimeOffset? PressedAt { get; init; }
    internal DateTimeOffset HeardAt => PressedAt < ArrivedAt ? PressedAt.Value : ArrivedAt;
}

/// <summary>This key was used for other work.</summary>
public sealed class KeyUsed() : RuleBroken("This form was handed in before with something else in it. Load the page again and check your work.", "Text");

/// <summary>Work is handed in: a frozen version, its receipt, and word to the teachers, in one transaction. The same key always gives the same version.</summary>
public sealed class HandInWork(ClassHubDb db, FileLimits limits, SchoolClock clock)
{
    private static readonly HotQuery<int, string, SubmissionVersion> Before = new((db, submissionId, key) => db.SubmissionVersions.AsNoTracking().Where(v => v.SubmissionId == submissionId && v.Key == key).OrderBy(v => v.Id).Take(1));
    private static readonly HotQuery<int, int, Arrangement> Arranged = new((db, taskId, pupilId) => db.Arrangements.AsNoTracking().Where(a => a.TaskId == taskId && a.PupilId == pupilId));
    private static readonly HotQuery<int, int, int> TeachersBut = new((db, classId, personId) => db.Memberships.Where(m => m.ClassId == classId && m.IsTeacher && m.PersonId != personId).Select(m => m.PersonId));

    /// <exception cref="RuleBroken">Nothing to hand in, closed, or given back already.</exception>
    /// <exception cref="KeyUsed">Another text or other files under a key that was used.</exception>
    /// <exception cref="DraftChanged">Another page or device saved other words meanwhile, and somebody is there to be asked.</exception>
    public async Task<SubmissionVersion> RunAsync(HandInRequest request, CancellationToken stop)
    {
        var key = CleanKey(request.Key);
        var hash = HashOf(request);
        return await db.WriteAsync(async () =>
        {
            var submission = await db.SubmissionForAsync(request.TaskId, request.PupilId, stop);
            if (await Before.RunAsync(db, submission.Id, key, stop) is [var before])
                return before.RequestHash == hash ? before : throw new KeyUsed();

            request = After(await LastAtAsync(submission, stop), request);
            var arrangement = (await Arranged.RunAsync(db, request.TaskId, request.PupilId, stop)).SingleOrDefault();
            var arriving = Standing.Of(submission.Task, arrangement, submission, request.HeardAt);
            var begun = arriving.CountsFrom(request.BegunAt, request.HeardAt);
            var counts = begun < request.HeardAt ? begun : arriving.CountsFrom(request.MadeAt, request.HeardAt, submission.Task.Grace, clock);
            var standing = Standing.Of(submission.Task, arrangement, submission, counts);
            var byTeacher = request.ByPersonId != request.PupilId;
            if (!standing.MayHandIn && !byTeacher) throw new RuleBroken(standing.IsClosed ? "This task is closed. Your work is saved here; ask your teacher." : "Your teacher has given this back already.", "Text");
            if (await UnseenAsync(submission, request, stop) is { } changed) throw changed;
            return await FreezeAsync(submission, request, counts, !(counts >= standing.Due.Over()), key, hash, stop);
        }, stop);
    }

    private async Task<DraftChanged?> UnseenAsync(Submission submission, HandInRequest request, CancellationToken stop)
    {
        if (request.Seen is null || request.Seen == submission.DraftVersion) return null;
        var newest = submission is { HasDraft: false, HandedInAt: not null } ? await db.NewestVersionAsync(submission, stop) : null;
        return submission.Unseen(request.Seen, request.Page, request.Text, newest);
    }

    private async Task<DateTimeOffset> LastAtAsync(Submission submission, CancellationToken stop) =>
        submission.Number == 0 ? DateTimeOffset.MinValue
        : submission.HandedInAt ?? await db.SubmissionVersions.Where(v => v.SubmissionId == submission.Id && v.Number == submission.Number).Select(v => v.HandedInAt).SingleAsync(stop);

    /// <summary>What comes after a version came after it, although the server's clock was set back meanwhile. A request that only took longer than another began when it began.</summary>
    private static HandInRequest After(DateTimeOffset last, HandInRequest request) =>
        last <= request.HeardAt ? request
        : last <= request.ArrivedAt ? request with { PressedAt = last }
        : request with { ArrivedAt = last, PressedAt = null, BegunAt = request.BegunAt < request.ArrivedAt ? request.BegunAt : request.ArrivedAt };

    private async Task<SubmissionVersion> FreezeAsync(Submission submission, HandInRequest request, DateTimeOffset counts, bool isOnTime, string key, string hash, CancellationToken stop)
    {
        submission.SaveDraft(request.Text, request.ArrivedAt, request.Page);
        // What waited on a device asks nobody: both are kept, and told at the next visit.
        if (request.MadeAt is not null && request.Seen is null) submission.Earlier.ForEach(e => e.Tell());
        foreach (var file in request.Files)
        {
            // Read again: it may have become part of other work since it arrived.
            submission.AttachToDraft(await db.Files.SingleAsync(f => f.Id == file.Id, stop), limits.FilesAPost, request.ArrivedAt);
        }
        var made = request.MadeAt ?? request.PressedAt;
        var waited = request.ArrivedAt - made > Standing.WorthTelling;
        var facts = new HandInFacts(key, hash, request.ByPersonId, request.IsOnPaper, counts) { IsOnTime = isOnTime };
        var version = submission.HandIn(waited ? facts with { MadeAt = made, ArrivedAt = request.ArrivedAt } : facts);
        db.SubmissionVersions.Add(version);
        await db.SaveChangesAsync(stop);

        var teachers = await TeachersBut.RunAsync(db, submission.ClassId, request.ByPersonId, stop);
        await db.NotifyAsync(teachers, NotificationKind.WorkHandedIn, submission.Id, version.Number, submission.ClassId, request.ArrivedAt, stop);
        return version;
    }

    /// <summary>Whatever the form carried becomes a key of its own; an empty one never matches another.</summary>
    internal static string CleanKey(string? key) => key is { Length: >= 16 and <= 64 } && key.All(char.IsAsciiLetterOrDigit) ? key : RandomKey.Hex();

    private static string HashOf(HandInRequest request) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', [request.IsOnPaper ? "paper" : "", .. request.Files.Select(f => f.Sha256), PlainText.Lines(request.Text, Submission.LongestText)]))));
}

public static class SubmissionRows
{
    /// <summary>The pupil's row for a task with its task and draft files; a new one when there is none yet.</summary>
    internal static async Task<Submission> SubmissionForAsync(this ClassHubDb db, int taskId, int pupilId, CancellationToken stop)
    {
        await db.WaitForWorkAsync(taskId, pupilId, stop);
        var submission = await db.Submissions.Include(s => s.Task).SingleOrDefaultAsync(s => s.TaskId == taskId && s.PupilId == pupilId, stop);
        if (submission is null) return db.Submissions.Add(new Submission(await db.Tasks.SingleAsync(t => t.Id == taskId, stop), pupilId)).Entity;
        // Asked for by themselves: joined to the row above, the engine reads the draft files of the whole school.
        if (submission.HasDraft) await db.DraftFiles.Include(f => f.File).Where(f => f.SubmissionId == submission.Id).LoadAsync(stop);
        return submission;
    }

    internal static async Task<Standing> StandingOfAsync(this ClassHubDb db, Submission submission, DateTimeOffset now, CancellationToken stop) =>
        Standing.Of(submission.Task, await db.Arrangements.AsNoTracking().SingleOrDefaultAsync(a => a.TaskId == submission.TaskId && a.PupilId == submission.PupilId, stop), submission, now);

    /// <exception cref="RuleBroken">Nothing more can be added.</exception>
    internal static async Task MustTakeWorkAsync(this ClassHubDb db, Submission submission, DateTimeOffset now, CancellationToken stop)
    {
        if (!(await db.StandingOfAsync(submission, now, stop)).MayHandIn) throw new RuleBroken("This task is closed, so nothing more can be added. Ask your teacher.", "Text");
    }

    internal static Task<SubmissionVersion> NewestVersionAsync(this ClassHubDb db, Submission submission, CancellationToken stop) =>
        db.SubmissionVersions.Include(v => v.Files).ThenInclude(f => f.File).SingleAsync(v => v.SubmissionId == submission.Id && v.Number == submission.Number, stop);
}
