using ClassHub.Database;
using ClassHub.Media;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Submissions;

/// <summary>Hands work in whose files were still on their way when it was pressed: when the last is there, once, as of the press.
/// What came stays with the draft whatever becomes of the rest.</summary>
public sealed class HandInWhenThere(ClassHubDb db, HandInWork handIn, DraftWork draft, FileLimits limits, TimeProvider clock)
{
    private const int AtOnce = 200;

    /// <summary>Keeps the press. Where all files are there already it is handed in now.</summary>
    /// <param name="pressed">Without files: they are what is waited for.</param>
    /// <exception cref="RuleBroken">Closed, given back already, or an upload that is not theirs.</exception>
    public async Task WishAsync(HandInRequest pressed, IReadOnlyList<string> uploads, CancellationToken stop)
    {
        var key = HandInWork.CleanKey(pressed.Key);
        var wishId = await db.WriteAsync(async () =>
        {
            var of = db.SubmissionVersions.Where(v => v.Submission.TaskId == pressed.TaskId && v.Submission.PupilId == pressed.PupilId);
            if (await of.AnyAsync(v => v.Key == key, stop)) return 0;
            var known = await db.Uploads.CountAsync(u => uploads.Contains(u.Key) && u.OwnerId == pressed.PupilId, stop);
            if (uploads.Count == 0 || uploads.Count > limits.FilesAPost || known != uploads.Distinct().Count())
                throw new RuleBroken("One of the files is not on its way. Choose it again.", "Files");
            // Whatever becomes of the files, the words are at school.
            var submission = await draft.SaveAsync(pressed.TaskId, pressed.PupilId, pressed.Text, [], null, pressed.ArrivedAt, stop, pressed.Page);
            var wish = await db.HandInWishes.SingleOrDefaultAsync(w => w.SubmissionId == submission.Id && w.Key == key, stop)
                ?? db.HandInWishes.Add(new HandInWish(submission, key, pressed)).Entity;
            wish.WaitFor(uploads);
            await db.SaveChangesAsync(stop);
            return wish.Id;
        }, stop);
        if (wishId != 0) await CompleteAsync(wishId, stop);
    }

    /// <summary>The pupil changes the work instead. What was handed in already stays so.</summary>
    public Task WithdrawAsync(int taskId, int pupilId, string? key, CancellationToken stop) => db.WriteAsync(async () =>
    {
        db.HandInWishes.RemoveRange(await db.HandInWishes.Where(w => w.PupilId == pupilId && w.Submission.TaskId == taskId && w.Key == key).ToListAsync(stop));
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <summary>Something of this pupil's has arrived whole.</summary>
    public async Task ArrivedAsync(string upload, int pupilId, CancellationToken stop)
    {
        var waiting = await db.HandInWishes.Where(w => w.PupilId == pupilId && w.Awaits.Contains(upload)).Select(w => w.Id).ToListAsync(stop);
        foreach (var id in waiting) await CompleteAsync(id, stop);
    }

    /// <summary>Every ten seconds: what a stopped server left between the last piece and the hand-in, and what is waited for in vain.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var over = clock.GetUtcNow() - HandInWish.Lasts;
        await db.WriteAsync(async () =>
        {
            db.HandInWishes.RemoveRange(await db.HandInWishes.Where(w => w.PressedAt < over).OrderBy(w => w.Id).Take(AtOnce).ToListAsync(stop));
            await db.SaveChangesAsync(stop);
        }, stop);
        for (var last = 0; ;)
        {
            var some = await db.HandInWishes.Where(w => w.Id > last).OrderBy(w => w.Id).Take(AtOnce).Select(w => new { w.Id, w.Awaits }).ToListAsync(stop);
            if (some.Count == 0) return;
            last = some[^1].Id;
            var keys = some.SelectMany(w => w.Awaits.Split(' ')).ToHashSet();
            var there = await db.Files.Where(f => keys.Contains(f.Key)).Select(f => f.Key).ToHashSetAsync(stop);
            foreach (var wish in some.Where(w => w.Awaits.Split(' ').All(there.Contains))) await CompleteAsync(wish.Id, stop);
        }
    }

    private async Task CompleteAsync(int wishId, CancellationToken stop)
    {
        try { await db.WriteAsync(() => TryAsync(wishId, mayHandIn: true, stop), stop); }
        // Given back or closed meanwhile: what came stays in the draft, and the device is told why when it asks for its receipt.
        catch (RuleBroken) { await db.WriteAsync(() => TryAsync(wishId, mayHandIn: false, stop), stop); }
    }

    private async Task TryAsync(int wishId, bool mayHandIn, CancellationToken stop)
    {
        if (await db.HandInWishes.SingleOrDefaultAsync(w => w.Id == wishId, stop) is not { } wish) return;
        var keys = wish.Uploads;
        var files = await db.Files.Where(f => keys.Contains(f.Key) && f.OwnerId == wish.PupilId).ToListAsync(stop);
        var taskId = await db.Submissions.Where(s => s.Id == wish.SubmissionId).Select(s => s.TaskId).SingleAsync(stop);
        if (mayHandIn && files.Count == keys.Count) await handIn.RunAsync(await RequestOfAsync(wish, taskId, files, stop), stop);
        else await AttachAsync(taskId, wish.PupilId, files, stop);
        if (!mayHandIn || files.Count == keys.Count) db.HandInWishes.Remove(wish);
        await db.SaveChangesAsync(stop);
    }

    private async Task<HandInRequest> RequestOfAsync(HandInWish wish, int taskId, List<StoredFile> files, CancellationToken stop)
    {
        var keys = wish.Uploads;
        var inOrder = keys.Select(k => files.Single(f => f.Key == k)).ToList();
        return new(taskId, wish.PupilId, wish.PupilId, wish.Key, wish.Text, inOrder, wish.IsOnPaper, clock.GetUtcNow())
        {
            BegunAt = await db.Uploads.Where(u => keys.Contains(u.Key)).MinAsync(u => (DateTimeOffset?)u.StartedAt, stop),
            MadeAt = wish.MadeAt,
            PressedAt = wish.PressedAt,
        };
    }

    /// <summary>What has arrived is the pupil's to see on every device, and nobody sweeps it away.</summary>
    private async Task AttachAsync(int taskId, int pupilId, List<StoredFile> files, CancellationToken stop)
    {
        var submission = await db.SubmissionForAsync(taskId, pupilId, stop);
        foreach (var file in files.Where(f => f.ClaimedAt is null)) submission.AttachToDraft(file, limits.FilesAPost, clock.GetUtcNow());
        await db.SaveChangesAsync(stop);
    }
}
