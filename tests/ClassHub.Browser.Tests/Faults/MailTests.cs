using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>Messages through a real mail server that hangs, refuses and hangs up, while ClassHub is killed again and again.</summary>
public sealed class MailTests(StoppedSchool school, ITestOutputHelper output) : IClassFixture<StoppedSchool>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private sealed record Fact(string What, string MessageId, string To);

    [Fact]
    public async Task Every_message_arrives_and_twice_only_where_a_kill_fell_between_the_servers_word_and_ours()
    {
        var (messages, kills) = (WhenThingsBreak.Times(few: 120, all: 2_000), WhenThingsBreak.Times(few: 5, all: 50));
        var folder = Directory.CreateTempSubdirectory("classhub-mail-").FullName;
        var facts = new ConcurrentQueue<Fact>();
        var port = FreePort();
        using var mail = await MailServerAsync(port, facts);
        try
        {
            await school.CopyToAsync(folder);
            Queue(folder, messages);
            await using var server = new SchoolServer(folder);
            foreach (var (name, value) in new[] { ("Host", "127.0.0.1"), ("Port", port.ToString(CultureInfo.InvariantCulture)), ("From", "school@hazel.example"), ("Encrypted", "false") }) server.Settings["ClassHub__Mail__" + name] = value;
            server.Settings["ClassHub__Address"] = "https://hub.hazel.example";
            server.Settings["ClassHub__Jobs"] = "true";
            for (var kill = 0; kill < kills; kill++)
            {
                await server.InitializeAsync();
                // The first round of sending comes within ten seconds of a start.
                var before = facts.Count;
                for (var wait = 0; wait < 300 && facts.Count == before && Waiting(folder) > 0; wait++) await Task.Delay(50);
                await Task.Delay(RandomNumberGenerator.GetInt32(400));
                await server.KillAsync();
            }
            await server.InitializeAsync();
            var watch = Stopwatch.StartNew();
            while (Waiting(folder) > 0 && watch.Elapsed < Patience) await Task.Delay(500);
            await server.KillAsync();

            var took = facts.Where(f => f.What == "took").ToLookup(f => f.To);
            var doubled = took.Count(t => t.Count() > 1);
            output.WriteLine($"{messages} messages, {kills} kills: {took.Sum(t => t.Count())} taken, {facts.Count(f => f.What == "refused")} refused, {facts.Count(f => f.What == "hung")} hung, {doubled} twice; the last after {watch.Elapsed.TotalSeconds:0} s.");
            Assert.Equal(0, Waiting(folder));
            Assert.Equal(messages, took.Count);
            Assert.All(took, t => Assert.Single(t.Select(f => f.MessageId).Distinct()));
            Assert.InRange(doubled, 0, kills);
            Assert.All(took, t => Assert.InRange(t.Count(), 1, 2));
        }
        finally
        {
            mail.Kill();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Process> MailServerAsync(int port, ConcurrentQueue<Fact> facts)
    {
        var ready = new TaskCompletionSource();
        var start = new ProcessStartInfo("/usr/bin/python3", [Repository.PathOf("tests/ClassHub.Browser.Tests/Faults/mail-server.py"), port.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Split(' ') is [var what, var id, var to]) facts.Enqueue(new(what, id, to));
            else if (line.Data == "ready") ready.TrySetResult();
        };
        process.BeginOutputReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
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

    private static void Run(SqliteConnection db, string sql)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Waiting(string folder)
    {
        using var db = StoredSchool.Open(folder);
        using var command = db.CreateCommand();
        command.CommandText = "SELECT count(*) FROM Messages WHERE SentAt IS NULL AND Kind = 'Urgent'";
        return (long)command.ExecuteScalar()!;
    }
}
