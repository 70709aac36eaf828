using System.Net;
using AngleSharp.Html.Dom;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Problems;

/// <summary>The database is lost, full or overloaded: everybody reads a sentence, and nobody loses a word.</summary>
public sealed class GoneDatabaseTests : IAsyncLifetime
{
    private TestSite site = null!;
    private int taskId, classId;
    private string HandIn => $"/classes/{classId}/tasks/{taskId}/hand-in";

    public async Task InitializeAsync()
    {
        site = await TestSite.OnPostgresAsync();
        await site.WithDbAsync(async db =>
        {
            var okafor = await db.People.SingleAsync(p => p.Surname == "Okafor");
            classId = await db.Classes.Where(c => c.Name == "5 Maple").Select(c => c.Id).SingleAsync();
            var post = db.Posts.Add(new Post(classId, PostKind.Task, okafor.Id, null, Everybody.MondayNine)).Entity;
            post.Write("Volcano poster", "", null, null, Everybody.MondayNine);
            post.Publish(Everybody.MondayNine, null, Everybody.MondayNine);
            await db.SaveChangesAsync();
            var task = db.Tasks.Add(new ClassTask(post)).Entity;
            task.Ask(HandInWays.Text | HandInWays.Files, null);
            task.Schedule(null, null, null, null, Everybody.MondayNine);
            await db.SaveChangesAsync();
            taskId = task.Id;
        });
        // The first start signs with a key that it makes, and says so.
        await site.Visitor().GetAsync("/login");
        site.Log.Forget();
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    /// <summary>From now on PostgreSQL refuses each new piece of work with this code of its own.</summary>
    private Task RefuseWorkAsync(string sqlState) => site.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("""
        CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '%STATE%'; END $$ LANGUAGE plpgsql;
        CREATE TRIGGER refuse BEFORE INSERT ON "SubmissionVersions" FOR EACH ROW EXECUTE FUNCTION refuse();
        """.Replace("%STATE%", sqlState, StringComparison.Ordinal)));

    private Task TakeWorkAgainAsync() => site.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("""DROP TRIGGER refuse ON "SubmissionVersions" """));

    /// <summary>Presses the button of the page, with everything its form holds.</summary>
    private static Task<Answer> SendAgainAsync(Visitor who, Answer answer)
    {
        var form = (IHtmlFormElement)answer.Page.QuerySelector("main form")!;
        return who.PostAsync(form.GetAttribute("action")!, [.. form.Elements.Select(e => e switch
        {
            IHtmlInputElement input => (input.Name ?? "", input.Value),
            IHtmlTextAreaElement area => (area.Name ?? "", area.Value),
            _ => ("", ""),
        }).Where(f => f.Item1.Length > 0)]);
    }

    private static string WordsIn(Answer answer) => ((IHtmlTextAreaElement)answer.Page.QuerySelector("main textarea[name=Text]")!).Value;

    [Fact]
    public async Task Whoever_is_signed_in_reads_that_the_database_is_away_and_goes_on_when_it_is_back()
    {
        using var amira = await site.SignedInAsync("Haddad");
        using var hart = await site.SignedInAsync("Hart");
        await site.Database!.GoAwayAsync();

        foreach (var (who, path) in new[] { (amira, "/"), (amira, $"/classes/{classId}"), (hart, "/admin"), (hart, "/nowhere") })
        {
            var answer = await who.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.ServiceUnavailable), (path, answer.Status));
            Assert.Contains("cannot reach its database", answer.Main, StringComparison.Ordinal);
            Assert.NotNull(answer.Header("Retry-After"));
        }

        await site.Database.ComeBackAsync();
        Assert.Equal(HttpStatusCode.OK, (await amira.GetAsync("/")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?handler=Save")]
    public async Task Words_that_could_not_be_sent_stand_in_the_answer_and_go_with_one_press(string handler)
    {
        using var amira = await site.SignedInAsync("Haddad");
        var token = await amira.TokenAsync();
        await site.Database!.GoAwayAsync();

        var lost = await amira.PostAsync(HandIn + handler, ("_form", token), ("Key", RandomKey.Hex()), ("Text", "Lava is <b>melted</b> rock.\nIt glows."));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, lost.Status);
        Assert.Equal("Lava is <b>melted</b> rock.\nIt glows.", WordsIn(lost));
        await site.Database.ComeBackAsync();
        var sent = await SendAgainAsync(amira, lost);
        Assert.Contains(handler == "" ? "/receipt/" : "#work", sent.Location, StringComparison.Ordinal);
        Assert.Equal("Lava is <b>melted</b> rock.\nIt glows.",
            await site.WithDbAsync(async db =>
                handler == "" ? (await db.SubmissionVersions.SingleAsync()).Text : (await db.Submissions.SingleAsync()).DraftText));
    }

    [Fact]
    public async Task A_password_is_not_shown_again_and_the_form_is_asked_for_anew()
    {
        using var visitor = site.Visitor();
        var token = (await visitor.GetAsync("/login")).FormToken;
        await site.Database!.GoAwayAsync();

        var lost = await visitor.PostAsync("/login", ("UserName", "amira"), ("Password", "a secret of mine"), ("_form", token));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, lost.Status);
        Assert.DoesNotContain("a secret of mine", lost.Body, StringComparison.Ordinal);
        Assert.Null(lost.Page.QuerySelector("main form"));
    }

    [Fact]
    public async Task A_file_that_came_along_is_named_because_it_must_be_chosen_again()
    {
        using var amira = await site.SignedInAsync("Haddad");
        var form = new MultipartFormDataContent { { new StringContent(await amira.TokenAsync()), "_form" }, { new StringContent("My own words."), "Text" },
            { new ByteArrayContent([1, 2, 3]), "Files", "volcano.png" } };
        await site.Database!.GoAwayAsync();

        var lost = await amira.SendAsync(new(HttpMethod.Post, HandIn) { Content = form });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, lost.Status);
        Assert.Contains("volcano.png", lost.Main, StringComparison.Ordinal);
        Assert.Equal("My own words.", WordsIn(lost));
    }

    [Theory]
    [InlineData("53100", HttpStatusCode.InsufficientStorage)]
    [InlineData("53300", HttpStatusCode.ServiceUnavailable)]
    [InlineData("40001", HttpStatusCode.ServiceUnavailable)]
    [InlineData("23505", HttpStatusCode.ServiceUnavailable)]
    [InlineData("57014", HttpStatusCode.ServiceUnavailable)]
    public async Task A_full_or_overloaded_database_is_told_in_words_and_the_work_is_handed_in_once_later(string sqlState, HttpStatusCode status)
    {
        using var amira = await site.SignedInAsync("Haddad");
        await RefuseWorkAsync(sqlState);

        var refused = await amira.PostAsync(HandIn, ("_form", await amira.TokenAsync()), ("Key", RandomKey.Hex()), ("Text", "Lava is hot."));

        Assert.Equal(status, refused.Status);
        Assert.NotNull(refused.Header("Retry-After"));
        Assert.DoesNotContain(site.Log.Lines, l => l.Contains("   at ", StringComparison.Ordinal));
        await TakeWorkAgainAsync();
        Assert.Contains("/receipt/", (await SendAgainAsync(amira, refused)).Location, StringComparison.Ordinal);
        Assert.Equal(1, await site.WithDbAsync(db => db.SubmissionVersions.CountAsync()));
    }

    [Fact]
    public async Task Ten_hand_ins_of_one_pupil_at_one_instant_all_get_a_receipt()
    {
        using var amira = await site.SignedInAsync("Haddad");
        var token = await amira.TokenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            Task.Run(() => amira.PostAsync(HandIn, ("_form", token), ("Key", RandomKey.Hex()), ("Text", $"Number {i}")))));

        Assert.All(answers, a => Assert.Contains("/receipt/", a.Location ?? a.Status.ToString(), StringComparison.Ordinal));
        Assert.Equal(10, await site.WithDbAsync(db => db.SubmissionVersions.CountAsync()));
        Assert.Empty(site.Log.Lines);
    }

    [Fact]
    public async Task Two_hundred_requests_without_a_database_are_one_line_with_what_to_do_and_no_trace()
    {
        using var amira = await site.SignedInAsync("Haddad");
        await amira.GetAsync("/");
        await site.Database!.GoAwayAsync();

        foreach (var _ in Enumerable.Range(0, 10)) await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => amira.GetAsync("/"))));

        var line = Assert.Single(site.Log.Lines, l => !l.Contains("SessionUse", StringComparison.Ordinal));
        Assert.Contains("The database cannot be reached. Start it", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        site.Clock!.Advance(TimeSpan.FromSeconds(1));
        await amira.GetAsync("/");
        Assert.Contains("200 requests", site.Log.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_leaves_nothing_in_the_log()
    {
        using var stranger = site.Visitor();
        using var former = site.Visitor().WithCookie("classhub", RandomKey.Hex() + RandomKey.Hex());

        foreach (var who in new[] { stranger, former })
            foreach (var path in new[] { "/", "/login", "/nowhere", $"/classes/{classId}", "/uploads" }) await who.GetAsync(path);

        Assert.Empty(site.Log.Lines);
    }
}
