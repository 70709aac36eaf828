using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Posts;

/// <summary>What a teacher does to a post that stays in its class. The page has asked the gate before.</summary>
public sealed class PostActions(ClassHubDb db, TimeProvider clock)
{
    public Task PinAsync(int postId, bool pin, CancellationToken stop) => ChangeAsync(postId, p => p.Pin(pin ? clock.GetUtcNow() : null), stop);

    /// <summary>Pupils no longer see it; it can be restored for thirty days.</summary>
    public Task BinAsync(int postId, CancellationToken stop) => ChangeAsync(postId, p => p.Bin(clock.GetUtcNow()), stop);

    public Task RestoreAsync(int postId, CancellationToken stop) => ChangeAsync(postId, p => p.Restore(), stop);

    private Task ChangeAsync(int postId, Action<Post> change, CancellationToken stop) => db.WriteAsync(async () =>
    {
        change(await db.Posts.SingleAsync(p => p.Id == postId, stop));
        await db.SaveChangesAsync(stop);
    }, stop);
}
