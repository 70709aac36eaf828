using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Posts;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Planning;

/// <summary>Ends a repeated post: what of it is still to come goes into the bin in one go, and comes back in one go.</summary>
public sealed class StopRepeat(ClassHubDb db, TimeProvider clock)
{
    /// <summary>The others of its series that wait for their moment.</summary>
    public IQueryable<Post> ToCome(Viewer teacher, int postId) => Others(teacher, postId).Where(p => p.BinnedAt == null);

    private IQueryable<Post> Others(Viewer teacher, int postId)
    {
        var (teaches, now) = (teacher.Teaches, clock.GetUtcNow());
        return from one in db.Posts
               where one.Id == postId && one.SeriesId != null && teaches.Contains(one.ClassId)
               from post in db.Posts
               where post.SeriesId == one.SeriesId && post.ClassId == one.ClassId && post.Id != postId && post.PublishAt > now
               select post;
    }

    /// <returns>How many went into the bin. The post itself stays.</returns>
    public Task<int> RunAsync(Viewer teacher, int postId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        // At one moment: by it the undo knows what went together.
        var now = clock.GetUtcNow();
        var rest = await ToCome(teacher, postId).ToListAsync(stop);
        foreach (var post in rest) post.Bin(now);
        await db.SaveChangesAsync(stop);
        return rest.Count;
    }, stop);

    /// <summary>What went into the bin last comes out of it, if its moment is still to come.</summary>
    public Task<int> UndoAsync(Viewer teacher, int postId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var binned = await Others(teacher, postId).Where(p => p.BinnedAt != null).ToListAsync(stop);
        var last = binned.Where(p => p.BinnedAt == binned.Max(b => b.BinnedAt)).ToList();
        foreach (var post in last) post.Restore();
        await db.SaveChangesAsync(stop);
        return last.Count;
    }, stop);
}
