using System.Net;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Submissions;

/// <summary>A pupil's words and work, as the pages show them.</summary>
public sealed class OwnWorkTests : IAsyncLifetime
{
    private TestSite site = null!;
    private Visitor amira = null!, okafor = null!;
    private int classId, taskId;
    private string Task => $"/classes/{classId}/tasks/{taskId}";

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        (amira, okafor) = (await site.SignedInAsync("Haddad"), await site.SignedInAsync("Okafor"));
        await site.WithDbAsync(async db =>
        {
            var teacher = await db.People.SingleAsync(p => p.Surname == "Okafor");
            classId = await db.Classes.Where(c => c.Name == "5 Maple").Select(c => c.Id).SingleAsync();
            var post = db.Posts.Add(new Post(classId, PostKind.Task, teacher.Id, null, Everybody.MondayNine)).Entity;
            post.Write("Volcano poster", "Draw one.", null, null, Everybody.MondayNine);
            post.Publish(Everybody.MondayNine, null, Everybody.MondayNine);
            await db.SaveChangesAsync();
            var task = db.Tasks.Add(new ClassTask(post)).Entity;
            task.Ask(HandInWays.Text | HandInWays.Files, null);
            task.Schedule(Everybody.MondayNine.AddDays(4), "2026-11-27T09:00", null, null, Everybody.MondayNine);
            await db.SaveChangesAsync();
            taskId = task.Id;
        });
    }

    public async Task DisposeAsync()
    {
        amira.Dispose();
        okafor.Dispose();
        await site.DisposeAsync();
    }

    private async Task<Answer> PostAsync(string handler, params (string, string)[] fields) => await amira.PostAsync($"{Task}/hand-in{handler}", [("_form", await amira.TokenAsync()), .. fields]);
    private static string Key() => RandomKey.Hex();

    [Fact]
    public async Task An_older_page_that_hands_in_is_asked_once_with_both_texts()
    {
        await PostAsync("/save", ("Key", Key()), ("DraftVersion", "0"), ("Text", "The whole essay."));

        var asked = await PostAsync("", ("Key", Key()), ("DraftVersion", "0"), ("Text", "Old words."));
        Assert.Equal(HttpStatusCode.Conflict, asked.Status);
        Assert.Equal("The whole essay.", asked.Page.QuerySelector("#other")!.TextContent);
        Assert.Equal("Old words.", asked.Page.QuerySelector("textarea[name=Text]")!.TextContent);
        var seen = asked.Page.QuerySelector("input[name=DraftVersion]")!.GetAttribute("value")!;
        var done = await PostAsync("", ("Key", Key()), ("DraftVersion", seen), ("Text", "Old words."));

        Assert.Contains("/receipt/", done.Location, StringComparison.Ordinal);
        Assert.Contains("The whole essay.", (await amira.GetAsync(Task)).Page.QuerySelector("#work")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_takes_the_other_words_keeps_those_in_the_box()
    {
        await PostAsync("/save", ("Key", Key()), ("DraftVersion", "0"), ("Text", "The whole essay."));

        await PostAsync("/others", ("Key", Key()), ("Text", "Old words."));

        var page = (await amira.GetAsync(Task)).Page;
        Assert.Equal("The whole essay.", page.QuerySelector("textarea[name=Text]")!.TextContent);
        Assert.Contains("Old words.", page.QuerySelector("#work details")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_came_with_the_question_is_not_chosen_twice_and_what_was_typed_is_kept_by_every_button()
    {
        await PostAsync("/save", ("Key", Key()), ("DraftVersion", "0"), ("Text", "The whole essay."));
        var form = new MultipartFormDataContent { { new StringContent(await amira.TokenAsync()), "_form" }, { new StringContent(Key()), "Key" }, { new StringContent("0"), "DraftVersion" },
            { new StringContent("Old words."), "Text" }, { new ByteArrayContent("a drawing"u8.ToArray()), "Files", "drawing.txt" } };

        var asked = await amira.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{Task}/hand-in") { Content = form });
        Assert.Equal(HttpStatusCode.Conflict, asked.Status);
        Assert.Contains("drawing", asked.Page.QuerySelector("[data-arrange]")!.TextContent, StringComparison.Ordinal);
        var seen = asked.Page.QuerySelector("input[name=DraftVersion]")!.GetAttribute("value")!;
        await PostAsync("", ("Key", Key()), ("DraftVersion", seen), ("Text", "Old words."));
        Assert.Equal(1, await site.WithDbAsync(db => db.SubmissionFiles.CountAsync()));

        await PostAsync("/change");
        await PostAsync("/keep", ("Text", "Typed and never saved."));
        Assert.Contains("Typed and never saved.", await site.WithDbAsync(db => db.EarlierDrafts.Select(e => e.Text).ToListAsync()));
    }

    [Fact]
    public async Task Earlier_words_are_brought_back_in_one_tap_and_emptied_by_their_author()
    {
        await PostAsync("/save", ("Key", Key()), ("Text", "The whole essay."));
        await PostAsync("/save", ("Key", Key()), ("Text", "Oops."));
        var earlier = (await amira.GetAsync(Task)).Page.QuerySelector("button[name=earlier]")!.GetAttribute("value")!;

        await PostAsync("/bringback", ("earlier", earlier));
        Assert.Equal("The whole essay.", (await amira.GetAsync(Task)).Page.QuerySelector("textarea[name=Text]")!.TextContent);
        await PostAsync("/empty");

        Assert.Equal(0, await site.WithDbAsync(db => db.EarlierDrafts.CountAsync()));
        Assert.DoesNotContain("Oops.", (await amira.GetAsync(Task)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_left_the_class_still_reads_work_receipt_and_feedback_and_no_longer_the_task()
    {
        var receipt = (await PostAsync("", ("Key", Key()), ("Text", "Lava is hot."))).Location!;
        var work = await site.WithDbAsync(db => db.Submissions.Select(s => s.Id).SingleAsync());
        await okafor.PostAsync($"{Task}/mark/{work}?handler=GiveBack", ("_form", await okafor.TokenAsync()), ("SeenVersion", "0"), ("Result", "GotIt"), ("Comment", "Well explained."));
        site.Clock!.Advance(Undo.Lasts);
        await site.WithDbAsync(async db =>
        {
            db.Memberships.Remove(await db.Memberships.SingleAsync(m => m.Person.Surname == "Haddad"));
            await db.SaveChangesAsync();
        });

        Assert.Contains($"/work/{work}", (await amira.GetAsync("/work")).Body, StringComparison.Ordinal);
        var page = await amira.GetAsync($"/work/{work}");
        foreach (var words in new[] { "Volcano poster", "Draw one.", "Lava is hot.", "Well explained." }) Assert.Contains(words, page.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await amira.GetAsync(receipt)).Status);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await amira.GetAsync(Task)).Status, (await amira.GetAsync($"/classes/{classId}")).Status));
        Assert.Contains("Given back: Volcano poster", (await amira.GetAsync("/news")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_feedback_stays_with_its_version()
    {
        await PostAsync("", ("Key", Key()), ("Text", "First."));
        var work = await site.WithDbAsync(db => db.Submissions.Select(s => s.Id).SingleAsync());
        async Task AnswerAsync(string result, string comment)
        {
            await okafor.PostAsync($"{Task}/mark/{work}?handler=GiveBack", ("_form", await okafor.TokenAsync()), ("SeenVersion", "0"), ("Result", result), ("Comment", comment));
            site.Clock!.Advance(Undo.Lasts);
        }
        await AnswerAsync("TryAgain", "Name the rocks.");
        await PostAsync("", ("Key", Key()), ("Text", "Second."));
        await AnswerAsync("GotIt", "Now it is clear.");

        var page = (await amira.GetAsync(Task)).Main;

        Assert.Contains("Now it is clear.", page, StringComparison.Ordinal);
        Assert.Contains("Name the rocks.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Giving_back_offers_undo_and_a_page_that_was_seen_ends_it()
    {
        await PostAsync("", ("Key", Key()), ("Text", "First."));
        var work = await site.WithDbAsync(db => db.Submissions.Select(s => s.Id).SingleAsync());
        await okafor.PostAsync($"{Task}/mark/{work}?handler=GiveBack", ("_form", await okafor.TokenAsync()), ("SeenVersion", "0"), ("Result", "GotIt"), ("Comment", "Well done."));
        var undo = (await okafor.GetAsync(Task)).Page.QuerySelector(".flash form")!.GetAttribute("action")!;
        Assert.DoesNotContain("Well done.", (await amira.GetAsync(Task)).Body, StringComparison.Ordinal);

        site.Clock!.Advance(Undo.Lasts);
        var seen = await amira.GetAsync(Task);
        Assert.Contains("Well done.", seen.Body, StringComparison.Ordinal);
        Assert.Null(await site.WithDbAsync(db => db.Marks.Select(m => m.OpenedAt).SingleAsync()));       // asking for the page tells nothing
        Assert.Equal(HttpStatusCode.NoContent, (await amira.PostAsync(seen.Page.QuerySelector("form[data-opened]")!.GetAttribute("action")!, ("_form", await amira.TokenAsync()))).Status);

        await okafor.PostAsync(undo, ("_form", await okafor.TokenAsync()));
        Assert.NotNull(await site.WithDbAsync(db => db.Marks.Select(m => m.ReturnedAt).SingleAsync()));
    }
}
