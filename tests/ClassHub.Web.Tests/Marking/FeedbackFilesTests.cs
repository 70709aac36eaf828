using System.Net;
using System.Net.Http.Headers;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Web.Tests.Marking;

public sealed class FeedbackFilesTests : IAsyncLifetime
{
    private TestSite site = null!;
    private Visitor okafor = null!, nair = null!, amira = null!, ben = null!;
    private string task = "", mark = "";
    private int work;

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        (okafor, nair, amira, ben) = (await site.SignedInAsync("Okafor"), await site.SignedInAsync("Nair"), await site.SignedInAsync("Haddad"), await site.SignedInAsync("Fisher"));
        await site.WithDbAsync(async db =>
        {
            var (maple, teacher, pupil) = (await db.Classes.SingleAsync(c => c.Name == "5 Maple"), await db.People.SingleAsync(p => p.Surname == "Okafor"), await db.People.SingleAsync(p => p.Surname == "Haddad"));
            var post = new Post(maple.Id, PostKind.Task, teacher.Id, null, Everybody.MondayNine);
            post.Write("Volcano poster", "", null, null, Everybody.MondayNine);
            post.Publish(Everybody.MondayNine, null, Everybody.MondayNine);
            db.Add(post);
            await db.SaveChangesAsync();
            var set = new ClassTask(post);
            set.Ask(HandInWays.Text | HandInWays.Files, 10);
            set.Schedule(null, null, null, null, Everybody.MondayNine);
            db.Add(set);
            await db.SaveChangesAsync();
            var submission = new Submission(set, pupil.Id);
            db.Add(submission);
            await db.SaveChangesAsync();
            submission.SaveDraft("Here it is.", Everybody.MondayNine);
            db.Add(submission.HandIn(new(RandomKey.Hex(), "", pupil.Id, false, Everybody.MondayNine)));
            await db.SaveChangesAsync();
            (work, task) = (submission.Id, $"/classes/{maple.Id}/tasks/{post.Id}");
            mark = $"{task}/mark/{work}";
        });
    }

    public async Task DisposeAsync()
    {
        foreach (var visitor in new[] { okafor, nair, amira, ben }) visitor.Dispose();
        await site.DisposeAsync();
    }

    private async Task<Answer> SendAsync(Visitor who, string handler, int seen, string[] files, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new StringContent(await who.TokenAsync()), "_form" }, { new StringContent($"{seen}"), "SeenVersion" } };
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        foreach (var file in files) form.Add(new ByteArrayContent("ID3 a voice"u8.ToArray()), "Files", file);
        return await who.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{mark}?handler={handler}") { Content = form, Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/html") } } });
    }

    private Task<List<string>> FilesAsync() => site.WithDbAsync(db => db.MarkFiles.OrderBy(f => f.Place).Select(f => f.File.Key).ToListAsync());
    private Task<int> VersionAsync() => site.WithDbAsync(db => db.Marks.Select(m => m.Version).SingleAsync());
    private Task<Answer> OpenAsync(Visitor who, string key) => who.GetAsync($"/work/{work}/files/{key}");

    [Fact]
    public async Task A_voice_is_a_draft_until_it_is_given_back_and_then_the_pupils()
    {
        Assert.Equal(mark + "#work", (await SendAsync(okafor, "Attach", 0, ["voice.mp3"], ("Comment", "Half said"))).Location);
        var key = Assert.Single(await FilesAsync());

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), ((await OpenAsync(amira, key)).Status, (await OpenAsync(nair, key)).Status));
        Assert.DoesNotContain("explains", (await amira.GetAsync(task)).Main, StringComparison.Ordinal);
        await SendAsync(okafor, "GiveBack", await VersionAsync(), []);
        site.Clock!.Advance(Undo.Lasts);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), ((await OpenAsync(amira, key)).Status, (await OpenAsync(ben, key)).Status));
        Assert.NotNull((await amira.GetAsync(task)).Page.QuerySelector($"section[aria-labelledby=fb1] audio[src='/work/{work}/files/{key}'][preload=none]"));
        Assert.Equal(HttpStatusCode.NotFound, (await amira.GetAsync("/files/" + key)).Status);
    }

    [Fact]
    public async Task A_save_by_itself_neither_loses_nor_doubles_files()
    {
        await SendAsync(okafor, "Attach", 0, ["one.mp3", "two.mp3"]);
        var before = await FilesAsync();

        var form = new HttpRequestMessage(HttpMethod.Post, mark + "?handler=Save") { Content = new FormUrlEncodedContent([new("_form", await okafor.TokenAsync()), new("SeenVersion", $"{await VersionAsync()}"), new("Comment", "Typing"), new("Uploads", before[0])]), Headers = { { "X-Requested-With", "autosave" } } };
        Assert.Equal(HttpStatusCode.OK, (await okafor.SendAsync(form)).Status);
        await SendAsync(okafor, "Save", await VersionAsync(), [], ("Comment", "Typing"), ("Uploads", before[1]));

        Assert.Equal(before, await FilesAsync());
    }

    [Fact]
    public async Task Files_that_came_with_a_refused_form_wait_for_the_next_press()
    {
        var refused = await SendAsync(okafor, "Save", 0, ["voice.mp3"], ("Points", "99"), ("Comment", "Kept"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        var key = refused.Page.QuerySelector("input[name=Uploads][checked]")!.GetAttribute("value")!;
        Assert.Empty(await FilesAsync());
        await SendAsync(okafor, "Save", 0, [], ("Points", "9"), ("Comment", "Kept"), ("Uploads", key));

        Assert.Equal([key], await FilesAsync());
        Assert.Contains("At most 5 files go with one answer.", (await SendAsync(okafor, "Attach", await VersionAsync(), ["1.mp3", "2.mp3", "3.mp3", "4.mp3", "5.mp3"])).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_taken_away_and_what_was_typed_stays()
    {
        await SendAsync(okafor, "Attach", 0, ["wrong.mp3", "right.mp3"]);
        var keys = await FilesAsync();
        var wrong = await site.WithDbAsync(db => db.Files.Where(f => f.Key == keys[0]).Select(f => f.Id).SingleAsync());

        await SendAsync(okafor, "Remove", await VersionAsync(), [], ("remove", $"{wrong}"), ("Comment", "Typed"));

        Assert.Equal([keys[1]], await FilesAsync());
        Assert.Equal("Typed", await site.WithDbAsync(db => db.Marks.Select(m => m.Comment).SingleAsync()));
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(amira, "Attach", 0, ["mine.mp3"])).Status);
    }

    [Fact]
    public async Task The_page_of_a_mark_may_record()
    {
        var page = await okafor.GetAsync(mark);

        Assert.Contains("microphone=(self)", page.Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.NotNull(page.Page.QuerySelector("[data-recorder='#answer-files']"));
    }
}
