using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>Messages through a real mail server that hangs, refuses and hangs up, while ClassHub is killed again and again.</summary>
public sealed class MailTests(StoppedSchool school, ITestOutputHelper output) : IClassFixture<StoppedSchool>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    [Fact]
    public async Task Every_message_arrives_and_twice_only_where_a_kill_fell_between_the_servers_word_and_ours()
    {
        var (messages, kills) = (WhenThingsBreak.Times(few: 70, all: 2_000), WhenThingsBreak.Times(few: 5, all: 50));
        var folder = Directory.CreateTempSubdirectory("classhub-mail-").FullName;
        using var mail = await MailServer.StartAsync(behaves: false);
        try
        {
            await school.CopyToAsync(folder);
            Queue(folder, messages);
            await using var server = new SchoolServer(folder);
            mail.Serve(server);
            for (var kill = 0; kill < kills; kill++)
            {
                await server.InitializeAsync();
                // The first round of sending comes within ten seconds of a start.
                var before = mail.Facts.Count;
                for (var wait = 0; wait < 300 && mail.Facts.Count == before && Waiting(folder) > 0; wait++) await Task.Delay(50);
                await Task.Delay(RandomNumberGenerator.GetInt32(400));
                await server.KillAsync();
            }
            var watch = Stopwatch.StartNew();
            while (Waiting(folder) > 0 && watch.Elapsed < Patience)
            {
                if (!WhenThingsBreak.IsThorough) LetMinutesPass(folder);
                await server.InitializeAsync();
                for (var wait = Stopwatch.StartNew(); watch.Elapsed < Patience && Waiting(folder) > 0 && (WhenThingsBreak.IsThorough || wait.Elapsed < TimeSpan.FromSeconds(15) || Waiting(folder, "AND Attempts = 0") > 0);) await Task.Delay(200);
                await server.KillAsync();
            }

            output.WriteLine($"{messages} messages, {kills} kills: {mail.Count("took")} taken, {mail.Count("refused")} refused, {mail.Count("hung")} hung, {mail.Took.Count(t => t.Count() > 1)} more than once; the last after {watch.Elapsed.TotalSeconds:0} s.");
            Assert.Equal(0, Waiting(folder));
            Assert.Equal(messages, mail.Took.Count);
            Assert.All(mail.Took, t => Assert.Single(t.Select(f => f.MessageId).Distinct()));
            Assert.InRange(mail.Count("took") - messages, 0, kills);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    /// <summary>An urgent notice that so many members of staff are still to hear by e-mail.</summary>
    private static void Queue(string folder, int messages)
    {
        using var db = StoredSchool.Open(folder);
        using var all = db.BeginTransaction();
        Run(db, "INSERT INTO UrgentNotices (ByPersonId, At, Text) VALUES (1, '2026-11-23 08:00:00', 'The school is closed.')");
        for (var i = 0; i < messages; i++)
            Run(db, $"""
                INSERT INTO People (Forename, Surname, Role, IsOffice, SendsUrgent, NeedsWords, SavesData, CreatedAt, Stamp) VALUES ('Staff', 'Number {i}', 'Staff', 0, 0, 0, 0, '2026-11-01 08:00:00', 1);
                INSERT INTO MessageSettings (PersonId, Email, Rhythm, Hour, UnsubscribeKey, ToldUntil) SELECT max(Id), 'staff{i}@example.org', 'Never', '16:00:00', 'key{i}', '2026-11-01 08:00:00' FROM People;
                INSERT INTO Messages (PersonId, Kind, Occurrence, QueuedAt, NextTryAt, Attempts) SELECT max(Id), 'Urgent', (SELECT max(Id) FROM UrgentNotices), strftime('%Y-%m-%d %H:%M:%S', 'now'), strftime('%Y-%m-%d %H:%M:%S', 'now'), 0 FROM People;
                """);
        all.Commit();
    }

    /// <summary>What was refused may be tried again, and what a dead server had claimed is free: in full, these minutes are waited for.</summary>
    private static void LetMinutesPass(string folder)
    {
        using var db = StoredSchool.Open(folder);
        Run(db, "UPDATE Messages SET NextTryAt = QueuedAt, ClaimedUntil = NULL WHERE SentAt IS NULL");
    }

    private static void Run(SqliteConnection db, string sql)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Waiting(string folder, string more = "")
    {
        using var db = StoredSchool.Open(folder);
        using var command = db.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM Messages WHERE SentAt IS NULL AND Kind = 'Urgent' {more}";
        return (long)command.ExecuteScalar()!;
    }
}
