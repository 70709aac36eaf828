using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Posts;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Submissions;

/// <summary>Takes a post to another class of the same teacher. Work belongs where it was done, so a task with work in it is copied instead.</summary>
public sealed class MovePost(ClassHubDb db)
{
    /// <exception cref="RuleBroken">Not a class of this teacher, or pupils have begun.</exception>
    public Task RunAsync(Viewer teacher, int postId, int toClassId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        if (!teacher.Teaches.Contains(toClassId)) throw new RuleBroken("You can only move it to a class you teach.", "ClassId");
        var post = await db.Posts.Include(p => p.Readers).Include(p => p.Groups).AsSplitQuery().SingleAsync(p => p.Id == postId, stop);
        if (await db.Submissions.AnyAsync(s => s.TaskId == postId, stop)) throw new RuleBroken("Pupils have begun to work on it here. Copy it to the other class instead.", "ClassId");
        post.MoveTo(toClassId);
        (await db.Tasks.SingleOrDefaultAsync(t => t.Id == postId, stop))?.MoveTo(toClassId);
        await db.SaveChangesAsync(stop);
    }, stop);
}

/// <summary>Every night: posts that lay in the bin for thirty days go, except those that hold pupils' work.</summary>
public sealed class EmptyBin(ClassHubDb db, TimeProvider clock)
{
    public Task RunAsync(CancellationToken stop) => db.WriteAsync(async () =>
    {
        var before = clock.GetUtcNow() - Post.InBin;
        var gone = await db.Posts.Where(p => p.BinnedAt < before && !db.Submissions.Any(s => s.TaskId == p.Id)).OrderBy(p => p.Id).Take(500).Include(p => p.Files).ToListAsync(stop);
        var files = gone.SelectMany(p => p.Files).Select(f => f.FileId).Distinct().ToList();
        db.Posts.RemoveRange(gone);
        await db.SaveChangesAsync(stop);
        await db.LetGoOfUnusedAsync(files, stop);
    }, stop);
}
