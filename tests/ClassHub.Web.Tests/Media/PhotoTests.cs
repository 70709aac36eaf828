using System.Net;
using System.Text;
using ClassHub.Media;
using ImageMagick;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Media;

/// <summary>Photos arrive from every telephone and leave as something every browser shows, without a word of where they were taken.</summary>
public sealed class PhotoTests(MediaSchool school) : IClassFixture<MediaSchool>
{
    private static (byte R, byte G, byte B) Colour(byte[] picture, double across, double down)
    {
        using var image = new MagickImage(picture);
        using var pixels = image.GetPixels();
        var colour = pixels.GetPixel((int)(across * image.Width), (int)(down * image.Height)).ToColor()!;
        return (colour.R, colour.G, colour.B);
    }

    [Fact]
    public async Task A_photo_held_in_any_way_is_made_upright_in_three_widths_without_its_notes()
    {
        var files = new List<StoredFile>();
        for (ushort turned = 1; turned <= 8; turned++) files.Add(await school.PostAsync(IsLarge(turned) ? Studio.Photo(2400, 1600, turned) : Studio.Photo(600, 400, turned), "photo.jpg"));

        await school.PrepareAsync();

        foreach (var (place, file) in files.Index()) await IsUprightAsync(place + 1, await school.RungsAsync(file));
    }

    /// <summary>One of each shape; the others need not be opened in full to be seen upright.</summary>
    private static bool IsLarge(int turned) => turned is 1 or 6;

    private async Task IsUprightAsync(int turned, Rungs rungs)
    {
        uint[] expected = (IsLarge(turned), turned >= 5) switch { (true, true) => [1600, 960, 480], (true, false) => [1920, 960, 480], (false, true) => [400], _ => [600, 480] };
        Assert.Equal(expected, rungs.WebPs.Select(r => (uint)r.Width));
        foreach (var rung in rungs.All)
        {
            var bytes = await school.BytesAsync("/files/" + rung.Key);
            using var image = new MagickImage(bytes);
            Assert.False(Studio.SaysSecret(bytes));
            Assert.Empty(image.ProfileNames);
            Assert.Equal((rung.Width, rung.Height), ((int)image.Width, (int)image.Height));
            Assert.Equal(turned >= 5, image.Height > image.Width);
            Assert.True(rung.Size < 300_000);
        }
        // Red is on the left before it is turned, so it says which way up the photo is now.
        var (across, down) = turned switch { 1 or 4 => (.25, .5), 2 or 3 => (.75, .5), 5 or 6 => (.5, .25), _ => (.5, .75) };
        Assert.True(Colour(await school.BytesAsync("/files/" + rungs.WebPs.Last().Key), across, down) is { R: > 200, B: < 60 }, "red is elsewhere");
    }

    [Theory]
    [InlineData(MagickFormat.Jpeg, "photo.jpg"), InlineData(MagickFormat.Pjpeg, "photo.jpg"), InlineData(MagickFormat.Png, "photo.png"), InlineData(MagickFormat.WebP, "photo.webp"), InlineData(MagickFormat.Gif, "photo.gif")]
    public async Task The_photo_itself_goes_out_without_its_notes_before_anything_was_made_of_it(MagickFormat format, string name)
    {
        var photo = Studio.Photo(600, 400, 6, format);
        if (format != MagickFormat.Gif) Assert.True(Studio.SaysSecret(photo));
        var file = await school.PostAsync(photo, name);
        using var amira = await school.Site.SignedInAsync("Haddad");

        var (response, bytes) = await amira.FileAsync("/files/" + file.Key);
        var (part, end) = await amira.FileAsync("/files/" + file.Key, ("Range", "bytes=100-199"));

        Assert.False(Studio.SaysSecret(bytes));
        using var shown = new MagickImage(bytes);
        using var original = new MagickImage(photo);
        Assert.Equal(0, original.Compare(shown, ErrorMetric.Absolute));
        // Which way up it is, is kept.
        if (format is MagickFormat.Jpeg or MagickFormat.Pjpeg) Assert.Equal(Orientation.RightTop, shown.Orientation);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[100..200], end);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("sandbox; default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task A_photo_of_an_iphone_is_shown_by_every_browser_and_never_leaves_as_it_came()
    {
        var heic = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Media/photo.heic"));
        Assert.True(Studio.SaysSecret(heic) || Encoding.ASCII.GetString(heic).Contains("SecretCam", StringComparison.Ordinal));
        var file = await school.PostAsync(heic, "IMG_0001.HEIC");
        using var amira = await school.Site.SignedInAsync("Haddad");

        Assert.Contains("being made ready to be shown", await school.PageAsync(file), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await amira.FileAsync("/files/" + file.Key)).Response.StatusCode);
        Assert.Equal(heic, await school.BytesAsync("/files/" + file.Key, "Okafor"));

        await school.PrepareAsync();

        var (response, jpeg) = await amira.FileAsync("/files/" + file.Key);
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType!.MediaType);
        using var shown = new MagickImage(jpeg);
        Assert.Equal((96u, 64u), (shown.Width, shown.Height));
        Assert.DoesNotContain("SecretCam", Encoding.Latin1.GetString(jpeg), StringComparison.Ordinal);
        Assert.Contains("image/webp", await school.PageAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Printers_colours_and_see_through_pictures_become_colours_of_screens()
    {
        var (_, printed) = await school.PreparedAsync(Studio.Photo(800, 600, more: p => p.ColorSpace = ColorSpace.CMYK), "poster.jpg");
        var (_, seeThrough) = await school.PreparedAsync(Studio.Photo(800, 600, format: MagickFormat.Png, more: p => { p.ColorFuzz = new Percentage(5); p.Transparent(MagickColors.Blue); }), "logo.png");

        using var screen = new MagickImage(await school.BytesAsync("/files/" + printed.Jpegs.Last().Key));
        Assert.Equal(ColorSpace.sRGB, screen.ColorSpace);
        var (red, _, blue) = Colour(await school.BytesAsync("/files/" + printed.Jpegs.Last().Key), .25, .5);
        Assert.True(red > 180 && blue < 80, $"red {red}, blue {blue}");
        foreach (var jpeg in seeThrough.Jpegs) Assert.True(Colour(await school.BytesAsync("/files/" + jpeg.Key), .75, .5) is { R: > 240, G: > 240, B: > 240 }, "what was see-through is not white");
        using var webp = new MagickImage(await school.BytesAsync("/files/" + seeThrough.WebPs.Last().Key));
        Assert.True(webp.HasAlpha);
    }

    [Fact]
    public async Task A_photo_of_48_million_points_is_made_small_and_one_that_claims_900_million_is_not_opened()
    {
        using var huge = new MagickImage(MagickColors.DarkSeaGreen, 8000, 6000);
        var (_, large) = await school.PreparedAsync(huge.ToByteArray(MagickFormat.Jpeg), "large.jpg");
        var bomb = Studio.Photo(30, 30, format: MagickFormat.Png);
        // The header alone says it: 30,000 by 30,000.
        new byte[] { 0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30 }.CopyTo(bomb.AsSpan(16));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bomb.AsSpan(29), Crc(bomb.AsSpan(12, 17)));
        var (file, refused) = await school.PreparedAsync(bomb, "bomb.png");

        Assert.Equal(1920, large.WebPs.First().Width);
        Assert.Null(large.Trouble);
        Assert.Empty(refused.All);
        Assert.Contains("million points", refused.Trouble, StringComparison.Ordinal);
        Assert.NotEmpty(await school.BytesAsync("/files/" + file.Key));
        var page = await school.PageAsync(file);
        Assert.Contains("million points", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img class=\"sheet\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_small_WebP_has_a_JPEG_for_the_browsers_that_do_not_know_it()
    {
        var (_, rungs) = await school.PreparedAsync(Studio.Photo(500, 300, format: MagickFormat.WebP), "drawing.webp");

        Assert.NotEmpty(rungs.Jpegs);
        Assert.False(Studio.SaysSecret(await school.BytesAsync("/files/" + rungs.Jpegs.Last().Key)));
    }

    [Fact]
    public async Task On_a_shared_device_a_picture_is_paid_for_once_and_forgotten_with_the_session()
    {
        var (_, rungs) = await school.PreparedAsync(Studio.Photo(1200, 800), "photo.jpg");
        using var amira = await school.Site.SignedInAsync("Haddad", shared: true);

        var (picture, _) = await amira.FileAsync("/files/" + rungs.WebPs.First().Key);
        Assert.Equal("max-age=28800, private, immutable", picture.Headers.CacheControl!.ToString());
        // Whose browser was only closed comes without the cookie, and is asked who they are.
        Assert.Equal(["Cookie"], picture.Headers.Vary);
        Assert.Equal("no-store", (await amira.GetAsync("/classes")).Header("Cache-Control"));
        // Nobody signed out; the session is over, and the next one comes to sign in.
        await school.Site.WithDbAsync(db => db.SignInSessions.ExecuteDeleteAsync());
        var next = await amira.GetAsync("/login");
        Assert.Equal("\"cache\"", next.Header("Clear-Site-Data"));
        Assert.Null((await amira.GetAsync("/login")).Header("Clear-Site-Data"));
    }

    /// <summary>As PNG sums up its parts (W3C, annex D).</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1);
        }
        return ~crc;
    }

    [Fact]
    public async Task A_broken_photo_ends_as_a_sentence_and_what_came_is_kept()
    {
        var photo = Studio.Photo(1200, 800);
        foreach (var (broken, name) in new[] { (photo[..200], "cut.jpg"), ([.. photo[..4], .. new byte[5000]], "zeros.jpg"), ([0x89, .. "PNG\r\n\u001a\n"u8], "nothing.png"), ([.. "RIFF\0\0\0\0WEBP"u8], "empty.webp"), ([0, 0, 0, 24, .. "ftypheic"u8, .. new byte[3000]], "broken.heic") })
        {
            var (file, rungs) = await school.PreparedAsync(broken, name);

            Assert.True(rungs is { IsPrepared: true }, name);
            Assert.True(rungs.Trouble is not null || rungs.All.Count > 0, name);
            // Whoever may see it can save it, and what can be shown is.
            var page = await school.PageAsync(file);
            if (rungs.Trouble is { } sentence)
            {
                Assert.Contains(System.Net.WebUtility.HtmlEncode(sentence), page, StringComparison.Ordinal);
                Assert.DoesNotContain("<img class=\"sheet\"", page, StringComparison.Ordinal);
                Assert.Contains($"href=\"/files/{file.Key}\"", page, StringComparison.Ordinal);
                await school.BytesAsync("/files/" + file.Key);
            }
            Assert.Equal(broken.Length, file.Size);
        }
    }

    [Fact]
    public async Task What_only_looks_like_a_picture_is_never_run_and_never_shown_as_something_else()
    {
        var script = "push graphic-context\nviewbox 0 0 640 480\nimage over 0,0 0,0 'https://example.com/x.jpg'\npop graphic-context"u8.ToArray();
        var page = "<!doctype html><script>alert(1)</script>"u8.ToArray();
        foreach (var (bytes, name, type) in new[]
        {
            (page, "photo.jpg", FileKind.Unknown), (script, "photo.png", FileKind.Unknown), ("<svg onload='alert(1)'/>"u8.ToArray(), "a.svg", FileKind.Unknown),
            ([0xFF, 0xD8, 0xFF, .. script], "script.jpg", "image/jpeg"), ([.. "GIF89a"u8, .. "/*"u8, .. page, .. "*/=1;"u8], "a.gif", "image/gif"), ([.. Studio.Photo(90, 60), .. "<?php system('id'); ?>"u8], "php.jpg", "image/jpeg"),
        })
        {
            var (file, rungs) = await school.PreparedAsync(bytes, name);
            using var amira = await school.Site.SignedInAsync("Haddad");
            var (response, sent) = await amira.FileAsync("/files/" + file.Key);

            Assert.Equal(type, file.ContentType);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
            if (name == "php.jpg") Assert.False(sent.AsSpan().IndexOf("<?php"u8) >= 0, "what hung behind the picture went out");
            foreach (var rung in rungs.All) Assert.StartsWith("image/", (await amira.FileAsync("/files/" + rung.Key)).Response.Content.Headers.ContentType!.MediaType, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_version_is_let_through_by_the_gate_of_its_file_and_kept_by_the_browser()
    {
        var (_, rungs) = await school.PreparedAsync(Studio.Photo(1200, 800), "photo.jpg");
        var address = "/files/" + rungs.WebPs.First().Key;
        using var amira = await school.Site.SignedInAsync("Haddad");
        using var kai = await school.Site.SignedInAsync("Moana");
        using var nobody = school.Site.Visitor();

        var (mine, _) = await amira.FileAsync(address);
        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        Assert.Contains("immutable", mine.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Null(mine.Content.Headers.ContentDisposition);
        Assert.Equal(HttpStatusCode.NotFound, (await kai.FileAsync(address)).Response.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.FileAsync(address)).Response.StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, (await amira.FileAsync(address, ("If-None-Match", mine.Headers.ETag!.ToString()))).Response.StatusCode);
    }
}
