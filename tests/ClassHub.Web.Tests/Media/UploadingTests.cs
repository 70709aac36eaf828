using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Web.Tests.Media;

/// <summary>The rules of the tus protocol 1.0.0, request by request.</summary>
public sealed class UploadingTests : IAsyncLifetime
{
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 4000).Select(i => $"line {i}")));
    private TestSite site = null!;
    private Visitor amira = null!;

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        amira = await site.SignedInAsync("Haddad");
    }

    public async Task DisposeAsync()
    {
        amira.Dispose();
        await site.DisposeAsync();
    }

    private static Task<Answer> Ask(Visitor who, string method, string path, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            if (headers.All(h => h.Name != "Content-Type")) request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        }
        foreach (var (name, value) in headers.Any(h => h.Name == "Tus-Resumable") ? headers : [("Tus-Resumable", "1.0.0"), .. headers])
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content!.Headers.TryAddWithoutValidation(name, value);
        return who.SendAsync(request);
    }

    private async Task<string> BeginAsync(long? length = null, string name = "page.txt")
    {
        var answer = await Ask(amira, "POST", "/uploads", null, ("Upload-Length", (length ?? Bytes.Length).ToString(CultureInfo.InvariantCulture)), ("Upload-Metadata", "filename " + Convert.ToBase64String(Encoding.UTF8.GetBytes(name))));
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return answer.Location!;
    }

    private Task<Answer> SendAsync(string to, int offset, byte[] bytes, params (string, string)[] headers) => Ask(amira, "PATCH", to, bytes, [("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)), .. headers]);
    private async Task<string?> OffsetAsync(string of) => (await Ask(amira, "HEAD", of)).Header("Upload-Offset");

    [Fact]
    public async Task A_file_sent_in_pieces_is_the_file_and_can_be_handed_in()
    {
        var to = await BeginAsync();

        Assert.Equal("1000", (await SendAsync(to, 0, Bytes[..1000])).Header("Upload-Offset"));
        Assert.Equal("1000", await OffsetAsync(to));
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(to, 1000, Bytes[1000..])).Status);

        var key = to.Split('/')[^1];
        var file = await site.WithDbAsync(db => db.Files.SingleAsync(f => f.Key == key));
        Assert.Equal(("page.txt", "text/plain", (long)Bytes.Length, Convert.ToHexStringLower(SHA256.HashData(Bytes))), (file.Name, file.ContentType, file.Size, file.Sha256));
        Assert.Equal(Bytes.Length.ToString(CultureInfo.InvariantCulture), await OffsetAsync(to));
        Assert.Equal(Encoding.UTF8.GetString(Bytes), (await amira.GetAsync("/files/" + key)).Body);
        // It is whole: more has no place in it, and it does not go away by this door.
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(to, 0, Bytes[..1])).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Ask(amira, "DELETE", to)).Status);
    }

    [Fact]
    public async Task Work_whose_file_began_to_arrive_before_the_deadline_is_on_time_and_its_receipt_proves_the_bytes()
    {
        var (classId, taskId) = await TaskDueInAsync(TimeSpan.FromMinutes(5));
        var to = await BeginAsync();
        site.Clock!.Advance(TimeSpan.FromMinutes(15));
        await SendAsync(to, 0, Bytes);

        var page = $"/classes/{classId}/tasks/{taskId}";
        var answer = await amira.PostAsync(page + "/hand-in", ("_form", await amira.TokenAsync()), ("Key", RandomKey.Hex()), ("Uploads", to.Split('/')[^1]));

        var receipt = await amira.GetAsync(answer.Location!);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(Bytes)), receipt.Main, StringComparison.Ordinal);
        Assert.Equal(Everybody.MondayNine, await site.WithDbAsync(db => db.SubmissionVersions.Select(v => v.HandedInAt).SingleAsync()));
        // The code leads a teacher of the class there, and nobody else.
        using var okafor = await site.SignedInAsync("Okafor");
        using var weller = await site.SignedInAsync("Weller");
        var code = answer.Location!.Split('/')[^1];
        Assert.Equal(answer.Location, (await okafor.GetAsync("/receipts?code=" + code.ToLowerInvariant())).Location);
        Assert.Contains("no receipt with this code in your classes", (await weller.GetAsync("/receipts?code=" + code)).Main, StringComparison.Ordinal);
        // The same file cannot be work for something else too.
        var (otherClass, other) = await TaskDueInAsync(TimeSpan.FromDays(1));
        var again = await amira.PostAsync($"/classes/{otherClass}/tasks/{other}/hand-in", ("_form", await amira.TokenAsync()), ("Key", RandomKey.Hex()), ("Uploads", to.Split('/')[^1]));
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Contains("belongs to other work already", again.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_of_a_draft_change_places_by_a_plain_button_and_only_for_their_pupil()
    {
        var (classId, taskId) = await TaskDueInAsync(TimeSpan.FromDays(1));
        var work = $"/classes/{classId}/tasks/{taskId}/hand-in";
        var uploads = new List<(string, string)> { ("_form", await amira.TokenAsync()) };
        for (var page = 0; page < 2; page++)
        {
            var to = await BeginAsync();
            await SendAsync(to, 0, Bytes);
            uploads.Add(("Uploads", to.Split('/')[^1]));
        }
        await amira.PostAsync(work + "/files", [.. uploads]);
        Task<List<int>> OrderAsync() => site.WithDbAsync(db => db.DraftFiles.OrderBy(f => f.Place).Select(f => f.FileId).ToListAsync());
        var before = await OrderAsync();
        (string, string) last = ("earlier", before[1].ToString(CultureInfo.InvariantCulture));

        using var ben = await site.SignedInAsync("Fisher");
        await ben.PostAsync(work + "/move", ("_form", await ben.TokenAsync()), last);
        Assert.Equal(before, await OrderAsync());
        var answer = await amira.PostAsync(work + "/move", ("_form", await amira.TokenAsync()), last, ("Text", "Typed meanwhile"));

        Assert.EndsWith("#work", answer.Location, StringComparison.Ordinal);
        Assert.Equal([before[1], before[0]], await OrderAsync());
        Assert.Contains("Typed meanwhile", (await amira.GetAsync(answer.Location!)).Main, StringComparison.Ordinal);
    }

    private Task<(int ClassId, int TaskId)> TaskDueInAsync(TimeSpan from) => site.WithDbAsync(async db =>
    {
        var (maple, okafor) = (await db.Classes.SingleAsync(c => c.Name == "5 Maple"), await db.People.SingleAsync(p => p.Surname == "Okafor"));
        var post = db.Add(new Post(maple.Id, PostKind.Task, okafor.Id, null, Everybody.MondayNine)).Entity;
        post.Write("Volcano poster", "", null, null, Everybody.MondayNine);
        post.Publish(Everybody.MondayNine, null, Everybody.MondayNine);
        await db.SaveChangesAsync();
        var task = db.Add(new ClassTask(post)).Entity;
        task.Ask(HandInWays.Text | HandInWays.Files, null);
        task.Schedule(site.Clock!.GetUtcNow() + from, null, null, null, Everybody.MondayNine);
        await db.SaveChangesAsync();
        return (maple.Id, post.Id);
    });

    [Fact]
    public async Task Of_eight_who_send_the_same_piece_at_once_one_is_taken()
    {
        var to = await BeginAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SendAsync(to, 0, Bytes[..30_000]))));

        Assert.Single(answers, a => a.Status == HttpStatusCode.NoContent);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.NoContent), a => Assert.True(a.Status is HttpStatusCode.Conflict or HttpStatusCode.Locked));
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(to, 30_000, Bytes[30_000..])).Status);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Bytes)), await site.WithDbAsync(db => db.Files.Where(f => f.Key == to.Substring(9)).Select(f => f.Sha256).SingleAsync()));
    }

    [Fact]
    public async Task Bytes_that_changed_on_their_way_are_not_kept()
    {
        var to = await BeginAsync();
        string Sum(byte[] of) => "sha256 " + Convert.ToBase64String(SHA256.HashData(of));

        Assert.Equal(460, (int)(await SendAsync(to, 0, Bytes[..1000], ("Upload-Checksum", Sum(Bytes[..999])))).Status);
        Assert.Equal("0", await OffsetAsync(to));
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(to, 0, Bytes[..1000], ("Upload-Checksum", "md5 AAAA"))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(to, 0, Bytes[..1000], ("Upload-Checksum", Sum(Bytes[..1000])))).Status);
    }

    [Theory]
    [InlineData("Upload-Offset", "-1", 400)]
    [InlineData("Upload-Offset", "1e3", 400)]
    [InlineData("Upload-Offset", "+5", 400)]
    [InlineData("Upload-Offset", "18446744073709551616", 400)]
    [InlineData("Upload-Offset", "5", 409)]
    [InlineData("Content-Type", "text/plain", 415)]
    [InlineData("Tus-Resumable", "0.2.2", 412)]
    public async Task A_request_that_is_not_right_changes_nothing(string header, string value, int expected)
    {
        var to = await BeginAsync();

        var answer = await Ask(amira, "PATCH", to, Bytes[..10], header == "Upload-Offset" ? [(header, value)] : [("Upload-Offset", "0"), (header, value)]);

        Assert.Equal(expected, (int)answer.Status);
        Assert.Equal("1.0.0", answer.Header("Tus-Resumable"));
        if (expected == 412) Assert.Equal("1.0.0", answer.Header("Tus-Version"));
        Assert.Equal("0", await OffsetAsync(to));
    }

    [Theory]
    [InlineData("0", 400)]
    [InlineData("-1", 400)]
    [InlineData("", 400)]
    [InlineData("50000001", 413)]
    [InlineData("9223372036854775807", 413)]
    public async Task A_file_that_cannot_be_taken_is_refused_before_a_byte_is_sent(string length, int expected) =>
        Assert.Equal(expected, (int)(await Ask(amira, "POST", "/uploads", null, ("Upload-Length", length))).Status);

    [Fact]
    public async Task More_than_was_announced_is_refused()
    {
        var to = await BeginAsync(100);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync(to, 0, Bytes[..101])).Status);
        Assert.Equal("0", await OffsetAsync(to));
    }

    /// <summary>Nobody knows beforehand how much comes.</summary>
    private sealed class Chunked(byte[] bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(bytes).AsTask();
        protected override bool TryComputeLength(out long length) { length = 0; return false; }
    }

    [Fact]
    public async Task U16_A_piece_that_does_not_say_how_long_it_is_is_taken_as_far_as_it_was_announced()
    {
        var (to, other) = (await BeginAsync(100), await BeginAsync(100));
        async Task<HttpStatusCode> SendAsync(string where, int bytes)
        {
            var content = new Chunked(Bytes[..bytes]);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
            return (await amira.SendAsync(new HttpRequestMessage(HttpMethod.Patch, where) { Content = content, Headers = { { "Tus-Resumable", "1.0.0" }, { "Upload-Offset", "0" } } })).Status;
        }

        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(to, 100));
        Assert.Equal("100", await OffsetAsync(to));
        // What comes after the announced end is not taken.
        await SendAsync(other, 101);
        Assert.Equal("100", await OffsetAsync(other));
        Assert.Equal(2, await site.WithDbAsync(db => db.Files.CountAsync(f => f.Size == 100 && f.Name == "page.txt")));
    }

    [Fact]
    public async Task Nobody_else_sees_it_and_after_a_day_it_is_gone()
    {
        var to = await BeginAsync();
        using var ben = await site.SignedInAsync("Fisher");

        Assert.Equal(HttpStatusCode.NotFound, (await Ask(ben, "HEAD", to)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Ask(ben, "PATCH", to, Bytes[..1], ("Upload-Offset", "0"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Ask(ben, "DELETE", to)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Ask(amira, "POST", "/uploads", null, ("Upload-Length", "5"), ("Upload-Metadata", "class OTk5OTk5"))).Status);

        site.Clock!.Advance(Upload.Lasts);
        Assert.Equal(HttpStatusCode.Gone, (await Ask(amira, "HEAD", to)).Status);
    }

    [Fact]
    public async Task Files_that_are_still_coming_count_for_a_pupils_space()
    {
        site.Services.GetRequiredService<FileLimits>().Pupil = 1_000;
        Assert.Equal(HttpStatusCode.Created, (await Ask(amira, "POST", "/uploads", null, ("Upload-Length", "600"))).Status);

        var second = await Ask(amira, "POST", "/uploads", null, ("Upload-Length", "401"));

        Assert.Contains("Your space for files is full.", second.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await Ask(amira, "POST", "/uploads", null, ("Upload-Length", "400"))).Status);
    }

    [Fact]
    public async Task What_is_not_wanted_any_more_can_be_let_go_and_nobody_begins_without_end()
    {
        var first = await BeginAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await Ask(amira, "DELETE", first)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Ask(amira, "HEAD", first)).Status);

        for (var i = 0; i < Upload.MostOpen; i++) await BeginAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Ask(amira, "POST", "/uploads", null, ("Upload-Length", "5"))).Status);
    }
}
