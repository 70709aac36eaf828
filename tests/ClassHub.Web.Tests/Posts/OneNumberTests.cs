using ClassHub.Notifications;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Posts;

/// <summary>Two pages never tell two numbers.</summary>
public sealed class OneNumberTests : IAsyncLifetime
{
    private TestSite site = null!;
    private Visitor okafor = null!;
    private int classId, taskId;

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        okafor = await site.SignedInAsync("Okafor");
        await site.WithDbAsync(async db =>
        {
            var teacher = await db.People.SingleAsync(p => p.Surname == "Okafor");
            classId = await db.Classes.Where(c => c.Name == "5 Maple").Select(c => c.Id).SingleAsync();
            var post = db.Posts.Add(new Post(classId, PostKind.Task, teacher.Id, null, Everybody.MondayNine)).Entity;
            post.Write("Volcano poster", "Draw one.", null, null, Everybody.MondayNine);
            post.Publish(Everybody.MondayNine, null, Everybody.MondayNine);
            await db.SaveChangesAsync();
            var task = db.Tasks.Add(new ClassTask(post)).Entity;
            task.Ask(HandInWays.Text, null);
            await db.SaveChangesAsync();
            taskId = task.Id;
        });
    }

    public async Task DisposeAsync()
    {
        okafor.Dispose();
        await site.DisposeAsync();
    }

    [Fact]
    public async Task Stream_and_task_tell_the_same_of_who_is_excused()
    {
        await site.WithDbAsync(async db =>
        {
            var pupil = await db.Memberships.Where(m => m.ClassId == classId && !m.IsTeacher).OrderBy(m => m.PersonId).Select(m => m.PersonId).FirstAsync();
            var arranged = db.Arrangements.Add(new Arrangement(taskId, pupil)).Entity;
            arranged.Excuse(pupil, Everybody.MondayNine);
            await db.SaveChangesAsync();
        });

        string Meter(Answer page) => page.Page.QuerySelector("progress.meter")!.GetAttribute("aria-label")!;
        var (stream, task) = (await okafor.GetAsync($"/classes/{classId}"), await okafor.GetAsync($"/classes/{classId}/tasks/{taskId}"));
        var owing = await site.WithDbAsync(db => db.OwingPupils(taskId).CountAsync());

        Assert.Equal($"0 of {owing} handed in", Meter(stream));
        Assert.Equal(Meter(stream), Meter(task));
        Assert.Contains($"{owing} still to come, 1 excused", task.Main, StringComparison.Ordinal);
        Assert.Contains($"Remind {owing}", task.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task News_counts_hand_ins_of_one_task_once()
    {
        await site.WithDbAsync(async db =>
        {
            var teacher = await db.People.SingleAsync(p => p.Surname == "Okafor");
            foreach (var pupil in await db.Memberships.Where(m => m.ClassId == classId && !m.IsTeacher).Select(m => m.PersonId).ToListAsync())
            {
                var work = db.Submissions.Add(new Submission(await db.Tasks.SingleAsync(t => t.Id == taskId), pupil)).Entity;
                await db.SaveChangesAsync();
                await db.NotifyAsync([teacher.Id], NotificationKind.WorkHandedIn, work.Id, 1, classId, Everybody.MondayNine, default);
            }
        });

        var page = (await okafor.GetAsync("/news")).Page;

        Assert.Single(page.QuerySelectorAll("main li"), line => line.TextContent.Contains("handed in Volcano poster", StringComparison.Ordinal));
        Assert.Equal(page.QuerySelectorAll("main li .chip.info").Length.ToString(System.Globalization.CultureInfo.InvariantCulture),
            page.QuerySelector(".rail a[href='/news'] .n")!.FirstChild!.TextContent);
    }

    [Fact]
    public async Task What_is_scheduled_and_drafts_are_one_line_above_the_stream()
    {
        await site.WithDbAsync(async db =>
        {
            var teacher = await db.People.SingleAsync(p => p.Surname == "Okafor");
            foreach (var (title, days) in new (string, int?)[] { ("Later", 3), ("Idea", null), ("Another idea", null) })
            {
                var post = db.Posts.Add(new Post(classId, PostKind.Notice, teacher.Id, null, Everybody.MondayNine)).Entity;
                post.Write(title, "Words.", null, null, Everybody.MondayNine);
                if (days is { } later) post.Publish(Everybody.MondayNine.AddDays(later * 365), null, Everybody.MondayNine);
            }
            await db.SaveChangesAsync();
        });

        var page = (await okafor.GetAsync($"/classes/{classId}")).Page;
        var fold = page.QuerySelector("main details.more")!;

        Assert.Equal("1 scheduled, 2 drafts", fold.QuerySelector("summary")!.TextContent.Trim());
        Assert.Equal(3, fold.QuerySelectorAll("article").Length);
        Assert.Equal(4, page.QuerySelectorAll("main article").Length);
    }

    [Fact]
    public async Task An_empty_form_is_kept_nowhere()
    {
        var answer = await okafor.PostAsync($"/classes/{classId}/posts/new?handler=Keep", ("_form", await okafor.TokenAsync()), ("Form.Kind", "Notice"), ("Form.ForAll", "true"));

        Assert.Equal("{\"saved\":\"\"}", answer.Body);
        Assert.Equal(1, await site.WithDbAsync(db => db.Posts.CountAsync(p => p.ClassId == classId)));
    }
}
