using ClassHub.Database;
using ClassHub.Notifications;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Posts;

/// <summary>Every ten seconds: tells pupils of posts whose moment has come. The row is the schedule; running twice, late, or on two machines changes nothing. Visibility never waits for this.</summary>
public sealed class AnnounceDuePosts(ClassHubDb db, TimeProvider clock)
{
    /// <summary>What came out longer ago than this is no news any more.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromDays(7);

    public async Task RunAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        while (true)
        {
            var due = await db.Posts.Where(p => p.AnnouncedAt == null && p.BinnedAt == null && p.PublishAt <= now)
                .OrderBy(p => p.PublishAt).ThenBy(p => p.Id).Select(p => new { p.Id, p.ClassId, p.PublishAt }).Take(200).ToListAsync(stop);
            foreach (var post in due) await AnnounceAsync(post.Id, post.ClassId, isNews: post.PublishAt > now - Stale, now, stop);
            if (due.Count < 200) return;
        }
    }

    private Task AnnounceAsync(int postId, int classId, bool isNews, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var claimed = await db.Posts.Where(p => p.Id == postId && p.AnnouncedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.AnnouncedAt, now), stop);
        if (claimed == 1 && isNews)
            await db.NotifyAsync(await db.AudienceOf(postId).ToListAsync(stop), NotificationKind.PostPublished, postId, occurrence: 0, classId, now, stop);
    }, stop);
}
