using System.Diagnostics;
using System.Globalization;
using System.Text;
using ClassHub.Database;
using ClassHub.Load.Driving;
using ClassHub.Load.Seeding;
using ClassHub.Load.Serving;
using ClassHub.Messages;
using ClassHub.Notifications;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Load.Messages;

/// <summary>Ten thousand posts come out at one moment for thirty pupils each, while others ask for Today; then ten a second; then the messages of the day for nine thousand guardians.</summary>
public sealed class AnnounceRun(SeededSchool seeded, SchoolSize size, string published, string? postgres, int port)
{
    private const int Posts = 10_000, Readers = 30, Connections = 8, Steady = 600, Guardians = 9_000;
    private readonly StringBuilder table = new("| announcements and messages | |\n|-|-:|\n");

    public async Task<string> RunAsync()
    {
        Sessions sessions;
        await using (var db = seeded.Open()) sessions = await Sessions.StartAsync(db, seeded.School, size);
        await DigestsAsync();
        using (var app = await Served.ClassHubAsync(published, seeded.DataFolder, postgres, port, jobs: true))
        {
            var requests = sessions.Pupils.Take(200).Select(p => Requests.Get("/", p)).ToList();
            Measured Today(double seconds) => Measure.Run(port, app.Id, Connections, 1, seconds, 200, (connection, turn) => requests[(connection * 37 + turn) % requests.Count]);
            Today(10);
            var quiet = Today(15);
            var (first, at) = await PostAsync(Posts, TimeSpan.FromSeconds(8), TimeSpan.Zero);
            while (DateTime.UtcNow < at) await Task.Delay(20);
            var began = Stopwatch.GetTimestamp();
            var busy = Today(15);
            while (await LeftAsync(first) is > 0) await Task.Delay(100);
            Say($"{Posts:N0} posts of one moment, {Posts * Readers:N0} notices: all stand after", $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
            Say("notices", $"{await NoticesAsync(first):N0}");
            Say("Today, p50 and p99, while nothing comes out", $"{quiet.P50:0} and {quiet.P99:0} ms at {quiet.ASecond:0} a second");
            Say("Today, p50 and p99, in the first fifteen seconds of it", $"{busy.P50:0} and {busy.P99:0} ms at {busy.ASecond:0} a second");

            (first, _) = await PostAsync(Steady, TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromSeconds(5 + Steady / 10));
            while (await LeftAsync(first) is > 0) await Task.Delay(200);
            await using var db = seeded.Open();
            var late = (await db.Posts.Where(p => p.Id >= first).Select(p => new { p.PublishAt, p.AnnouncedAt }).ToListAsync()).ConvertAll(p => (p.AnnouncedAt!.Value - p.PublishAt!.Value).TotalSeconds).Order().ToList();
            Say("ten posts a second: told after, p50 and p99", $"{late[late.Count / 2]:0.0} and {late[(int)(late.Count * 0.99)]:0.0} s");
        }
        return table.ToString();
    }

    /// <returns>The first of the new posts, and when they come out.</returns>
    private async Task<(int First, DateTime At)> PostAsync(int count, TimeSpan ahead, TimeSpan apart)
    {
        await using var db = seeded.Open();
        await db.Database.OpenConnectionAsync();
        var rows = new BulkRows(db);
        var first = await db.Posts.MaxAsync(p => p.Id) + 1;
        var pupils = await db.Memberships.Where(m => !m.IsTeacher).OrderBy(m => m.ClassId).Select(m => new { m.ClassId, m.PersonId }).ToListAsync();
        var classes = pupils.GroupBy(p => p.ClassId).Where(g => g.Count() >= Readers).Select(g => (Id: g.Key, Pupils: g.Select(p => p.PersonId).ToArray())).ToList();
        var teachers = await db.Memberships.Where(m => m.IsTeacher).ToDictionaryAsync(m => m.ClassId, m => m.PersonId);
        var now = DateTime.UtcNow;
        var at = now + ahead;
        await rows.PutAsync("Posts", ["Id", "ClassId", "Kind", "AuthorId", "Title", "Body", "IsForAll", "PublishAt", "PublishTyped", "CreatedAt", "EditedAt", "Version"],
            Enumerable.Range(0, count).Select(i => new object?[] { first + i, classes[i % classes.Count].Id, "Notice", teachers[classes[i % classes.Count].Id], $"Notice {i}", "Read it.", false, at + apart * i, "2026-11-29T08:00", now, now, 1 }));
        await rows.PutAsync("PostReaders", ["PostId", "PersonId"], Enumerable.Range(0, count).SelectMany(i =>
        {
            var all = classes[i % classes.Count].Pupils;
            return Enumerable.Range(0, Readers).Select(r => new object?[] { first + i, all[(i / classes.Count * Readers + r) % all.Length] });
        }));
        await db.Database.CloseConnectionAsync();
        return (first, at);
    }

    private async Task<int> LeftAsync(int first) { await using var db = seeded.Open(); return await db.Posts.CountAsync(p => p.Id >= first && p.AnnouncedAt == null); }
    private async Task<int> NoticesAsync(int first) { await using var db = seeded.Open(); return await db.Notifications.CountAsync(n => n.Kind == NotificationKind.PostPublished && n.SubjectId >= first); }

    /// <summary>One guardian for each pupil; their messages are planned and made as the jobs do it, and sent nowhere.</summary>
    private async Task DigestsAsync()
    {
        await using var db = seeded.Open();
        await db.Database.OpenConnectionAsync();
        var rows = new BulkRows(db);
        var (now, first) = (DateTime.UtcNow, await db.People.MaxAsync(p => p.Id) + 1);
        await rows.PutAsync("People", ["Id", "Forename", "Surname", "Role", "IsOffice", "SendsUrgent", "NeedsWords", "SavesData", "CreatedAt", "Stamp"],
            Enumerable.Range(0, Guardians).Select(i => new object?[] { first + i, "Guardian", "Number " + i, "Guardian", false, false, false, false, now, 1L }));
        await rows.PutAsync("GuardianLinks", ["GuardianId", "PupilId", "InvitedById", "InvitedAt", "ApprovedAt", "AcceptedAt"], Enumerable.Range(0, Guardians).Select(i => new object?[] { first + i, seeded.School.Pupil(i), 1, now, now, now }));
        await rows.PutAsync("MessageSettings", ["PersonId", "Email", "Rhythm", "Hour", "UnsubscribeKey", "ToldUntil"], Enumerable.Range(0, Guardians).Select(i => new object?[] { first + i, $"g{i}@example.org", "EverySchoolDay", new TimeOnly(16, 0), $"key{i:d29}", now.AddDays(-1) }));
        await db.Database.CloseConnectionAsync();

        var school = await db.Schools.AsNoTracking().SingleAsync();
        var clock = new SchoolClock(TimeProvider.System, SchoolCalendar.Of(school, []));
        var messages = Enumerable.Range(0, Guardians).Select(i => new Message(first + i, MessageKind.Daily, clock.Today.DayNumber, clock.Now)).ToList();
        var mail = new MailSettings("localhost", 25, null, null, "school@load.example", "https://load.example", false);
        GC.Collect();
        var (before, peak, began, said) = (GC.GetTotalMemory(true), 0L, Stopwatch.GetTimestamp(), 0);
        foreach (var message in messages)
        {
            // A context each, as the job's scope has one for a round.
            await using var own = seeded.Open();
            if (await new ComposeMail(own, clock, mail, new PushSettings(null, [])).RunAsync(message, CancellationToken.None) is not null) said++;
            peak = Math.Max(peak, GC.GetTotalMemory(false) - before);
        }
        Say($"messages of the day for {Guardians:N0} guardians, {said:N0} with something to say", $"made in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s, memory {peak / 1e6:0} MB at most");
    }

    private void Say(string what, FormattableString value) => table.Append(CultureInfo.InvariantCulture, $"| {what} | {value.ToString(CultureInfo.InvariantCulture)} |\n");
}
