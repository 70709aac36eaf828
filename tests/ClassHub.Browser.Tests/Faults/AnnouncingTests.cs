using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using ClassHub.Browser.Tests.TheSite;
using Xunit.Abstractions;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>Posts come out all the while, and ClassHub is killed and comes back.</summary>
public sealed class AnnouncingTests(StoppedSchool school, ITestOutputHelper output) : IClassFixture<StoppedSchool>
{
    /// <summary>What is promised: so late at most while it runs, and so long after its return.</summary>
    private static readonly TimeSpan WhileRunning = TimeSpan.FromSeconds(30), AfterReturn = TimeSpan.FromSeconds(60);
    private const string Title = "At its time";

    [Fact]
    public async Task Everybody_hears_of_each_post_once_soon_after_it_comes_out_or_after_the_server_is_back()
    {
        var kills = WhenThingsBreak.Times(few: 1, all: 30);
        var folder = Directory.CreateTempSubdirectory("classhub-announce-").FullName;
        try
        {
            await school.CopyToAsync(folder);
            await using var server = new SchoolServer(folder);
            server.Settings["ClassHub__Jobs"] = "true";
            var lives = new List<Life>();
            for (var life = 0; life <= kills; life++)
            {
                Schedule(folder, count: 40, over: TimeSpan.FromSeconds(16));
                var started = DateTime.UtcNow;
                await server.InitializeAsync();
                var ready = DateTime.UtcNow;
                if (life < kills) await Task.Delay(RandomNumberGenerator.GetInt32(2_000, 16_000));
                else for (var wait = Stopwatch.StartNew(); wait.Elapsed < AfterReturn + WhileRunning && Count(folder, $"SELECT count(*) FROM Posts WHERE Title = '{Title}' AND AnnouncedAt IS NULL") > 0;) await Task.Delay(200);
                await server.KillAsync();
                lives.Add(new(started, ready, DateTime.UtcNow));
            }

            var posts = Told(folder);
            Assert.Equal((kills + 1) * 40, posts.Count);
            Assert.All(posts, p => Assert.NotNull(p.Announced));
            Assert.All(posts, p => Assert.True(p.Announced >= p.Out, $"out {p.Out:O}, told {p.Announced:O}"));
            Assert.Equal(0, Count(folder, $"""
                SELECT count(*) FROM Posts p JOIN Memberships m ON m.ClassId = p.ClassId AND NOT m.IsTeacher JOIN People x ON x.Id = m.PersonId AND x.DisabledAt IS NULL
                WHERE p.Title = '{Title}' AND (SELECT count(*) FROM Notifications n WHERE n.RecipientId = m.PersonId AND n.Kind = 'PostPublished' AND n.SubjectId = p.Id) <> 1
                """));
            var late = posts.ConvertAll(p => (Post: p, Life: lives.Single(l => l.Started <= p.Announced && p.Announced <= l.Ended))).ConvertAll(p => (p.Post, IsReturn: p.Post.Out < p.Life.Ready, After: p.Post.Announced!.Value - (p.Post.Out < p.Life.Ready ? p.Life.Ready : p.Post.Out)));
            output.WriteLine($"{posts.Count} posts, {kills} kills: told {late.Where(l => !l.IsReturn).Select(l => l.After.TotalSeconds).DefaultIfEmpty().Max():0.0} s after their moment at most, {late.Where(l => l.IsReturn).Select(l => l.After.TotalSeconds).DefaultIfEmpty().Max():0.0} s after the return at most.");
            Assert.All(late, l => Assert.True(l.After <= (l.IsReturn ? AfterReturn : WhileRunning), $"out {l.Post.Out:O}, told {l.Post.Announced:O}"));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private sealed record Life(DateTime Started, DateTime Ready, DateTime Ended);

    /// <summary>Notices of some classes that come out one after the other from now on.</summary>
    private static void Schedule(string folder, int count, TimeSpan over)
    {
        using var db = StoredSchool.Open(folder);
        using var command = db.CreateCommand();
        var now = DateTime.UtcNow;
        command.CommandText = string.Join('\n', Enumerable.Range(0, count).Select(i => $"""
            INSERT INTO Posts (ClassId, Kind, AuthorId, Title, Body, IsForAll, PublishAt, PublishTyped, CreatedAt, EditedAt, Version)
                SELECT ClassId, 'Notice', PersonId, '{Title}', 'Read this.', 1, '{now + over * i / count:yyyy-MM-dd HH:mm:ss}', '2026-11-29T08:00', '2026-11-01 08:00:00', '2026-11-01 08:00:00', 0 FROM Memberships WHERE IsTeacher AND IsFirst ORDER BY ClassId LIMIT 1 OFFSET {i % 5};
            """));
        command.ExecuteNonQuery();
    }

    private static List<(DateTime Out, DateTime? Announced)> Told(string folder)
    {
        using var db = StoredSchool.Open(folder);
        using var command = db.CreateCommand();
        command.CommandText = $"SELECT PublishAt, AnnouncedAt FROM Posts WHERE Title = '{Title}' ORDER BY PublishAt";
        using var rows = command.ExecuteReader();
        var posts = new List<(DateTime, DateTime?)>();
        while (rows.Read()) posts.Add((Moment(rows.GetString(0)), rows.IsDBNull(1) ? null : Moment(rows.GetString(1))));
        return posts;
    }

    private static DateTime Moment(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static long Count(string folder, string sql)
    {
        using var db = StoredSchool.Open(folder);
        using var command = db.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
