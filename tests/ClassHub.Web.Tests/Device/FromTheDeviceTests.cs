using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Device;

/// <summary>What a pupil's device is told, and how work that waited there is taken.</summary>
public sealed class FromTheDeviceTests : IAsyncLifetime
{
    private TestSite site = null!;
    private string address = "";

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
            var task = db.Tasks.Add(new ClassTask(post)).Entity;
            task.Ask(HandInWays.Text | HandInWays.Files, null);
            // Due at 16:00.
            task.Schedule(Everybody.MondayNine.AddHours(7), "2026-11-23T16:00", null, null, Everybody.MondayNine);
            await db.SaveChangesAsync();
            address = $"/classes/{classId}/tasks/{task.Id}/hand-in";
        });
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    private static async Task<JsonElement> FactsAsync(Visitor visitor)
    {
        var answer = await visitor.GetAsync("/device/me");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        return JsonDocument.Parse(answer.Body).RootElement.Clone();
    }

    private Task<Answer> SendAsync(Visitor visitor, JsonElement facts, string key, string text, params (string, string)[] more) => visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, address)
    {
        Headers = { { "X-Requested-With", "device" } },
        Content = new FormUrlEncodedContent(more.Append(("_form", facts.GetProperty("form").GetString()!)).Append(("Key", key)).Append(("Text", text)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))),
    });

    [Fact]
    public async Task The_key_of_a_person_is_the_same_at_every_sign_in_and_nobody_elses()
    {
        using var amira = await site.SignedInAsync("Haddad");
        using var again = await site.SignedInAsync("Haddad");
        using var other = await site.SignedInAsync("Fisher");

        var key = (await FactsAsync(amira)).GetProperty("key").GetString();
        Assert.Equal(32, Convert.FromBase64String(key!).Length);
        Assert.Equal(key, (await FactsAsync(again)).GetProperty("key").GetString());
        Assert.NotEqual(key, (await FactsAsync(other)).GetProperty("key").GetString());
    }

    [Theory]
    [InlineData("Lava is hot.\r\nVery hot.", "Lava is hot.\nVery hot.")]
    [InlineData("Pasted\u2028from\u0085elsewhere\f", "Pasted\u2028from\u0085elsewhere\f")]
    [InlineData("   ", "   ")]
    public async Task The_answer_tells_the_hash_of_what_came(string sent, string held)
    {
        using var amira = await site.SignedInAsync("Haddad");
        var facts = await FactsAsync(amira);

        var answer = await SendAsync(amira, facts, RandomKey.Hex(), sent, ("OnPaper", "true"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var said = JsonDocument.Parse(answer.Body).RootElement;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(held))), said.GetProperty("text").GetString());
        Assert.EndsWith("/receipt/" + said.GetProperty("receipt").GetString(), said.GetProperty("address").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_work_under_the_same_key_is_refused_with_422()
    {
        using var amira = await site.SignedInAsync("Haddad");
        var facts = await FactsAsync(amira);
        var key = RandomKey.Hex();
        await SendAsync(amira, facts, key, "Mine");

        var answer = await SendAsync(amira, facts, key, "Something else");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("handed in before with something else", JsonDocument.Parse(answer.Body).RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
        await site.WithDbAsync(async db => Assert.Equal(1, await db.SubmissionVersions.CountAsync()));
    }

    [Fact]
    public async Task Work_made_before_the_deadline_counts_from_then_and_the_teacher_sees_both_times()
    {
        using var amira = await site.SignedInAsync("Haddad");
        var facts = await FactsAsync(amira);
        site.Clock!.Advance(TimeSpan.FromHours(7.5)); // half an hour after the deadline, six and a half after it was made

        await SendAsync(amira, facts, RandomKey.Hex(), "Lava", ("MadeTime", facts.GetProperty("time").GetString()!), ("MadeAfter", "3600000"));

        await site.WithDbAsync(async db =>
        {
            var version = await db.SubmissionVersions.SingleAsync();
            Assert.Equal(Everybody.MondayNine.AddHours(1), version.HandedInAt);
            Assert.Equal(Everybody.MondayNine.AddHours(7.5), version.ArrivedAt);
        });
    }

    [Theory]
    [InlineData("not ours", "1000")]
    [InlineData("", "1000")]
    [InlineData(null, "-1")]
    [InlineData(null, "99999999999999")]
    [InlineData(null, "1e3")]
    public async Task A_time_that_is_not_the_servers_or_makes_no_sense_counts_for_nothing(string? time, string after)
    {
        using var amira = await site.SignedInAsync("Haddad");
        var facts = await FactsAsync(amira);
        site.Clock!.Advance(TimeSpan.FromHours(8));

        await SendAsync(amira, facts, RandomKey.Hex(), "Lava", ("MadeTime", time ?? facts.GetProperty("time").GetString()!), ("MadeAfter", after));

        await site.WithDbAsync(async db =>
        {
            var version = await db.SubmissionVersions.SingleOrDefaultAsync();
            Assert.True(version is null || version.HandedInAt == Everybody.MondayNine.AddHours(8));
        });
    }

    [Fact]
    public async Task Another_persons_time_counts_for_nothing()
    {
        using var other = await site.SignedInAsync("Fisher");
        var theirs = (await FactsAsync(other)).GetProperty("time").GetString()!;
        using var amira = await site.SignedInAsync("Haddad");
        var facts = await FactsAsync(amira);
        site.Clock!.Advance(TimeSpan.FromHours(8));

        await SendAsync(amira, facts, RandomKey.Hex(), "Lava", ("MadeTime", theirs), ("MadeAfter", "1000"));

        await site.WithDbAsync(async db => Assert.Equal(Everybody.MondayNine.AddHours(8), (await db.SubmissionVersions.SingleAsync()).HandedInAt));
    }
}
