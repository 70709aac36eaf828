using ClassHub.Media;
using ImageMagick;

namespace ClassHub.Web.Tests.Media;

/// <summary>What real telephones, recorders, cameras and programs make, handed in by a pupil and opened by the teacher.</summary>
public sealed class FromDevicesTests(MediaSchool school) : IClassFixture<MediaSchool>
{
    private async Task<(HandedIn Work, AngleSharp.Html.Dom.IHtmlDocument Page)> OpenedAsync(byte[] content, string name)
    {
        var work = await HandedIn.SendAsync(school, content, name);
        await school.PrepareAsync();
        return (work, await work.TeachersPageAsync());
    }

    [Theory]
    [InlineData("voicememo.3gp"), InlineData("gsm.wav"), InlineData("voice.amr"), InlineData("music.flac"), InlineData("antiphase.m4a"),
        InlineData("safari-audio.mp4")]
    public async Task A_sound_of_any_device_is_shown_as_a_sound_and_heard_in_every_browser(string name)
    {
        var (_, page) = await OpenedAsync(HandedIn.Case(name), name);

        Assert.Null(page.QuerySelector("[data-player] video"));
        var audio = page.QuerySelector("[data-player] audio")!;
        var sources = audio.HasAttribute("src") ? [audio.GetAttribute("src")!] : audio.QuerySelectorAll("source").Select(s => s.GetAttribute("src")!).ToArray();
        var heard = await school.BytesAsync(sources[^1], "Okafor");
        Assert.Equal("aac", Studio.Probe(heard, "stream=codec_name"));
        foreach (var source in sources) Assert.InRange(Studio.Loudest(await school.BytesAsync(source, "Okafor")), -45, 0);
    }

    [Theory]
    [InlineData("av1.mp4"), InlineData("obs-two-tracks.mkv"), InlineData("rotating.webm"), InlineData("camera.avi"), InlineData("camcorder.mts"),
        InlineData("old.wmv"), InlineData("old.mpg")]
    public async Task A_film_of_any_device_plays_in_every_browser(string name)
    {
        var film = name switch
        {
            "camera.avi" => Studio.Recorded("avi", "-f lavfi -i testsrc2=size=640x360:rate=15 -f lavfi -i sine=frequency=440 -t 2", "-c:v mjpeg -c:a pcm_u8"),
            "old.wmv" => Studio.Recorded("wmv", "-f lavfi -i testsrc2=size=320x180:rate=15 -f lavfi -i sine=frequency=440 -t 2", "-c:v wmv2 -c:a wmav2"),
            "old.mpg" => Studio.Recorded("mpg", "-f lavfi -i testsrc2=size=320x180:rate=25 -f lavfi -i sine=frequency=440 -t 2", "-c:v mpeg1video -c:a mp2"),
            _ => HandedIn.Case(name),
        };

        var (_, page) = await OpenedAsync(film, name);

        var seen = await school.BytesAsync(page.QuerySelector("[data-player] video")!.GetAttribute("src")!, "Okafor");
        Assert.StartsWith("h264\nyuv420p", Studio.Probe(seen, "stream=codec_name,pix_fmt"), StringComparison.Ordinal);
        if (name != "av1.mp4") Assert.InRange(Studio.Loudest(seen), -45, 0);
        foreach (var only in page.QuerySelectorAll("[data-plays=audio]")) Assert.InRange(Studio.Loudest(await school.BytesAsync(only.GetAttribute("href")!,
            "Okafor")), -45, 0);
    }

    [Fact]
    public async Task A_film_keeps_its_shape_when_the_telephone_was_turned()
    {
        var (_, page) = await OpenedAsync(HandedIn.Case("rotating.webm"), "rotating.webm");

        var seen = await school.BytesAsync(page.QuerySelectorAll("[data-plays=video]").Last().GetAttribute("href")!, "Okafor");
        var versions = page.QuerySelectorAll("[data-plays=video]").Select(a => a.GetAttribute("href")!);
        foreach (var version in versions.Take(2))
        {
            var film = await school.BytesAsync(version, "Okafor");
            using var first = Studio.Moment(film, 1);
            using var turned = Studio.Moment(film, 5);
            Assert.True(IsBlack(turned, .05) && IsBlack(turned, .95) && !IsBlack(turned, .5) && !IsBlack(first, .05), "it is stretched");
            Assert.Equal((first.Width, first.Height), (turned.Width, turned.Height));
        }
        Assert.NotEmpty(seen);

        static bool IsBlack(MagickImage picture, double across)
        {
            using var pixels = picture.GetPixels();
            return Enumerable.Range(1, 8).All(step => pixels.GetPixel((int)(across * picture.Width), (int)(picture.Height * step / 9))
                .ToColor() is { R: < 40, G: < 40, B: < 40 });
        }
    }

    [Fact]
    public async Task A_recording_in_which_nothing_is_heard_says_so()
    {
        var (_, page) = await OpenedAsync(Studio.Recorded("wav", "-f lavfi -i anullsrc=r=16000:cl=mono -t 2", ""), "voice.wav");
        Assert.Contains("We hear nothing in this recording.", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("junk.jpg", "image/jpeg"), InlineData("longshot.png", "image/png"), InlineData("paint.bmp", "image/bmp"), InlineData("scan.tif", "image/tiff")]
    public async Task A_picture_of_any_program_is_shown(string name, string type)
    {
        var content = name switch
        {
            "paint.bmp" => Studio.Photo(800, 600, format: MagickFormat.Bmp3),
            "scan.tif" => Studio.Photo(600, 800, format: MagickFormat.Tiff),
            _ => HandedIn.Case(name),
        };

        var (work, page) = await OpenedAsync(content, name);

        Assert.Equal((type, name), ((await work.AgainAsync()).ContentType, (await work.AgainAsync()).Name));
        var shown = page.QuerySelector("img.sheet")!.GetAttribute("src")!;
        using var picture = new MagickImage(await work.TeacherGetsAsync(shown));
        Assert.True(picture.Format is MagickFormat.Jpeg or MagickFormat.Png, $"{picture.Format}");
        using var itself = new MagickImage(await work.TeacherGetsAsync());
        Assert.False(Studio.SaysSecret(await work.TeacherGetsAsync()));
        Assert.Equal(itself.Width, new MagickImageInfo(content.AsSpan(name == "junk.jpg" ? 2 : 0).ToArray()).Width);
        Assert.Null((await work.RungsAsync()).Trouble);
    }

    [Fact]
    public async Task Of_a_picture_that_is_not_shown_the_true_reason_is_told()
    {
        using var ribbon = new MagickImage(MagickColors.White, 1, 66_000);
        var (_, page) = await OpenedAsync(ribbon.ToByteArray(MagickFormat.Png), "ribbon.png");
        Assert.Contains("more than 65,500 points long", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_of_several_pages_says_that_there_are_more_and_is_sent_whole()
    {
        using var pages = new MagickImageCollection();
        for (var number = 0; number < 3; number++) pages.Add(new MagickImage(MagickColors.White, 60, 80));
        var scan = pages.ToByteArray(MagickFormat.Tiff);

        var (work, page) = await OpenedAsync(scan, "scan.tif");

        Assert.Null((await work.AgainAsync()).Trouble is { } said && said.Contains("more pages", StringComparison.Ordinal) ? null : (await work.AgainAsync())
            .Trouble ?? "nothing is said");
        Assert.Contains("It has more pages than the first", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(scan, await work.TeacherGetsAsync());
    }

    [Theory]
    [InlineData("bom.pdf", 2), InlineData("newline.pdf", 2), InlineData("tallpage.pdf", 1)]
    public async Task A_document_shows_its_pages_whatever_stands_before_it_and_however_tall_it_is(string name, int pages)
    {
        var (work, page) = await OpenedAsync(HandedIn.Case(name), name);

        Assert.Equal(("application/pdf", name), ((await work.AgainAsync()).ContentType, (await work.AgainAsync()).Name));
        Assert.Equal(pages, page.QuerySelectorAll("details img.sheet").Length);
        foreach (var sheet in page.QuerySelectorAll("details img.sheet"))
        {
            using var picture = new MagickImage(await work.TeacherGetsAsync(sheet.GetAttribute("src")));
            Assert.True(picture is { Width: > 40, Height: > 40 and <= 6_000 });
        }
        Assert.Equal(HandedIn.Case(name), await work.TeacherGetsAsync());
    }

    [Theory]
    [InlineData("\r\n%PDF-1.4 but there is no page", "letter.pdf")]
    [InlineData("<html><script>alert(1)</script>%PDF-1.4", "letter.pdf")]
    [InlineData("\r\n\u00ff\u00d8\u00ff and no picture", "me.jpg")]
    public async Task What_cannot_be_opened_behind_other_bytes_stays_a_plain_download(string content, string name)
    {
        var (work, page) = await OpenedAsync(System.Text.Encoding.Latin1.GetBytes(content), name);

        Assert.Equal(FileKind.Unknown, (await work.AgainAsync()).ContentType);
        Assert.Contains("we cannot tell what it is", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await work.RungsAsync()).All);
    }

    [Theory]
    [InlineData("essay-noext", "essay-noext", "essay-noext.docx", "Document")]
    [InlineData("essay-noext", "sheet.xlsm", "sheet.xlsm", "Document")]
    [InlineData("robot.llsp3", "robot.llsp3", "robot.llsp3", "File")]
    public async Task What_is_an_archive_inside_keeps_or_gets_its_own_ending(string content, string name, string saved, string kind)
    {
        var (work, page) = await OpenedAsync(HandedIn.Case(content), name);

        Assert.Equal(("attachment", saved), await work.TeacherSavesAsync());
        Assert.Contains(kind + ", ", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HandedIn.Case(content), await work.TeacherGetsAsync());
    }
}
