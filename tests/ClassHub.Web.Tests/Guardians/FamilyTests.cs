using System.Net;
using ClassHub.Notifications;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Guardians;

/// <summary>What a guardian meets in the browser: their child and nobody else's.</summary>
public sealed class FamilyTests : IAsyncLifetime
{
    private TestSite site = null!;
    private int classId, taskId, linkId;

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        await site.WithDbAsync(async db =>
        {
            var people = await db.People.ToDictionaryAsync(p => p.Surname);
            classId = await db.Classes.Where(c => c.Name == "5 Maple").Select(c => c.Id).SingleAsync();
            var farid = new Person(Role.Guardian, "Farid", "Senior", Everybody.MondayNine);
            var link = new GuardianLink(farid, people["Haddad"], people["Hart"].Id, isApproved: true, Everybody.MondayNine);
            link.Accept(Everybody.MondayNine);
            db.AddRange(farid, link);
            var post = db.Posts.Add(new Post(classId, PostKind.Task, people["Okafor"].Id, null, Everybody.MondayNine)).Entity;
            post.Write("Volcano poster", "1. Draw it\n2. Label it", null, null, Everybody.MondayNine);
            post.Publish(Everybody.MondayNine, null, Everybody.MondayNine);
            await db.SaveChangesAsync();
            db.Add(new MessageSettings(farid.Id, "farid@example.org", Everybody.MondayNine));
            var task = db.Tasks.Add(new ClassTask(post)).Entity;
            task.Ask(HandInWays.Text | HandInWays.Files, null);
            task.Schedule(Everybody.MondayNine.AddHours(7), "2026-11-23T16:00", null, null, Everybody.MondayNine);
            await db.SaveChangesAsync();
            foreach (var (pupil, words) in new[] { ("Haddad", "Amiras words"), ("Fisher", "Bens secret words") })
            {
                var work = db.Submissions.Add(new Submission(task, people[pupil].Id)).Entity;
                await db.SaveChangesAsync();
                work.SaveDraft(words, Everybody.MondayNine);
                db.Add(work.HandIn(new(RandomKey.Hex(), "", people[pupil].Id, false, Everybody.MondayNine)));
            }
            await db.SaveChangesAsync();
            (taskId, linkId) = (task.Id, link.Id);
        });
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task CS27_No_page_of_a_guardian_names_another_child()
    {
        using var farid = await site.SignedInAsync("Senior");

        foreach (var path in new[] { "/", "/classes", $"/classes/{classId}", $"/classes/{classId}/work", $"/classes/{classId}/tasks/{taskId}", "/calendar", "/news", "/me", "/me/messages", "/me/calendar", "/me/sessions", $"/guardians/{linkId}" })
        {
            var page = await farid.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain("Ben", page.Main, StringComparison.Ordinal);
            Assert.DoesNotContain("Fisher", page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", page.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_guardian_reads_the_task_and_the_work_and_changes_nothing()
    {
        using var farid = await site.SignedInAsync("Senior");

        var home = await farid.GetAsync("/");
        Assert.Contains("Amira", home.Main, StringComparison.Ordinal);
        Assert.Contains("Volcano poster", home.Main, StringComparison.Ordinal);
        var task = await farid.GetAsync($"/classes/{classId}/tasks/{taskId}");
        Assert.Contains("Amiras words", task.Main, StringComparison.Ordinal);
        Assert.Contains("Label it", task.Main, StringComparison.Ordinal);
        Assert.Empty(task.Page.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task After_the_end_the_very_next_page_is_closed_and_the_child_is_gone()
    {
        using var farid = await site.SignedInAsync("Senior");
        using var hart = await site.SignedInAsync("Hart");
        Assert.Equal(HttpStatusCode.OK, (await farid.GetAsync($"/classes/{classId}")).Status);

        await hart.PostAsync($"/guardians/{linkId}?handler=End", ("_form", await hart.TokenAsync()));

        Assert.Equal(HttpStatusCode.Redirect, (await farid.GetAsync($"/classes/{classId}")).Status);
        using var again = await site.SignedInAsync("Senior");
        Assert.Equal(HttpStatusCode.NotFound, (await again.GetAsync($"/classes/{classId}")).Status);
        Assert.DoesNotContain("Amira", (await again.GetAsync("/")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_known_address_and_an_unknown_one_get_the_same_answer()
    {
        using var one = site.Visitor();
        using var other = site.Visitor();

        var known = await one.PostFormAsync("/guardian", ("Email", "farid@example.org"));
        var unknown = await other.PostFormAsync("/guardian", ("Email", "nobody@example.org"));

        Assert.Equal((HttpStatusCode.OK, known.Main), (unknown.Status, unknown.Main));
        Assert.Equal(1, await site.WithDbAsync(db => db.Messages.CountAsync()));
        Assert.Equal(HttpStatusCode.BadRequest, (await one.PostFormAsync("/guardian", ("Email", "farid"))).Status);
    }

    [Fact]
    public async Task Whoever_asks_again_and_again_must_wait()
    {
        using var visitor = site.Visitor();

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++) answers.Add((await visitor.PostFormAsync("/guardian", ("Email", "farid@example.org"))).Status);

        Assert.Equal(HttpStatusCode.OK, answers[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.Equal(1, await site.WithDbAsync(db => db.Messages.CountAsync()));
    }

    [Fact]
    public async Task Looking_at_the_way_in_does_not_use_it_up()
    {
        var key = RandomKey.Hex();
        await site.WithDbAsync(async db =>
        {
            db.Add(new SignInLink(await db.People.Where(p => p.Surname == "Senior").Select(p => p.Id).SingleAsync(), key, Everybody.MondayNine.AddMinutes(10)));
            await db.SaveChangesAsync();
        });
        using var farid = site.Visitor();

        for (var i = 0; i < 3; i++) Assert.Contains("Open ClassHub", (await farid.GetAsync($"/guardian/in/{key}")).Main, StringComparison.Ordinal);
        var entered = await farid.PostFormAsync($"/guardian/in/{key}", ("Shared", "false"));

        Assert.Equal("/", entered.Location);
        Assert.Contains("Amira", (await farid.GetAsync("/")).Main, StringComparison.Ordinal);
        using var thief = site.Visitor();
        Assert.Contains("closed", (await thief.GetAsync($"/guardian/in/{key}")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_POST_of_a_mail_program_ends_the_messages()
    {
        var key = await site.WithDbAsync(db => db.MessageSettings.Select(s => s.UnsubscribeKey).SingleAsync());
        using var program = site.Visitor();

        var answer = await program.PostAsync($"/unsubscribe/{key}", ("List-Unsubscribe", "One-Click"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(MessageRhythm.Never, await site.WithDbAsync(db => db.MessageSettings.Select(s => s.Rhythm).SingleAsync()));
        Assert.Equal(answer.Main, (await program.PostAsync($"/unsubscribe/{RandomKey.Hex()}", ("List-Unsubscribe", "One-Click"))).Main);
    }
}
