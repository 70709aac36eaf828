using ClassHub.Database;
using ClassHub.Notifications;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Posts;

/// <summary>Every ten seconds: tells pupils of posts whose moment has come. The row is the schedule; running twice, late, or on two machines changes nothing. Visibility never waits for this.</summary>
public sealed class AnnounceDuePosts(ClassHubDb db, TimeProvider clock)
{
    /// <summary>What came out longer ago than this is no news any more.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromDays(7);

    /// <summary>As many in one transaction: each waits for the disk once, and no writer waits long for them.</summary>
    private const int AtOnce = 25;

    public async Task RunAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        // Posted by a press, it is in sight at once and told when the press can be taken back no more. What was scheduled waits for nothing.
        var pressed = now - Undo.Lasts;
        while (true)
        {
            var due = await db.Posts.Where(p => p.AnnouncedAt == null && p.BinnedAt == null && p.PublishAt <= now && (p.PublishTyped != null || p.PublishAt <= pressed))
                .OrderBy(p => p.PublishAt).ThenBy(p => p.Id).Select(p => new DuePost(p.Id, p.ClassId, p.PublishAt > now - Stale)).Take(8 * AtOnce).ToListAsync(stop);
            foreach (var some in due.Chunk(AtOnce)) await AnnounceAsync(some, now, stop);
            if (due.Count < 8 * AtOnce) return;
        }
    }

    private Task AnnounceAsync(DuePost[] due, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var news = new List<DuePost>();
        foreach (var post in due)
        {
            var claimed = await db.Posts.Where(p => p.Id == post.Id && p.AnnouncedAt == null).ExecuteUpdateAsync(set => set.SetProperty(p => p.AnnouncedAt, now), stop);
            if (claimed == 1 && post.IsNews) news.Add(post);
        }
        if (news.Count == 0) return;
        var ids = news.ConvertAll(p => p.Id);
        var readers = (await db.AudiencesOf(db.Posts.Where(p => ids.Contains(p.Id))).ToListAsync(stop)).ToLookup(a => a.PostId, a => a.PersonId);
        foreach (var post in news) await db.NotifyAsync([.. readers[post.Id]], NotificationKind.PostPublished, post.Id, occurrence: 0, post.ClassId, now, stop);
    }, stop);

    private sealed record DuePost(int Id, int ClassId, bool IsNews);
}
