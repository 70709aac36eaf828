using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using ClassHub.Calendars;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Calendars;

/// <summary>The private calendar address, read by a library that did not write it: Debian's python3-icalendar.</summary>
public sealed class FeedTests : IAsyncLifetime
{
    private TestSite site = null!;
    private string key = "";
    private int taskId;

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        await site.WithDbAsync(async db =>
        {
            var amira = await db.People.SingleAsync(p => p.Surname == "Haddad");
            var okafor = await db.People.SingleAsync(p => p.Surname == "Okafor");
            var classId = await db.Classes.Where(c => c.Name == "5 Maple").Select(c => c.Id).SingleAsync();
            var post = db.Posts.Add(new Post(classId, PostKind.Task, okafor.Id, null, Everybody.MondayNine)).Entity;
            post.Write("Volcano; poster, \"big\" — 火山\n", "Draw it", null, 25, Everybody.MondayNine);
            post.Publish(Everybody.MondayNine, null, Everybody.MondayNine);
            await db.SaveChangesAsync();
            var task = db.Tasks.Add(new ClassTask(post)).Entity;
            task.Ask(HandInWays.Text, null);
            // 16:00 in summer time, which the reader must find by the zone's own rules.
            task.Schedule(new DateTimeOffset(2027, 4, 1, 15, 0, 0, TimeSpan.Zero), "2027-04-01T16:00", null, null, Everybody.MondayNine);
            db.Add(new Holiday("Christmas", new(2026, 12, 21), new(2027, 1, 1)));
            var feed = db.Add(new CalendarFeed(amira.Id, Everybody.MondayNine)).Entity;
            await db.SaveChangesAsync();
            (key, taskId) = (feed.Key, task.Id);
        });
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    private sealed record Event(string Uid, string Summary, string Start, string? Zone, string Status, int Sequence);

    /// <summary>What the other library reads; it ends with an error when the text breaks RFC 5545.</summary>
    private static async Task<List<Event>> ReadAsync(string text)
    {
        const string Program = """
            import sys, json
            from icalendar import Calendar
            from dateutil.tz import UTC
            calendar = Calendar.from_ical(sys.stdin.buffer.read())
            assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
            zones = {str(z["TZID"]): z.to_tz() for z in calendar.walk("VTIMEZONE")}
            events = []
            for e in calendar.walk("VEVENT"):
                assert not e.errors, e.errors
                assert e["UID"] and e["DTSTAMP"]
                start = e["DTSTART"]
                zone = start.params.get("TZID")
                at = start.dt
                if zone:
                    at = zones[zone].localize(at.replace(tzinfo=None)).astimezone(UTC)
                events.append(dict(Uid=str(e["UID"]), Summary=str(e["SUMMARY"]), Start=at.isoformat(), Zone=zone, Status=str(e.get("STATUS", "")), Sequence=int(e.get("SEQUENCE", 0))))
            print(json.dumps(events))
            """;
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Program]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await python.StandardInput.WriteAsync(text);
        python.StandardInput.Close();
        var (read, wrong) = (await python.StandardOutput.ReadToEndAsync(), await python.StandardError.ReadToEndAsync());
        await python.WaitForExitAsync();
        Assert.True(python.ExitCode == 0, wrong + "\n" + text);
        return JsonSerializer.Deserialize<List<Event>>(read)!;
    }

    [Fact]
    public async Task Another_library_reads_the_dates_as_they_were_meant()
    {
        using var anybody = site.Visitor();

        var answer = await anybody.GetAsync($"/cal/{key}.ics");

        Assert.Equal((HttpStatusCode.OK, "text/calendar; charset=utf-8"), (answer.Status, answer.Header("Content-Type")));
        Assert.Null(answer.Header("Set-Cookie"));
        Assert.All(answer.Body.Split("\r\n"), line => Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75, line));
        var events = await ReadAsync(answer.Body);
        var due = Assert.Single(events, e => e.Uid.StartsWith("due-", StringComparison.Ordinal));
        Assert.Equal(("Due: Volcano; poster, \"big\" — 火山", "Europe/London", "CONFIRMED"), (due.Summary, due.Zone, due.Status));
        Assert.Equal(new DateTimeOffset(2027, 4, 1, 15, 0, 0, TimeSpan.Zero), DateTimeOffset.Parse(due.Start, CultureInfo.InvariantCulture));
        Assert.Contains(events, e => e is { Summary: "Christmas", Start: "2026-12-21" });
        Assert.DoesNotContain("Amira", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Haddad", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moved_deadline_keeps_its_name_and_a_binned_one_is_cancelled()
    {
        using var anybody = site.Visitor();
        var before = (await ReadAsync((await anybody.GetAsync($"/cal/{key}.ics")).Body)).Single(e => e.Uid.StartsWith("due-", StringComparison.Ordinal));
        site.Clock!.Advance(TimeSpan.FromMinutes(5));
        await ChangeAsync((post, task) => { task.Schedule(new DateTimeOffset(2027, 4, 2, 15, 0, 0, TimeSpan.Zero), null, null, null, site.Clock!.GetUtcNow()); post.Redated(site.Clock!.GetUtcNow()); });
        var moved = (await ReadAsync((await anybody.GetAsync($"/cal/{key}.ics")).Body)).Single(e => e.Uid.StartsWith("due-", StringComparison.Ordinal));
        site.Clock!.Advance(TimeSpan.FromMinutes(5));
        await ChangeAsync((post, _) => post.Bin(site.Clock!.GetUtcNow()));
        var gone = (await ReadAsync((await anybody.GetAsync($"/cal/{key}.ics")).Body)).Single(e => e.Uid.StartsWith("due-", StringComparison.Ordinal));

        Assert.Equal((before.Uid, before.Uid), (moved.Uid, gone.Uid));
        Assert.NotEqual(before.Start, moved.Start);
        Assert.Equal("CANCELLED", gone.Status);
        Assert.True(before.Sequence < moved.Sequence && moved.Sequence < gone.Sequence);
    }

    private Task ChangeAsync(Action<Post, ClassTask> change) => site.WithDbAsync(async db =>
    {
        change(await db.Posts.SingleAsync(p => p.Id == taskId), await db.Tasks.SingleAsync(t => t.Id == taskId));
        await db.SaveChangesAsync();
    });

    [Fact]
    public async Task K03_A_wrong_an_old_and_a_switched_off_key_look_alike()
    {
        using var anybody = site.Visitor();
        using var amira = await site.SignedInAsync("Haddad");
        var wrong = await anybody.GetAsync($"/cal/{RandomKey.Hex()}.ics");

        await amira.PostFormAsync("/me/calendar");
        var old = await anybody.GetAsync($"/cal/{key}.ics");
        var fresh = await site.WithDbAsync(db => db.CalendarFeeds.Select(f => f.Key).SingleAsync());
        var unchanged = new HttpRequestMessage(HttpMethod.Get, $"/cal/{fresh}.ics");
        unchanged.Headers.TryAddWithoutValidation("If-None-Match", (await anybody.GetAsync($"/cal/{fresh}.ics")).Header("ETag"));
        Assert.Equal(HttpStatusCode.NotModified, (await anybody.SendAsync(unchanged)).Status);
        await site.WithDbAsync(async db => { (await db.People.SingleAsync(p => p.Surname == "Haddad")).Disable(Everybody.MondayNine); await db.SaveChangesAsync(); });
        var off = await anybody.GetAsync($"/cal/{fresh}.ics");

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], new[] { wrong.Status, old.Status, off.Status });
        Assert.Equal((wrong.Body, wrong.Body), (old.Body, off.Body));
    }
}
