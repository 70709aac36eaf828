using System.Linq.Expressions;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Media;

/// <summary>Takes a file in: bytes first, durably, then the row. What is not claimed by a post or a hand-in within a day is swept away.</summary>
public sealed class KeepFile(ClassHubDb db, IFileStore store, FileLimits limits, TimeProvider clock)
{
    /// <exception cref="RuleBroken">Empty, too big, or the space of this pupil or class is used up.</exception>
    public async Task<StoredFile> RunAsync(Stream content, string? name, int ownerId, bool isStaff, int? classId, CancellationToken stop)
    {
        await MustHaveSpaceAsync(ownerId, isStaff, classId, 0, stop);
        var bytes = await store.SaveAsync(content, limits.OneFile(isStaff), stop);
        if (bytes.Size == 0)
        {
            await store.DeleteAsync(bytes.Key, CancellationToken.None);
            throw new RuleBroken($"“{PlainText.Line(name, 60)}” is empty. Choose it again.", "Files");
        }
        var inside = await store.KindInsideAsync(bytes, stop);
        return await db.WriteAsync(async () =>
        {
            var file = db.Files.Add(new StoredFile(bytes, name, ownerId, classId, clock.GetUtcNow(), inside)).Entity;
            await db.SaveChangesAsync(stop);
            return file;
        }, stop);
    }

    /// <param name="more">Bytes about to come; 0 when nobody knows.</param>
    internal async Task MustHaveSpaceAsync(int ownerId, bool isStaff, int? classId, long more, CancellationToken stop)
    {
        if (!isStaff && await db.Files.Where(f => f.OwnerId == ownerId).SumAsync(f => f.Size, stop) + await OnTheWayAsync(u => u.OwnerId == ownerId, stop) + more > limits.Pupil - (more == 0 ? 1 : 0))
            throw new RuleBroken("Your space for files is full. Ask your teacher.", "Files");
        if (classId is not null && await db.Files.Where(f => f.ClassId == classId).SumAsync(f => f.Size, stop) + await OnTheWayAsync(u => u.ClassId == classId, stop) + more > limits.Class - (more == 0 ? 1 : 0))
            throw new RuleBroken("This class has used up its space for files. Ask the school office.", "Files");
    }

    /// <summary>Room is promised to what has begun: many files begun at once do not pass one after the other.</summary>
    private Task<long> OnTheWayAsync(Expression<Func<Upload, bool>> whose, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return db.Uploads.Where(whose).Where(u => u.FileId == null && u.ExpiresAt > now).SumAsync(u => u.Length, stop);
    }
}

/// <summary>Every night: bytes nobody claimed within a day, and rows whose owner let go, are removed. Row first, then bytes, so nothing points at nothing.</summary>
public sealed class SweepUnusedFiles(ClassHubDb db, IFileStore store, UnfinishedFiles unfinished, TimeProvider clock)
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken stop)
    {
        var before = clock.GetUtcNow() - Grace;
        await db.WriteAsync(() => db.Files.Where(f => f.ClaimedAt == null && f.CreatedAt < before).ExecuteDeleteAsync(stop), stop);

        await db.WriteAsync(() => db.Uploads.Where(u => u.ExpiresAt < before).ExecuteDeleteAsync(stop), stop);
        foreach (var key in unfinished.Before(before)) unfinished.Delete(key);

        foreach (var some in store.Before(before).Chunk(500))
        {
            var names = some.Select(k => k.Value).ToList();
            var known = await db.Files.Where(f => names.Contains(f.Key)).Select(f => f.Key)
                .Concat(db.Renditions.Where(r => names.Contains(r.Key)).Select(r => r.Key)).ToListAsync(stop);
            foreach (var name in names.Except(known)) await store.DeleteAsync(new FileKey(name), stop);
        }
    }
}
