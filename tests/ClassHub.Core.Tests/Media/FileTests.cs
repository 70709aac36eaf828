using System.Security.Cryptography;
using System.Text;
using ClassHub.Media;
using CsCheck;

namespace ClassHub.Tests.Files;

public sealed class FileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("classhub-files-").FullName;
    private DiskFileStore Store => new(folder);
    public void Dispose() => Directory.Delete(folder, recursive: true);

    private int FilesOnDisk() => Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(81_920)]
    [InlineData(300_001)]
    public async Task What_is_kept_is_what_came(int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);

        var saved = await Store.SaveAsync(new MemoryStream(bytes), 300_001, default);

        Assert.Equal((size, Convert.ToHexStringLower(SHA256.HashData(bytes))), (saved.Size, saved.Sha256));
        await using var back = await Store.OpenAsync(saved.Key, default);
        var copy = new MemoryStream();
        await back.CopyToAsync(copy);
        Assert.Equal(bytes, copy.ToArray());
    }

    [Fact]
    public async Task A_file_that_is_one_byte_too_big_leaves_nothing()
    {
        await Assert.ThrowsAsync<RuleBroken>(() => Store.SaveAsync(new MemoryStream(new byte[200_001]), 200_000, default));

        Assert.Equal(0, FilesOnDisk());
    }

    [Fact]
    public async Task A_stream_that_breaks_leaves_nothing()
    {
        await Assert.ThrowsAsync<IOException>(() => Store.SaveAsync(new Breaking(100_000), 1_000_000, default));

        Assert.Equal(0, FilesOnDisk());
    }

    [Fact]
    public async Task Many_files_at_once_all_arrive_whole()
    {
        var store = Store;
        var saved = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => store.SaveAsync(new MemoryStream(Encoding.UTF8.GetBytes($"file {i}")), 100, default))));

        Assert.Equal(50, saved.Select(s => s.Key).Distinct().Count());
        for (var i = 0; i < 50; i++) Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"file {i}"))), saved[i].Sha256);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("0123456789abcdef0123456789abcde/")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("")]
    public async Task A_name_that_is_not_ours_never_reaches_the_disk(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenAsync(new FileKey(name), default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(new FileKey(name), default));
    }

    [Theory]
    [InlineData("photo\u202Egpj.exe", "image/jpeg", "photogpj.exe.jpg")]
    [InlineData("x.jpg.exe", "image/jpeg", "x.jpg.exe.jpg")]
    [InlineData("x.php\0.jpg", "image/jpeg", "x.php.jpg")]
    [InlineData("X.JPG", "image/jpeg", "X.JPG")]
    [InlineData("page.html", "application/octet-stream", "page.html")]
    [InlineData("", "application/pdf", "file-2026-11-23.pdf")]
    [InlineData("...", "image/png", "file-2026-11-23.png")]
    [InlineData(null, "application/octet-stream", "file-2026-11-23")]
    [InlineData("C:\\Users\\me\\work.docx", "application/zip", "work.docx")]
    [InlineData("budget.ods", "application/zip", "budget.ods")]
    [InlineData("My game.sb3", "application/zip", "My game.sb3")]
    [InlineData("letter.docm", "application/zip", "letter.docm")]
    [InlineData("robot.llsp3", "application/zip", "robot.llsp3")]
    [InlineData("essay", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "essay.docx")]
    [InlineData("essay.zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "essay.zip.docx")]
    [InlineData("sheet.xlsm", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "sheet.xlsm")]
    [InlineData("Essay 1.5", "application/vnd.oasis.opendocument.text", "Essay 1.5.odt")]
    [InlineData("photo.jpg", "application/zip", "photo.jpg.zip")]
    [InlineData("lesson.mkv", "video/webm", "lesson.mkv")]
    [InlineData("../../etc/passwd", "text/plain", "passwd.txt")]
    [InlineData("a<b>:c\".pdf", "application/pdf", "a-b--c-.pdf")]
    public void A_file_name_says_what_the_bytes_are(string? name, string type, string shown) =>
        Assert.Equal(shown, FileName.Tidy(name, type, Everybody.MondayNine));

    [Theory]
    [InlineData("<html><script>", "photo.jpg", "application/octet-stream")]
    [InlineData("<svg xmlns=", "picture.svg", "application/octet-stream")]
    [InlineData("%PDF-1.7 <html>", "x.html", "application/pdf")]
    [InlineData("GIF89a<script>", "x.js", "image/gif")]
    [InlineData("PK\u0003\u0004", "essay.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("PK\u0003\u0004", "essay.jpg", "application/zip")]
    [InlineData("\u001aE\u00df\u00a3 a voice", "Voice.weba", "audio/webm")]
    [InlineData("\u001aE\u00df\u00a3 a film", "Video.webm", "video/webm")]
    [InlineData("\0\0\0\u0020ftypisom", "Voice.m4a", "audio/mp4")]
    [InlineData("\0\0\0\u0020ftypisom", "Video.mp4", "video/mp4")]
    [InlineData("\0\0\0\u0020ftypheic", "photo.m4a", "image/heic")]
    [InlineData("hello", "notes.txt", "text/plain")]
    [InlineData("hello", "notes.html", "application/octet-stream")]
    [InlineData("", "empty.txt", "application/octet-stream")]
    public void The_kind_comes_from_the_bytes(string head, string name, string type) => Assert.Equal(type, FileKind.Sniff(Encoding.Latin1.GetBytes(head), name));

    [Theory]
    [InlineData("llsp3", "application/zip")]
    [InlineData("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("jpg", "image/jpeg")]
    public void A_long_name_is_cut_before_its_ending(string ending, string type)
    {
        var name = FileName.Tidy(new string('é', 300) + "." + ending, type, Everybody.MondayNine);
        Assert.EndsWith("é." + ending, name, StringComparison.Ordinal);
        Assert.InRange(name.Length, 100, 130);
    }

    [Theory]
    [InlineData("VID_20261129_101010.mp4", "video/mp4", "Mr Okafor", "Mr Okafor explains")]
    [InlineData("Voice 1 Dec 9.15.weba", "audio/webm", "Mr Okafor", "Mr Okafor explains")]
    [InlineData("9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d.m4a", "audio/mp4", null, "Sound")]
    [InlineData("IMG_0001.HEIC", "image/heic", "Ms Nair", "Picture from Ms Nair")]
    [InlineData("WhatsApp Image 2026-11-29 at 10.15.22 AM.jpeg", "image/jpeg", null, "Picture")]
    [InlineData("fraction_wall.mp4", "video/mp4", "Mr Okafor", "fraction wall")]
    [InlineData("Why the moon-landing mattered.pdf", "application/pdf", "Mr Okafor", "Why the moon-landing mattered")]
    [InlineData("robot.llsp3", "application/zip", "Mr Okafor", "robot.llsp3")]
    public void A_name_that_a_device_gave_becomes_words(string name, string type, string? by, string words) =>
        Assert.Equal(words, FileName.InWords(name, type, by));

    private static byte[] Zip(params string[] names)
    {
        var stream = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create))
            foreach (var name in names)
            {
                using var entry = zip.CreateEntry(name, System.IO.Compression.CompressionLevel.NoCompression)
                .Open(); entry.Write(Encoding.ASCII.GetBytes(name == "mimetype" ? "application/vnd.oasis.opendocument.text" : "x"));
            }
        return stream.ToArray();
    }

    [Theory]
    [InlineData("wordprocessingml.document", "[Content_Types].xml", "_rels/.rels", "word/document.xml")]
    [InlineData("ms-excel.sheet.macroEnabled.12", "[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin")]
    [InlineData("presentationml.presentation", "ppt/slides/slide1.xml", "[Content_Types].xml")]
    [InlineData("opendocument.text", "mimetype", "content.xml")]
    [InlineData("", "manifest.json")]
    [InlineData("", "word/diary.txt")]
    public void What_an_archive_holds_says_what_it_is(string kind, params string[] names)
    {
        var zip = Zip(names);
        var said = ZipInside.Of(new MemoryStream(zip), zip);
        Assert.True(kind == "" ? said is null : said!.EndsWith(kind, StringComparison.Ordinal), said);
    }

    [Fact]
    public void A_damaged_archive_is_only_an_archive() => Gen.Select(Gen.Int[0, 400], Gen.Byte, Gen.Int[30, 500]).Sample((at, value, length) =>
    {
        var zip = Zip("[Content_Types].xml", "word/document.xml")[..];
        zip[at % zip.Length] = value;
        zip = zip[..Math.Min(zip.Length, length)];
        return ZipInside.Of(new MemoryStream(zip), zip) is null or "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    }, iter: 5_000);

    [Theory]
    [InlineData("\r\n%PDF-1.4", "letter.pdf", "application/pdf", 2)]
    [InlineData("\u00ef\u00bb\u00bf%PDF-1.4", "letter", "application/pdf", 3)]
    [InlineData("\r\n\u00ff\u00d8\u00ff\u00e0", "photo.jpeg", "image/jpeg", 2)]
    [InlineData("<html>%PDF-1.4", "letter.pdf", null, 0)]
    [InlineData("<!-- -->\u00ff\u00d8\u00ff", "photo.jpg", null, 0)]
    [InlineData("a program\u00ff\u00d8\u00ff", "setup.exe", null, 0)]
    public void A_head_may_stand_behind_a_few_bytes_but_not_behind_a_page(string head, string name, string? type, int at) =>
        Assert.Equal(type is null ? null : (type, at), FileKind.Behind(Encoding.Latin1.GetBytes(head), name));

    [Fact]
    public void What_a_browser_could_run_is_never_shown_in_a_page() =>
        Assert.DoesNotContain(new[] { "text/html", "image/svg+xml", "text/plain", "application/pdf", "application/javascript", "text/xml", FileKind.Unknown }, FileKind.MayBeShown);

    [Fact]
    public void No_name_is_a_path_or_hides_its_ending() => Gen.Select(Gen.String, Gen.Int[0, 2].Select(i => new[] { "image/jpeg", "application/pdf", FileKind.Unknown }[i])).Sample((typed, type) =>
    {
        var name = FileName.Tidy(typed, type, Everybody.MondayNine);
        Assert.NotEqual("", name);
        Assert.DoesNotContain(name, c => c is '/' or '\\' or '\0' || char.IsControl(c));
        Assert.True(name.Length <= 130);
    }, iter: 10_000);

    private sealed class Breaking(int after) : MemoryStream(new byte[after])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken stop = default) =>
            await base.ReadAsync(buffer, stop) is > 0 and var read ? read : throw new IOException("The line went dead.");
    }
}
