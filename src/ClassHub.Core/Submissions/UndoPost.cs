using ClassHub.Classes;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Submissions;

/// <summary>Takes back what one press posted, to all its classes, before anybody is told of it: drafts again.</summary>
public sealed class UndoPost(ClassHubDb db)
{
    /// <param name="isSure">Do it although work has come; the work is kept, and its pupils go on seeing it.</param>
    /// <returns>How many pupils have handed in already. Unless one is sure, nothing was changed when there are any.</returns>
    /// <exception cref="RuleBroken">Pupils have been told of it.</exception>
    public Task<int> RunAsync(Viewer author, int postId, bool isSure, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var pressed = await db.Posts.SingleAsync(p => p.Id == postId, stop);
        if (pressed.IsDraft) return 0;
        // One press posts to all its classes within a moment; what of them nobody was told of yet came from it.
        var posts = await db.Posts.Where(p => p.Id == postId || (pressed.SetId != null && p.SetId == pressed.SetId && p.PublishTyped == null && p.PublishAt != null
            && p.AnnouncedAt == null && author.Teaches.Contains(p.ClassId))).ToListAsync(stop);
        if (pressed.AnnouncedAt is not null) throw new RuleBroken("Pupils have been told of it by now. You can put it into the bin instead.");
        var ids = posts.ConvertAll(p => p.Id);
        var came = await db.Submissions.CountAsync(s => ids.Contains(s.TaskId) && s.Number > 0, stop);
        if (came > 0 && !isSure) return came;
        foreach (var post in posts) post.Draft();
        await db.SaveChangesAsync(stop);
        return came;
    }, stop);
}
