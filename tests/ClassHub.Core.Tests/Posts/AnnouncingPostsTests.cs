using ClassHub.Notifications;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tests.Posts;

public sealed class AnnouncingPostsTests
{
    private static readonly PostDates Tomorrow = new(GoesOut.Later, SchoolWork.At(24, 8, 30), SchoolWork.At(25, 16), true, null);

    [BothEngines]
    public async Task A_scheduled_post_is_visible_at_its_moment_although_no_job_ran(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        await school.SetTaskAsync(dates: Tomorrow);
        async Task<bool> SeesAsync()
        {
            var db = school.Db();
            return await db.Posts.VisibleTo(await school.ViewerAsync(school.Amira), db).AnyAsync();
        }

        school.Clock.SetUtcNow(school.SchoolClock.Deadline(SchoolWork.At(24, 8, 30)).AddMilliseconds(-1));
        Assert.False(await SeesAsync());
        school.GoTo(SchoolWork.At(24, 8, 30));
        Assert.True(await SeesAsync());
    }

    [BothEngines]
    public async Task Eight_workers_racing_over_due_posts_tell_everybody_once(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        for (var i = 0; i < 5; i++) await school.SetTaskAsync($"Task {i}", Tomorrow);
        school.GoTo(SchoolWork.At(24, 8, 31));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new AnnounceDuePosts(school.Db(), school.Clock).RunAsync(default))));

        var told = await school.Db().Notifications.Where(n => n.Kind == NotificationKind.PostPublished).GroupBy(n => n.RecipientId).Select(g => new { g.Key, Count = g.Count() }).OrderBy(g => g.Key).ToListAsync();
        Assert.Equal([(school.Amira.Id, 5), (school.Ben.Id, 5)], told.Select(t => (t.Key, t.Count)));
        Assert.True(await school.Db().Posts.AllAsync(p => p.AnnouncedAt != null));
    }

    [BothEngines]
    public async Task A_post_in_the_bin_is_not_announced(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync(dates: Tomorrow);
        await new PostActions(school.Db(), school.Clock).BinAsync(task, default);
        school.GoTo(SchoolWork.At(24, 9));

        await new AnnounceDuePosts(school.Db(), school.Clock).RunAsync(default);

        Assert.False(await school.Db().Notifications.AnyAsync());
    }

    [BothEngines]
    public async Task Only_those_it_is_for_hear_of_it(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        await school.SetTaskAsync(pupils: [school.Ben.Id]);
        school.Clock.Advance(Undo.Lasts);

        await new AnnounceDuePosts(school.Db(), school.Clock).RunAsync(default);

        Assert.Equal([school.Ben.Id], await school.Db().Notifications.Select(n => n.RecipientId).ToListAsync());
    }
}
