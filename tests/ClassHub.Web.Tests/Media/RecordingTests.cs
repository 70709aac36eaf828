using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using ClassHub.Media;
using ClassHub.Media.Renditions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Web.Tests.Media;

/// <summary>A recording becomes a ladder: something for every line, and never less than the recording itself.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RecordingTests(MediaSchool school) : IClassFixture<MediaSchool>
{
    private static double Seconds(byte[] recording) => double.Parse(Studio.Probe(recording, "format=duration"), CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_film_becomes_two_smaller_films_its_sound_alone_and_a_first_picture()
    {
        var film = Studio.Film();

        var (file, rungs) = await school.PreparedAsync(film, "lesson.mp4");

        Assert.Equal([480, 240], rungs.Watch.Select(r => r.Height));
        Assert.Equal(2, rungs.Seconds);
        Assert.Equal(["audio/mp4", "audio/webm"], rungs.Listen.Select(r => r.ContentType).Order());
        Assert.NotNull(rungs.Poster);
        Assert.True(rungs.All.Where(r => r.Kind != RenditionKind.Whole).All(r => r.Size < film.Length));
        foreach (var rung in rungs.All)
        {
            var bytes = await school.BytesAsync("/files/" + rung.Key);
            Assert.False(Studio.SaysSecret(bytes), $"{rung.Kind} {rung.ContentType} says where it was made");
            Assert.DoesNotContain("51.5", System.Text.Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            if (rung.Kind != RenditionKind.Poster) Assert.InRange(Seconds(bytes), 1.8, 2.3);
            // What is needed to begin stands at the front.
            if (rung.ContentType.EndsWith("mp4", StringComparison.Ordinal)) Assert.True(bytes.AsSpan().IndexOf("moov"u8) < bytes.AsSpan().IndexOf("mdat"u8));
        }
        var small = await school.BytesAsync("/files/" + rungs.Watch.Last().Key);
        Assert.Equal("h264\naac", Studio.Probe(small, "stream=codec_name"));
        // In place of the file that came goes its copy without notes.
        Assert.Equal(await school.BytesAsync("/files/" + rungs.Whole!.Key), await school.BytesAsync("/files/" + file.Key));
        var page = await school.PageAsync(file);
        foreach (var price in rungs.Watch.Concat(rungs.Listen.Take(1)).Select(r => Sizes.InWords(r.Size))) Assert.Contains(price, page, StringComparison.Ordinal);
        Assert.Contains("preload=\"none\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("autoplay", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_phone_held_upright_keeps_its_film_upright()
    {
        var (_, rungs) = await school.PreparedAsync(Studio.Film(1, "720x1280"), "upright.mp4");

        Assert.Equal("480\n854", Studio.Probe(await school.BytesAsync("/files/" + rungs.Watch.First().Key), "stream=width,height").Replace("\r", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_recording_of_a_browser_says_how_long_it_is_and_can_be_jumped_in()
    {
        var recorded = Studio.FromBrowser();
        Assert.Equal("N/A", Studio.Probe(recorded, "format=duration"));

        var (_, rungs) = await school.PreparedAsync(recorded, "recording.webm");

        var whole = await school.BytesAsync("/files/" + rungs.Whole!.Key);
        Assert.InRange(Seconds(whole), 2.8, 3.3);
        Assert.True(whole.AsSpan().IndexOf((byte[])[0x1C, 0x53, 0xBB, 0x6B]) is > 0 and var cues && cues < whole.Length / 2, "no index at the front");
        Assert.Equal(3, rungs.Seconds!.Value);
        using var amira = await school.Site.SignedInAsync("Haddad");
        var (part, bytes) = await amira.FileAsync("/files/" + rungs.Whole.Key, ("Range", "bytes=1000-1999"));
        Assert.Equal((HttpStatusCode.PartialContent, 1000), (part.StatusCode, bytes.Length));
    }

    [Theory]
    [InlineData("wav", ""), InlineData("mp3", "-b:a 192k"), InlineData("ogg", "-c:a libopus -b:a 160k -ac 2"), InlineData("m4a", "-b:a 192k"), InlineData("weba", "-c:a libopus -b:a 160k -ac 2 -f webm")]
    public async Task A_voice_becomes_a_small_one_for_every_browser(string ending, string how)
    {
        var (file, rungs) = await school.PreparedAsync(Studio.Voice(3, ending, how), "voice." + ending);

        Assert.Null(rungs.Trouble);
        Assert.Equal(3, rungs.Seconds);
        Assert.Equal(["audio/webm", "audio/mp4"], rungs.Listen.Select(r => r.ContentType));
        Assert.Equal("opus", Studio.Probe(await school.BytesAsync("/files/" + rungs.Listen.First().Key), "stream=codec_name"));
        Assert.True(rungs.Smallest < 20_000);
        Assert.False(Studio.SaysSecret(await school.BytesAsync("/files/" + file.Key)));
    }

    [Fact]
    public async Task A_voice_from_our_own_recorder_is_too_small_to_be_made_smaller_and_still_plays_where_its_kind_does_not()
    {
        // Few bytes for a second, as js/recording/kinds.js asks for them.
        var voice = Studio.Voice(5, "weba", "-c:a libopus -b:a 16k -ac 1 -f webm");
        var (file, rungs) = await school.PreparedAsync(voice, "Voice.weba");

        var safe = Assert.Single(rungs.Listen);
        Assert.Equal("audio/mp4", safe.ContentType);
        Assert.Null(rungs.Trouble);
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await school.PageAsync(file));
        var price = Assert.Single(page.QuerySelectorAll(".prices a"));
        Assert.Equal($"/files/{rungs.Whole!.Key}", price.GetAttribute("href"));
        Assert.Equal(("audio/webm", $"/files/{safe.Key}"), (price.GetAttribute("data-type"), price.GetAttribute("data-else")));
        Assert.StartsWith("Listen", price.TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_film_that_cannot_be_copied_without_its_notes_goes_as_the_best_that_was_made_of_it()
    {
        var (file, rungs) = await school.PreparedAsync(Studio.Film(ending: "mkv"), "lesson.mkv");

        Assert.Null(rungs.Whole);
        var sent = await school.BytesAsync("/files/" + file.Key);
        Assert.Equal(await school.BytesAsync("/files/" + rungs.Watch.First().Key), sent);
        Assert.False(Studio.SaysSecret(sent));
    }

    [Fact]
    public async Task The_cheapest_way_that_does_the_job_is_first_and_named_for_a_child()
    {
        async Task<string[]> WaysAsync(StoredFile file) => [.. new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await school.PageAsync(file))
            .QuerySelectorAll(".prices a").Select(a => (a.HasAttribute("aria-current") ? "*" : "") + string.Join(' ', a.TextContent.Split(' ', '\n')
            .TakeWhile(w => !w.Any(char.IsDigit))).Trim())];
        var (film, its) = await school.PreparedAsync(Studio.Film(), "lesson.mp4");
        var (voice, spoken) = await school.PreparedAsync(Studio.Voice(), "voice.wav");

        Assert.Equal(["*Watch", "Watch sharper", "Watch sharpest", "Only listen"], await WaysAsync(film));
        Assert.Equal(["*Listen", "Listen to the clearest"], await WaysAsync(voice));
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await school.PageAsync(film));
        Assert.Equal($"/files/{its.Watch.MinBy(r => r.Size)!.Key}", page.QuerySelector("video")!.GetAttribute("src"));
        // Without a script a browser takes the first that it plays.
        var heard = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await school.PageAsync(voice)).QuerySelectorAll("audio source");
        Assert.Equal(spoken.Listen.Select(r => $"/files/{r.Key}"), heard.Select(s => s.GetAttribute("src")!));
        Assert.Equal(["audio/webm; codecs=opus", "audio/mp4"], heard.Select(s => s.GetAttribute("type")));
    }

    [Fact]
    public async Task What_a_teacher_recorded_is_called_by_words()
    {
        var (voice, _) = await school.PreparedAsync(Studio.Voice(48), "Voice 29 Nov 9.15.wav");
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await school.PageAsync(voice));
        Assert.Contains("Mr Okafor explains, 48 s", page.QuerySelectorAll("p.b").Select(p => p.TextContent));
        Assert.Equal("Mr Okafor explains, 48 s", page.QuerySelector("[data-player] audio")!.GetAttribute("aria-label"));
    }

    [Fact]
    public async Task Who_asks_for_less_data_is_offered_the_smallest_whoever_asks()
    {
        var (film, its) = await school.PreparedAsync(Studio.Film(), "lesson.mp4");
        var (voice, spoken) = await school.PreparedAsync(Studio.Voice(), "voice.wav");
        var (photo, seen) = await school.PreparedAsync(Studio.Photo(1200, 800), "photo.jpg");
        async Task<string?[]> FirstAsync(Visitor visitor, params (string, string)[] headers)
        {
            var (page, heard, looked) = (await AtAsync(film), await AtAsync(voice), await AtAsync(photo));
            return [page.QuerySelector("video")!.GetAttribute("src"), heard.QuerySelector("audio source")!.GetAttribute("src"),
                looked.QuerySelector("picture source")!.GetAttribute("srcset"), page.QuerySelector("video")!.GetAttribute("poster")];
            async Task<AngleSharp.Html.Dom.IHtmlDocument> AtAsync(StoredFile file)
            {
                var post = await school.Site.WithDbAsync(db => db.PostFiles.Where(f => f.FileId == file.Id).Select(f => f.PostId).SingleAsync());
                using var asks = new HttpRequestMessage(HttpMethod.Get, $"/classes/{school.ClassId}/posts/{post}");
                foreach (var (name, value) in headers) asks.Headers.Add(name, value);
                return (await visitor.SendAsync(asks)).Page;
            }
        }
        string?[] smallest = [$"/files/{its.Watch.Last().Key}", $"/files/{spoken.Listen.First().Key}", $"/files/{seen.WebPs.Last().Key} {seen.WebPs.Last().Width}w", null];
        using var amira = await school.Site.SignedInAsync("Haddad");
        using var okafor = await school.Site.SignedInAsync("Okafor");

        Assert.All((await FirstAsync(amira)).Zip(smallest).Skip(2), pair => Assert.NotEqual(pair.Second, pair.First));
        Assert.Equal(smallest, await FirstAsync(amira, ("Save-Data", "on")));
        await okafor.PostFormAsync("/me", ("Everywhere", "true"));
        Assert.Equal(smallest, await FirstAsync(okafor));
        using var elsewhere = await school.Site.SignedInAsync("Okafor", device: "Phone");
        Assert.Equal(smallest, await FirstAsync(elsewhere));
        await okafor.PostFormAsync("/me", ("Everywhere", "false"));
        Assert.NotEqual(smallest[2], (await FirstAsync(okafor))[2]);
    }

    [Fact]
    public async Task Sound_that_is_only_called_so_and_a_film_cut_in_half_end_as_a_sentence()
    {
        var film = Studio.Film();
        foreach (var (bytes, name) in new[] { ([.. "OggS"u8, .. new byte[4000]], "noise.ogg"), (film[..(film.Length / 3)], "cut.mp4"), ([0x1A, 0x45, 0xDF, 0xA3, .. new byte[2000]], "zeros.webm"), ([.. "RIFF\0\0\0\0WAVE"u8, .. "fmt "u8, 0xFF, 0xFF, 0xFF, 0xFF], "lies.wav"), ("#EXTM3U\nfile:///etc/passwd\n"u8.ToArray(), "list.mp3"), ([.. "ID3"u8, .. "#EXTM3U\nhttp://example.com/"u8], "list2.mp3") })
        {
            var (file, rungs) = await school.PreparedAsync(bytes, name);

            Assert.True(rungs.IsPrepared, name);
            Assert.True(rungs.Trouble is not null || rungs.All.Count > 0 || file.ContentType == FileKind.Unknown, name);
            Assert.NotEmpty(await school.BytesAsync("/files/" + file.Key));
        }
    }

    [Fact]
    public async Task A_document_shows_its_pages_unless_it_asks_for_a_password()
    {
        var sheet = await File.ReadAllBytesAsync(Directory.EnumerateFiles(Path.Combine(Repository.Folder, "src/ClassHub.Web/demo"), "*.pdf", SearchOption.AllDirectories).First());
        var (file, rungs) = await school.PreparedAsync(sheet, "sheet.pdf");
        var (_, broken) = await school.PreparedAsync([.. "%PDF-1.7\n"u8, .. new byte[500]], "broken.pdf");
        var (_, locked) = await school.PreparedAsync(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Media/locked.pdf")), "locked.pdf");

        Assert.NotEmpty(rungs.Of(RenditionKind.Page));
        Assert.Equal([0xFF, 0xD8], (await school.BytesAsync("/files/" + rungs.Of(RenditionKind.Page).First().Key))[..2]);
        Assert.Contains("Look at", await school.PageAsync(file), StringComparison.Ordinal);
        Assert.Empty(broken.All);
        Assert.Contains("cannot be drawn", broken.Trouble, StringComparison.Ordinal);
        Assert.Empty(locked.All);
        Assert.Contains("It asks for a password", locked.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_long_document_the_first_pages_are_shown_and_the_page_says_that_there_are_more()
    {
        using var pages = new ImageMagick.MagickImageCollection();
        for (var number = 0; number < 23; number++) pages.Add(new ImageMagick.MagickImage(ImageMagick.MagickColors.White, 60, 80));
        var (file, rungs) = await school.PreparedAsync(pages.ToByteArray(ImageMagick.MagickFormat.Pdf), "book.pdf");

        Assert.Equal(Enumerable.Range(1, 20), rungs.Of(RenditionKind.Page).Select(r => r.Number));
        Assert.Contains("longer than the 20 pages", await school.PageAsync(file), StringComparison.Ordinal);
        // What is only a part of it is no smaller version of it.
        Assert.Equal(file.Size, rungs.Smallest);
    }

    [Fact]
    public async Task A_school_put_back_from_a_backup_makes_its_smaller_versions_again()
    {
        await using var other = new MediaSchool();
        await other.InitializeAsync();
        var file = await other.PostAsync(Studio.Photo(700, 500), "photo.jpg");
        await other.PrepareAsync();
        var store = other.Site.Services.GetRequiredService<IFileStore>();
        foreach (var rung in (await other.RungsAsync(file)).All) await store.DeleteAsync(new(rung.Key), CancellationToken.None);

        await other.PrepareAsync(turn: new());

        var again = await other.RungsAsync(file);
        Assert.Equal([700, 480], again.WebPs.Select(r => r.Width));
        foreach (var rung in again.All) Assert.NotEmpty(await other.BytesAsync("/files/" + rung.Key));
    }

    [Fact]
    public async Task Two_who_look_at_once_make_everything_once_and_the_sweep_keeps_what_was_made()
    {
        await using var other = new MediaSchool();
        await other.InitializeAsync();
        var files = new List<StoredFile>();
        for (var i = 0; i < 3; i++) files.Add(await other.PostAsync(Studio.Photo(700, 500), $"{i}.jpg"));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => other.PrepareAsync()));
        other.Site.Clock!.Advance(TimeSpan.FromDays(3));
        await using (var scope = other.Site.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<SweepUnusedFiles>().RunAsync(CancellationToken.None);

        foreach (var file in files)
        {
            var rungs = await other.RungsAsync(file);
            Assert.Equal(rungs.All.Count, rungs.All.Select(r => (r.ContentType, r.Width)).Distinct().Count());
            Assert.Equal([700, 480], rungs.WebPs.Select(r => r.Width));
            Assert.NotEmpty(await other.BytesAsync("/files/" + rungs.WebPs.First().Key));
        }
    }

    [Fact]
    public async Task What_a_server_died_over_is_made_by_the_next_after_five_minutes()
    {
        await using var other = new MediaSchool();
        await other.InitializeAsync();
        var file = await other.PostAsync(Studio.Photo(700, 500), "page.jpg");
        await other.Site.WithDbAsync(db => db.Files.Where(f => f.Id == file.Id).ExecuteUpdateAsync(set => set.SetProperty(f => f.PreparingSince, other.Site.Clock!.GetUtcNow())));

        await other.PrepareAsync();
        Assert.False((await other.RungsAsync(file)).IsPrepared);

        other.Site.Clock!.Advance(TimeSpan.FromMinutes(5.1));
        await other.PrepareAsync();
        Assert.True((await other.RungsAsync(file)).IsPrepared);
    }
}
