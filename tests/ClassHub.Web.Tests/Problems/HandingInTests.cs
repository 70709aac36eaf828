using System.Net;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Problems;

/// <summary>What a pupil typed is never lost by an error, and every error is a sentence.</summary>
public sealed class HandingInTests : IAsyncLifetime
{
    private TestSite site = null!;
    private int taskId, classId;
    private string Address => $"/classes/{classId}/tasks/{taskId}";

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        await site.WithDbAsync(async db =>
        {
            var okafor = await db.People.SingleAsync(p => p.Surname == "Okafor");
            classId = await db.Classes.Where(c => c.Name == "5 Maple").Select(c => c.Id).SingleAsync();
            var post = db.Posts.Add(new Post(classId, PostKind.Task, okafor.Id, null, Everybody.MondayNine)).Entity;
            post.Write("Volcano poster", "1. Draw it\n2. Label it", null, null, Everybody.MondayNine);
            post.Publish(Everybody.MondayNine, null, Everybody.MondayNine);
            await db.SaveChangesAsync();
            var task = db.Tasks.Add(new ClassTask(post)).Entity;
            task.Ask(HandInWays.Text | HandInWays.Files, null);
            task.Schedule(Everybody.MondayNine.AddHours(7), "2026-11-23T16:00", Everybody.MondayNine.AddHours(7), "2026-11-23T16:00", Everybody.MondayNine);
            await db.SaveChangesAsync();
            taskId = task.Id;
        });
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    private async Task<Answer> HandInAsync(Visitor amira, params (string, string)[] fields) => await amira.PostAsync($"{Address}/hand-in", [("_form", await amira.TokenAsync()), .. fields]);

    private static Task<Answer> AgainAsync(Visitor amira, string tag) => amira.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Accept", "text/html" }, { "If-None-Match", tag } } });

    [Fact]
    public async Task Handing_in_nothing_is_a_sentence_beside_the_field()
    {
        using var amira = await site.SignedInAsync("Haddad");

        var answer = await HandInAsync(amira, ("Key", RandomKey.Hex()), ("Text", " "));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("There is nothing to hand in yet", answer.Page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_typed_when_the_task_has_closed_are_shown_and_not_lost()
    {
        using var amira = await site.SignedInAsync("Haddad");
        var token = await amira.TokenAsync();
        site.Clock!.Advance(TimeSpan.FromHours(7) + TimeSpan.FromMinutes(1));

        var answer = await amira.PostAsync($"{Address}/hand-in", ("_form", token), ("Key", RandomKey.Hex()), ("Text", "Lava is melted rock."));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("Lava is melted rock.", answer.Body, StringComparison.Ordinal);
        Assert.Contains("closed", answer.Page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_form_twice_leads_to_the_same_receipt()
    {
        using var amira = await site.SignedInAsync("Haddad");
        var key = RandomKey.Hex();

        var first = await HandInAsync(amira, ("Key", key), ("Text", "Lava."));
        var again = await HandInAsync(amira, ("Key", key), ("Text", "Lava."));

        Assert.Contains("/receipt/", first.Location, StringComparison.Ordinal);
        Assert.Equal(first.Location, again.Location);
        Assert.Equal(1, await site.WithDbAsync(db => db.SubmissionVersions.CountAsync()));
    }

    [Fact]
    public async Task An_unchanged_page_is_answered_304_and_a_hand_in_makes_it_new()
    {
        using var amira = await site.SignedInAsync("Haddad");
        var tag = (await amira.GetAsync("/")).Header("ETag");
        Assert.NotNull(tag);

        Assert.Equal(HttpStatusCode.NotModified, (await AgainAsync(amira, tag!)).Status);
        await HandInAsync(amira, ("Key", RandomKey.Hex()), ("Text", "Lava."));
        await amira.GetAsync(Address);
        Assert.Equal(HttpStatusCode.OK, (await AgainAsync(amira, tag!)).Status);
    }

    [Fact]
    public async Task A_page_that_shows_a_deadline_is_new_when_it_has_passed()
    {
        using var amira = await site.SignedInAsync("Haddad");
        var tag = (await amira.GetAsync("/")).Header("ETag")!;

        site.Clock!.Advance(TimeSpan.FromHours(7));

        Assert.Equal(HttpStatusCode.OK, (await AgainAsync(amira, tag)).Status);
    }
}
