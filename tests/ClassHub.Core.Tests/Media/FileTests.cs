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
    [InlineData("C:\\Users\\me\\work.docx", "application/zip", "work.docx.zip")]
    [InlineData("budget.ods", "application/zip", "budget.ods")]
    [InlineData("My game.sb3", "application/zip", "My game.sb3")]
    [InlineData("letter.docm", "application/zip", "letter.docm.zip")]
    [InlineData("lesson.mkv", "video/webm", "lesson.mkv")]
    [InlineData("../../etc/passwd", "text/plain", "passwd.txt")]
    [InlineData("a<b>:c\".pdf", "application/pdf", "a-b--c-.pdf")]
    public void A_file_name_says_what_the_bytes_are(string? name, string type, string shown) => Assert.Equal(shown, FileKind.TidyName(name, type, Everybody.MondayNine));

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

    [Fact]
    public void What_a_browser_could_run_is_never_shown_in_a_page() =>
        Assert.DoesNotContain(new[] { "text/html", "image/svg+xml", "text/plain", "application/pdf", "application/javascript", "text/xml", FileKind.Unknown }, FileKind.MayBeShown);

    [Fact]
    public void No_name_is_a_path_or_hides_its_ending() => Gen.Select(Gen.String, Gen.Int[0, 2].Select(i => new[] { "image/jpeg", "application/pdf", FileKind.Unknown }[i])).Sample((typed, type) =>
    {
        var name = FileKind.TidyName(typed, type, Everybody.MondayNine);
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
