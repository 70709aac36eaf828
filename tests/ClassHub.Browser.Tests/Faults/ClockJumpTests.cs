using System.Globalization;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>The clock of the server is set wrong while a school hands in, and right again.</summary>
[Collection(WhenThingsBreak.Name)]
public sealed class ClockJumpTests(StoppedSchool school, ITestOutputHelper output)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan[] Jumps = [TimeSpan.FromHours(1), TimeSpan.FromHours(-1), Day, -Day, Until(1970, 1, 1), Until(2038, 1, 19, 3, 14),
        Until(2100, 1, 1)];
    private static TimeSpan Until(int year, int month, int day, int hour = 0, int minute = 0) =>
        new DateTimeOffset(year, month, day, hour, minute, 1, TimeSpan.Zero) - TimeProvider.System.GetUtcNow();
    private static readonly TimeSpan Seen = TimeSpan.FromSeconds(3);

    [FactWhere(Needs.SetClocks)]
    public async Task A_clock_that_jumps_ends_no_session_tells_nothing_early_and_makes_no_receipt_older_than_the_last()
    {
        var folder = Directory.CreateTempSubdirectory("classhub-clock-").FullName;
        using var clock = new SetClock();
        try
        {
            await using var trial = await Trial.BeginAsync(school, folder, output, pupils: 8, clock.Settings);
            var sessions = Number(folder, "SELECT count(*) FROM SignInSessions");
            for (var time = 0; time < WhenThingsBreak.Times(few: 1, all: 10); time++)
                foreach (var jump in Jumps)
                {
                    clock.SetTo(jump);
                    await trial.Clients.WorkForAsync(Seen);
                    clock.SetRight();
                    await trial.Clients.WorkForAsync(Seen);
                }
            Assert.Contains("clock jumped", trial.Server.Said(), StringComparison.Ordinal);

            // Whoever starts while it is wrong believes it, and still nobody's next receipt is older than the last.
            clock.SetTo(Day);
            await trial.StartAgainAsync();
            await trial.Clients.HandInAsync();
            clock.SetRight();
            await trial.StartAgainAsync();
            await trial.Clients.HandInAsync();
            trial.Tell("The clock jumped");

            // A sign-in or a form that no longer holds would be answered with another page, 400 or 401.
            Assert.DoesNotContain(trial.History.Answers, a => a.Key is not (302 or 503));
            await trial.Clients.TryAgainAsync();
            await trial.StoredAsToldAsync();
            Assert.Equal(sessions, Number(folder, "SELECT count(*) FROM SignInSessions"));
            Assert.Equal(0, Number(folder, "SELECT count(*) FROM SubmissionVersions v JOIN SubmissionVersions w ON w.SubmissionId = v.SubmissionId AND w.Number = v.Number + 1 WHERE w.HandedInAt < v.HandedInAt"));
            Assert.Equal(0, Number(folder, "SELECT count(*) FROM (SELECT 1 FROM Notifications GROUP BY RecipientId, Kind, SubjectId, Occurrence HAVING count(*) > 1)"));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [FactWhere(Needs.SetClocks)]
    public async Task What_comes_out_tomorrow_is_not_told_by_a_clock_that_is_a_day_ahead_and_the_jobs_go_on_when_it_is_right()
    {
        var folder = Directory.CreateTempSubdirectory("classhub-clock-").FullName;
        using var clock = new SetClock();
        try
        {
            await using var trial = await Trial.BeginAsync(school, folder, output, pupils: 1, clock.Settings);
            const string soon = "PublishAt > datetime('now', '+1 hour')";
            Run(folder, "UPDATE Posts SET AnnouncedAt = NULL, PublishAt = datetime('now', '+20 hours') WHERE Id = (SELECT max(Id) FROM Posts)");
            foreach (var ahead in new[] { Day, Until(2100, 1, 1) })
            {
                clock.SetTo(ahead);
                await Task.Delay(TimeSpan.FromSeconds(25));
            }
            clock.SetRight();
            Assert.Equal(0, Number(folder, $"SELECT count(*) FROM Posts WHERE AnnouncedAt IS NOT NULL AND {soon}"));

            Run(folder, $"UPDATE Posts SET PublishAt = datetime('now', '-1 minute') WHERE AnnouncedAt IS NULL AND {soon}");
            for (var waited = 0; Number(folder, "SELECT count(*) FROM Posts WHERE AnnouncedAt IS NULL AND PublishAt < datetime('now')") > 0; waited++)
            {
                Assert.True(waited < 180, "The jobs did not go on:\n" + trial.Server.Said());
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static long Number(string folder, string sql) => Run(folder, sql, command => Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture));
    private static void Run(string folder, string sql) => Run(folder, sql, command => command.ExecuteNonQuery());

    private static T Run<T>(string folder, string sql, Func<SqliteCommand, T> run)
    {
        using var db = StoredSchool.Open(folder);
        using var command = db.CreateCommand();
        command.CommandText = sql;
        return run(command);
    }
}
