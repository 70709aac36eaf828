using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ClassHub.Media;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Web.Tests.Media;

public sealed class WordsTests : IAsyncLifetime
{
    private TestSite site = null!;
    private Visitor okafor = null!, amira = null!;
    private string post = "", file = "";

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        (okafor, amira) = (await site.SignedInAsync("Okafor"), await site.SignedInAsync("Haddad"));
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database.ClassHubDb>();
        var (maple, teacher) = (await db.Classes.SingleAsync(c => c.Name == "5 Maple"), await db.People.SingleAsync(p => p.Surname == "Okafor"));
        var sound = await scope.ServiceProvider.GetRequiredService<KeepFile>().RunAsync(new MemoryStream("ID3 and a voice"u8.ToArray()), "voice.mp3", teacher.Id, true, maple.Id, default);
        var author = new Classes.Viewer(teacher.Id, "", Role.Staff, false, [new(maple.Id, "", null, true, true, false, 0, 0)], Everybody.MondayNine);
        var made = await scope.ServiceProvider.GetRequiredService<ComposePost>().RunAsync(author, new PostText(PostKind.Material, "Listen", "", null, null, [sound.Id], [], 0, null), [new(maple.Id, true, [], [], new(GoesOut.Now, null, null, true, null))], default);
        (post, file) = ($"/classes/{maple.Id}/posts/{made[0]}", "/files/" + sound.Key);
    }

    public async Task DisposeAsync()
    {
        amira.Dispose();
        okafor.Dispose();
        await site.DisposeAsync();
    }

    private Task<Answer> SendAsync(string text, string? brought = null, int seen = 0, string handler = "") =>
        SendAsync(text, brought is null ? null : Encoding.UTF8.GetBytes(brought), "words.srt", seen, handler);

    private async Task<Answer> SendAsync(string text, byte[]? brought, string name, int seen = 0, string handler = "")
    {
        var form = new MultipartFormDataContent { { new StringContent(await okafor.TokenAsync()), "_form" }, { new StringContent(text), "Text" }, { new StringContent($"{seen}"), "SeenVersion" } };
        if (brought is not null) form.Add(new ByteArrayContent(brought), "File", name);
        return await okafor.SendAsync(new HttpRequestMessage(HttpMethod.Post, file + "/words/edit" + handler) { Content = form, Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/html") } } });
    }

    [Fact]
    public async Task Typed_words_are_read_played_and_found_under_the_player()
    {
        Assert.Contains("Words are missing.", (await okafor.GetAsync(post)).Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Words are missing", (await amira.GetAsync(post)).Main, StringComparison.Ordinal);

        var saved = await SendAsync("0:01 Hello <b> everyone.\n0:03 Look & see.");

        Assert.Equal(file + "/words?from=", saved.Location);
        var page = await amira.GetAsync(post);
        Assert.Equal($"{file}/words?from={post.Split('/')[^1]}", page.Page.QuerySelector("a[href*='/words']")!.GetAttribute("href"));
        Assert.Contains("Read the words, 41 B", page.Main, StringComparison.Ordinal);
        Assert.Empty(page.Page.QuerySelectorAll("track"));
        var track = await amira.GetAsync(page.Page.QuerySelector("[data-words]")!.GetAttribute("data-words")!);
        Assert.Equal("WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nHello &lt;b&gt; everyone.\n\n00:00:03.000 --> 00:00:05.000\nLook &amp; see.\n", track.Body);
        Assert.Equal(("text/vtt; charset=utf-8", "nosniff"), (track.Header("Content-Type"), track.Header("X-Content-Type-Options")));
        var words = (await amira.GetAsync(file + "/words")).Main;
        Assert.Contains("Hello <b> everyone.", words, StringComparison.Ordinal);
        Assert.Contains("0:03", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Change the words", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unchanged_track_is_not_sent_again_and_a_changed_one_is()
    {
        await SendAsync("0:01 Hello");
        var tag = (await amira.GetAsync(file + "/words.vtt")).Header("ETag")!;
        Task<Answer> AgainAsync() => amira.SendAsync(new HttpRequestMessage(HttpMethod.Get, file + "/words.vtt") { Headers = { { "If-None-Match", tag } } });

        Assert.Equal(HttpStatusCode.NotModified, (await AgainAsync()).Status);
        site.Clock!.Advance(TimeSpan.FromMinutes(1));
        await SendAsync("0:01 Hello again", seen: 1);

        Assert.Equal(HttpStatusCode.OK, (await AgainAsync()).Status);
    }

    [Fact]
    public async Task A_file_without_words_is_told_and_what_was_typed_stays()
    {
        var refused = await SendAsync("Typed before", "WEBVTT\n\n00:75.000 --> soon\nHello");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("“words.srt”: There are no words in this file.", refused.Main, StringComparison.Ordinal);
        Assert.Equal("Typed before", refused.Page.QuerySelector("textarea")!.TextContent);

        await SendAsync("Typed before", "1\n00:00:05,000 --> 00:00:06,000\nHello");
        Assert.Contains("Hello", (await amira.GetAsync(file + "/words")).Main, StringComparison.Ordinal);
    }

    /// <summary>As programs write them; the odd ones are mended, and what was done is told.</summary>
    public static readonly TheoryData<string, string, string, string?> Programs = new()
    {
        { "rolling.vtt", "WEBVTT\nKind: captions\n\n00:00:00.160 --> 00:00:02.389 align:start position:0%\n \nhello<00:00:00.400><c> everyone</c>\n\n"
            + "00:00:02.389 --> 00:00:02.399 align:start position:0%\nhello everyone\n \n\n"
            + "00:00:02.399 --> 00:00:04.950 align:start position:0%\nhello everyone\ntoday<00:00:02.800><c> fractions</c>\n\n"
            + "00:00:04.950 --> 00:00:04.960 align:start position:0%\ntoday fractions\n \n", "hello everyone|today fractions", "3 cues were mended." },
        { "outoforder.vtt", "WEBVTT\n\n5d8e/12-0\n00:00:03.000 --> 00:00:06.000\n<v Ms Okafor>Hello everyone</v>\n\n"
            + "5d8e/14-0\n00:00:02.500 --> 00:00:04.000\n<v Mr Nair>Good morning</v>\n\n"
            + "5d8e/15-0\n00:00:07.000 --> 00:00:09.000\n<v Ms Okafor>Today: fractions</v>\n"
            + "", "Mr Nair: Good morning|Ms Okafor: Hello everyone|Ms Okafor: Today: fractions", "1 cue was mended." },
        { "zerolen.srt", "1\n00:00:01,000 --> 00:00:04,000\nHello everyone\n\n2\n00:00:04,500 --> 00:00:04,500\nUm\n\n"
            + "3\n00:00:05,000 --> 00:00:07,000\nToday: fractions\n", "Hello everyone|Um|Today: fractions", "1 cue was mended." },
        { "paragraph.srt", "1\n00:00:01,000 --> 00:00:04,000\nHello everyone\n\nand welcome\n\n2\n00:00:05,000 --> 00:00:07,000\nToday: fractions\n",
            "Hello everyone\nand welcome|Today: fractions", "1 cue was mended." },
        { "coords.srt", "1\n00:00:01,000 --> 00:00:04,000 X1:100 X2:600 Y1:400 Y2:450\nHello everyone\n\n"
            + "2\n00:00:04,500 --> 00:00:06,000 X1:100 X2:600 Y1:400 Y2:450\nToday: fractions\n", "Hello everyone|Today: fractions", null },
        { "youtube.sbv", "0:00:00.599,0:00:04.160\nHello everyone\n\n0:00:04.770,0:00:06.880\nToday: fractions\n", "Hello everyone|Today: fractions", null },
        { "latin1.srt", "1\n00:00:01,000 --> 00:00:04,000\nBonjour \u00e0 tous\n", "Bonjour à tous", "read as Windows-1252" },
        { "shortframes.vtt", "WEBVTT\n\n00:01.0 --> 00:04.0\nHello\n\n1:00:04.000 --> 1:00:05.000\nLater\n", "Hello|Later", null },
        { "teams.vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n<v Ms Okafor>Three is less than 5: 3 < 5 & 7 > 2</v>\n",
            "Ms Okafor: Three is less than 5: 3 < 5 & 7 > 2", null },
    };

    [Theory, MemberData(nameof(Programs))]
    public async Task Words_of_any_program_are_read_and_what_was_mended_is_told(string name, string file, string words, string? told)
    {
        var saved = await SendAsync("", Encoding.Latin1.GetBytes(file), name);

        Assert.True(saved.Status == HttpStatusCode.Redirect, saved.Main);
        var page = await okafor.GetAsync(saved.Location!);
        Assert.Equal(words.Split('|'), page.Page.QuerySelectorAll(".said__line p").Select(p => p.TextContent));
        if (told is null) Assert.DoesNotContain("mended", page.Body, StringComparison.Ordinal);
        else Assert.Contains(told, page.Body, StringComparison.Ordinal);
        // Times are never words.
        Assert.DoesNotContain(page.Page.QuerySelectorAll(".said__line p"), p => p.TextContent.Contains("0:0", StringComparison.Ordinal));
        Assert.StartsWith("WEBVTT", (await amira.GetAsync(this.file + "/words.vtt")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_big_file_and_long_words_are_refused_in_a_sentence()
    {
        var big = await SendAsync("", new string('a', Transcript.MostBytes + 10));
        Assert.Contains("longer than 1.0 MB", big.Main, StringComparison.Ordinal);

        var words = string.Join('\n', Enumerable.Range(0, 4_900).Select(i => new string('a', 180)));
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(words)).Status);
    }

    [Fact]
    public async Task Somebody_elses_words_are_not_overwritten_unasked()
    {
        await SendAsync("Theirs");

        var told = await SendAsync("Mine");
        Assert.Contains("Somebody changed these words meanwhile.", told.Main, StringComparison.Ordinal);
        Assert.Equal("1", told.Page.QuerySelector("input[name=SeenVersion]")!.GetAttribute("value"));
        await SendAsync("Mine", seen: 1);

        Assert.Contains("Mine", (await amira.GetAsync(file + "/words")).Main, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync("", seen: 2, handler: "?handler=Remove")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await amira.GetAsync(file + "/words")).Status);
    }

    [Fact]
    public async Task Words_without_times_can_be_read_and_are_no_track()
    {
        await SendAsync("Only to read.");

        Assert.Equal(HttpStatusCode.NotFound, (await amira.GetAsync(file + "/words.vtt")).Status);
        Assert.Null((await amira.GetAsync(post)).Page.QuerySelector("[data-words]"));
    }

    [Fact]
    public async Task The_office_says_who_needs_words_and_teachers_learn_how_many()
    {
        using var office = await site.SignedInAsync("Hart");
        var person = await site.WithDbAsync(db => db.People.Where(p => p.Surname == "Haddad").Select(p => p.Id).SingleAsync());
        await office.PostFormAsync($"/admin/people/{person}", ("Person.Forename", "Amira"), ("Person.Surname", "Haddad"), ("Person.NeedsWords", "true"));

        Assert.NotNull((await office.GetAsync($"/admin/people/{person}")).Page.QuerySelector("input[name='Person.NeedsWords'][checked]"));
        Assert.Contains("Words are missing. One pupil needs them.", (await okafor.GetAsync(post)).Main.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var classId = post.Split('/')[2];
        async Task<string> CheckAsync(params (string, string)[] fields) => (await okafor.PostAsync($"/classes/{classId}/posts/new?handler=Check", [("_form", await okafor.TokenAsync()), ("Form.ForAll", "true"), .. fields])).Body;
        Assert.Contains("One pupil of this class needs the words with sound. Add them after posting.", await CheckAsync(("Form.ChosenPlayed", "1")), StringComparison.Ordinal);
        Assert.DoesNotContain("needs the words", await CheckAsync(), StringComparison.Ordinal);
        var id = await site.WithDbAsync(db => db.Files.Where(f => f.Name == "voice.mp3").Select(f => f.Id).SingleAsync());
        Assert.Contains($"href=\"{file}/words/edit\"", await CheckAsync(("Form.Keep", $"{id}")), StringComparison.Ordinal);
        await SendAsync("0:01 Hello");
        Assert.DoesNotContain("needs the words", await CheckAsync(("Form.Keep", $"{id}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_it_goes_out_a_teacher_learns_what_it_costs_and_what_has_no_small_version()
    {
        var classId = post.Split('/')[2];
        async Task<string> CheckAsync(params (string, string)[] fields) => (await okafor.PostAsync($"/classes/{classId}/posts/new?handler=Check", [("_form", await okafor.TokenAsync()), ("Form.ForAll", "true"), .. fields])).Body;

        var said = await CheckAsync(("Form.ChosenBytes", "5000000"), ("Form.ChosenSmallest", "900000"), ("Form.ChosenLarge", "Voice 1 Dec 9.15.weba"));
        Assert.Contains("5.0 MB in all: about 2 minutes on slow 3G. In the smallest versions about 900 KB: 18 seconds.", said, StringComparison.Ordinal);
        Assert.Contains("“Voice 1 Dec 9.15.weba” will have no version under 300 KB.", System.Net.WebUtility.HtmlDecode(said), StringComparison.Ordinal);
        Assert.Contains("400 KB in all: about 8 seconds on slow 3G.<", await CheckAsync(("Form.ChosenBytes", "400000")), StringComparison.Ordinal);
        Assert.DoesNotContain("slow 3G", await CheckAsync(), StringComparison.Ordinal);
        // Nobody is believed who says that it will be larger than it is.
        Assert.Contains("400 KB in all: about 8 seconds on slow 3G.<", await CheckAsync(("Form.ChosenBytes", "400000"), ("Form.ChosenSmallest", "9000000")), StringComparison.Ordinal);
    }
}
