using System.Globalization;
using System.Net;
using System.Text.Json;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Device;

/// <summary>A device tells the school that Hand in was pressed while a photo is still on its way. The task is due at 16:00.</summary>
public sealed class PressedMeanwhileTests : IAsyncLifetime
{
    private static readonly byte[] Photo = [.. Enumerable.Range(0, 3_000).Select(i => (byte)i)];
    private TestSite site = null!;
    private Visitor amira = null!;
    private string task = "", form = "";

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        await site.WithDbAsync(async db =>
        {
            var okafor = await db.People.SingleAsync(p => p.Surname == "Okafor");
            var classId = await db.Classes.Where(c => c.Name == "5 Maple").Select(c => c.Id).SingleAsync();
            var post = db.Posts.Add(new Post(classId, PostKind.Task, okafor.Id, null, Everybody.MondayNine)).Entity;
            post.Write("Volcano poster", "Draw it", null, null, Everybody.MondayNine);
            post.Publish(Everybody.MondayNine, null, Everybody.MondayNine);
            await db.SaveChangesAsync();
            var made = db.Tasks.Add(new ClassTask(post)).Entity;
            made.Ask(HandInWays.Text | HandInWays.Files, null);
            made.Schedule(Everybody.MondayNine.AddHours(7), "2026-11-23T16:00", null, null, Everybody.MondayNine);
            await db.SaveChangesAsync();
            task = $"/classes/{classId}/tasks/{made.Id}";
        });
        amira = await site.SignedInAsync("Haddad");
        form = JsonDocument.Parse((await amira.GetAsync("/device/me")).Body).RootElement.GetProperty("form").GetString()!;
    }

    public async Task DisposeAsync()
    {
        amira.Dispose();
        await site.DisposeAsync();
    }

    private Task<Answer> TusAsync(HttpMethod method, string path, byte[]? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Headers = { { "Tus-Resumable", "1.0.0" } } };
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/offset+octet-stream") } };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return amira.SendAsync(request);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<string> BeginAsync() => (await TusAsync(HttpMethod.Post, "/uploads", null, ("Upload-Length", Number(Photo.Length)))).Location!;

    private Task<Answer> PieceAsync(string upload, int from, int to) => TusAsync(HttpMethod.Patch, upload, Photo[from..to], ("Upload-Offset", Number(from)));

    private Task<Answer> SayAsync(string where, string key, string text, params string[] uploads)
    {
        List<(string Name, string Value)> fields = [("_form", form), ("Key", key), ("Text", text), .. uploads.Select(u => ("Uploads", u.Split('/')[^1]))];
        return amira.SendAsync(new HttpRequestMessage(HttpMethod.Post, task + where)
        {
            Headers = { { "X-Requested-With", "device" } },
            Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
        });
    }

    [Fact]
    public async Task The_last_piece_hands_it_in_as_of_the_press_although_nobody_asks_any_more()
    {
        var upload = await BeginAsync();
        await PieceAsync(upload, 0, 1_000);
        site.Clock!.Advance(TimeSpan.FromHours(7) - TimeSpan.FromMinutes(1));

        Assert.Equal(HttpStatusCode.OK, (await SayAsync("/wish", RandomKey.Hex(), "Lava", upload)).Status);
        Assert.Contains("You pressed Hand in", (await amira.GetAsync(task)).Body, StringComparison.Ordinal);
        site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.NoContent, (await PieceAsync(upload, 1_000, 3_000)).Status);

        await site.WithDbAsync(async db =>
        {
            var version = await db.SubmissionVersions.Include(v => v.Files).SingleAsync();
            Assert.Equal((Everybody.MondayNine.AddHours(7).AddMinutes(-1), "Lava", 1), (version.HandedInAt, version.Text, version.Files.Count));
        });
        Assert.Contains("Handed in", (await amira.GetAsync(task)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_device_that_hands_it_in_as_well_gets_the_same_receipt()
    {
        var (upload, key) = (await BeginAsync(), RandomKey.Hex());
        await SayAsync("/wish", key, "Lava", upload);
        await PieceAsync(upload, 0, 3_000);

        var answer = await SayAsync("/hand-in", key, "Lava", upload);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var receipt = JsonDocument.Parse(answer.Body).RootElement.GetProperty("receipt").GetString();
        await site.WithDbAsync(async db => Assert.Equal((await db.SubmissionVersions.SingleAsync()).Receipt, receipt));
    }

    [Fact]
    public async Task Changed_instead_it_is_not_handed_in()
    {
        var (upload, key) = (await BeginAsync(), RandomKey.Hex());
        await SayAsync("/wish", key, "Lava", upload);
        await SayAsync("/wish/withdraw", key, "");
        await PieceAsync(upload, 0, 3_000);

        await site.WithDbAsync(async db => Assert.False(await db.SubmissionVersions.AnyAsync()));
    }

    [Fact]
    public async Task A_wish_for_nothing_or_for_files_of_others_is_refused_in_words()
    {
        var answer = await SayAsync("/wish", RandomKey.Hex(), "Lava", "/uploads/0123456789abcdef0123456789abcdef");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("not on its way", answer.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await SayAsync("/wish", RandomKey.Hex(), "Lava")).Status);
    }
}
