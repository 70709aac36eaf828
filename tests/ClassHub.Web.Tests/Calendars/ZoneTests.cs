using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ClassHub.Calendars;
using ClassHub.Posts;
using ClassHub.School;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace ClassHub.Web.Tests.Calendars;

/// <summary>
/// What a feed says of its time zone, taken at its word: another library (Debian's python3-icalendar) expands the component, and knows nothing
/// of the zone's name.
/// </summary>
public sealed class ZoneTests
{
    private static readonly Instant First = Instant.FromUtc(2026, 1, 1, 0, 0), Last = Instant.FromUtc(2038, 1, 1, 0, 0);

    internal static string Feed(string zone, params CalendarEntry[] entries)
    {
        var school = new SchoolProfile("Hazel Grove", zone, SchoolDays.MondayToFriday, new(8, 30), Everybody.MondayNine);
        var clock = new SchoolClock(new FakeTimeProvider(Everybody.MondayNine), SchoolCalendar.Of(school, []));
        return new WriteICalendar(clock).Write(school, entries, [], "https://hub.hazel.example");
    }

    internal static CalendarEntry Due(Instant at, string title = "Volcano poster") =>
        new(1, PostKind.Task, true, 1, "5 Maple", null, title, null, at.ToDateTimeOffset(), false, false, Everybody.MondayNine, Everybody.MondayNine);

    [Fact]
    public async Task Every_zone_of_a_feed_changes_its_clocks_when_the_zone_does_from_2026_to_2037()
    {
        const string Program = """
            import sys, json
            from datetime import datetime, timedelta
            from icalendar import Calendar
            wrong = []
            for feed in json.load(sys.stdin):
                zone = Calendar.from_ical(feed["Text"]).walk("VTIMEZONE")[0].to_tz()
                for second, offset in feed["Offsets"]:
                    told = zone.fromutc(datetime(1970, 1, 1) + timedelta(seconds=second)).utcoffset().total_seconds()
                    if told != offset:
                        wrong.append("%s %s: %s instead of %s" % (feed["Zone"], datetime(1970, 1, 1) + timedelta(seconds=second), told, offset))
            print("\n".join(wrong))
            """;
        var zones = DateTimeZoneProviders.Tzdb;
        var feeds = zones.Ids.Select(id => new { Zone = id, Text = Feed(id, Due(First), Due(Last)), Offsets = Offsets(zones[id]) });

        var wrong = await PythonAsync(Program, JsonSerializer.Serialize(feeds));

        Assert.True(wrong.Trim() == "", wrong.Length > 3000 ? wrong[..3000] : wrong);
    }

    /// <summary>Around each change and in the middle between two: seconds since 1970, and by how many the clocks are ahead of UTC.</summary>
    private static IEnumerable<long[]> Offsets(DateTimeZone zone)
    {
        foreach (var interval in zone.GetZoneIntervals(First, Last))
        {
            var start = interval.HasStart && interval.Start > First ? interval.Start : First;
            var end = interval.HasEnd && interval.End < Last ? interval.End : Last;
            foreach (var at in new[] { start, start + (end - start) / 2, end - Duration.FromSeconds(1) })
                yield return [at.ToUnixTimeSeconds(), zone.GetUtcOffset(Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds())).Seconds];
        }
    }

    [Fact]
    public void No_line_is_longer_than_75_bytes_and_none_cuts_a_sign_in_two()
    {
        var family = "👩‍👩‍👧‍👦";
        for (var lead = 0; lead < 80; lead++)
        {
            var title = new string('a', lead) + string.Concat(Enumerable.Repeat("🌋火é" + family, 12)) + "e" + new string('\u0301', 60);
            var feed = Feed("Europe/London", Due(First, title));

            var lines = feed.Split("\r\n");
            Assert.All(lines, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
            Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(feed)));
            Assert.All(lines, line => Assert.Equal(line.Split("👩").Length - 1, 2 * (line.Split(family).Length - 1)));
            Assert.Contains(title, feed.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    internal static async Task<string> PythonAsync(string program, string input)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var python = Process.Start(start)!;
        var (read, wrong) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
        await python.StandardInput.WriteAsync(input);
        python.StandardInput.Close();
        await python.WaitForExitAsync();
        Assert.True(python.ExitCode == 0, await wrong + "\n" + input[..Math.Min(input.Length, 5000)]);
        return await read;
    }
}
