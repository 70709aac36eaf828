using System.Net;
using ClassHub.Notifications;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Web.Tests.Messages;

/// <summary>A teacher reminds: reads whom it reaches and how, chooses, and can take it back for half a minute.</summary>
public sealed class RemindingTests : IAsyncLifetime
{
    private TestSite site = null!;
    private int classId, taskId, amira, ben;
    private string Task => $"/classes/{classId}/tasks/{taskId}";

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        await site.WithDbAsync(async db =>
        {
            var people = await db.People.ToDictionaryAsync(p => p.Surname);
            (amira, ben) = (people["Haddad"].Id, people["Fisher"].Id);
            classId = await db.Classes.Where(c => c.Name == "5 Maple").Select(c => c.Id).SingleAsync();
            var post = db.Posts.Add(new Post(classId, PostKind.Task, people["Okafor"].Id, null, Everybody.MondayNine)).Entity;
            post.Write("Volcano poster", "", null, null, Everybody.MondayNine);
            post.Publish(Everybody.MondayNine, null, Everybody.MondayNine);
            await db.SaveChangesAsync();
            var task = db.Tasks.Add(new ClassTask(post)).Entity;
            task.Ask(HandInWays.Text, null);
            task.Schedule(Everybody.MondayNine.AddHours(7), "2026-11-23T16:00", null, null, Everybody.MondayNine);
            var mona = new Person(Role.Guardian, "Mona", "Fisher-Senior", Everybody.MondayNine);
            var link = new GuardianLink(mona, people["Fisher"], people["Hart"].Id, isApproved: true, Everybody.MondayNine);
            link.Accept(Everybody.MondayNine);
            db.AddRange(mona, link);
            await db.SaveChangesAsync();
            db.Add(new MessageSettings(mona.Id, "mona@example.org", Everybody.MondayNine));
            await db.SaveChangesAsync();
            taskId = task.Id;
        });
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    private async Task<List<int>> RemindedAsync()
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SendReminders>().RunAsync(default);
        return await site.WithDbAsync(db => db.Notifications.Where(n => n.Kind == NotificationKind.Reminded).Select(n => n.RecipientId).ToListAsync());
    }

    [Fact]
    public async Task Before_the_press_stands_whom_it_reaches_and_how()
    {
        using var okafor = await site.SignedInAsync("Okafor");

        var page = await okafor.GetAsync(Task + "/remind");

        Assert.Contains("Reaches 1 by a guardian\u2019s message, 1 only when they open ClassHub.", page.Main, StringComparison.Ordinal);
        string LineOf(int pupil) => page.Page.QuerySelector($"input[name=Pupils][value='{pupil}']")!.ParentElement!.TextContent;
        Assert.Contains("In a guardian\u2019s message, today, 16:00", LineOf(ben), StringComparison.Ordinal);
        Assert.Contains("Only when they open ClassHub", LineOf(amira), StringComparison.Ordinal);
        Assert.All(page.Page.QuerySelectorAll("input[name=Pupils]"), box => Assert.True(box.HasAttribute("checked")));
    }

    [Fact]
    public async Task After_the_press_the_page_says_when_it_goes_out_and_takes_it_back_without_a_script()
    {
        using var okafor = await site.SignedInAsync("Okafor");

        Assert.Equal(Task, (await okafor.PostFormAsync(Task + "/remind", ("Pupils", $"{amira}"), ("Pupils", $"{ben}"))).Location);
        var waiting = await okafor.GetAsync(Task);
        Assert.Contains("Goes out in 30 s.", waiting.Main, StringComparison.Ordinal);
        var undo = waiting.Page.QuerySelectorAll("form").Single(f => f.GetAttribute("action")!.Contains("handler=Undo", StringComparison.Ordinal));
        Assert.StartsWith("Undo", undo.QuerySelector("button")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Task, (await okafor.PostAsync(undo.GetAttribute("action")!, ("_form", waiting.FormToken))).Location);
        Assert.Contains("Nobody was reminded", (await okafor.GetAsync(Task)).Main, StringComparison.Ordinal);
        site.Clock!.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(await RemindedAsync());
        Assert.DoesNotContain("Goes out", (await okafor.GetAsync(Task)).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_chosen_are_reminded_and_not_again_on_that_day()
    {
        using var okafor = await site.SignedInAsync("Okafor");

        await okafor.PostFormAsync(Task + "/remind", ("Pupils", $"{ben}"));
        site.Clock!.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal([ben], await RemindedAsync());

        var again = await okafor.GetAsync(Task + "/remind");
        Assert.Contains("Reminded already: Ben Fisher", again.Main, StringComparison.Ordinal);
        Assert.Null(again.Page.QuerySelector($"input[name=Pupils][value='{ben}']"));
        var nobody = await okafor.PostAsync(Task + "/remind", ("_form", again.FormToken));
        Assert.Equal(HttpStatusCode.BadRequest, nobody.Status);
        Assert.Contains("Choose whom to remind.", nobody.Main, StringComparison.Ordinal);
    }
}
