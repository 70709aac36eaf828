using System.Security.Cryptography;
using Xunit.Abstractions;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>The server is killed while a school hands in.</summary>
[Collection(WhenThingsBreak.Name)]
public sealed class KilledServerTests(StoppedSchool school, ITestOutputHelper output)
{
    [Fact]
    public async Task What_got_a_receipt_is_there_once_however_often_the_server_is_killed()
    {
        var folder = Directory.CreateTempSubdirectory("classhub-killed-").FullName;
        try
        {
            await using var trial = await Trial.BeginAsync(school, folder, output);
            var kills = WhenThingsBreak.Times(few: 5, all: 300);
            for (var kill = 0; kill < kills; kill++)
            {
                using var over = new CancellationTokenSource();
                var work = trial.Clients.WorkAsync(over.Token);
                await Task.Delay(RandomNumberGenerator.GetInt32(3_000));
                await trial.Server.KillAsync();
                await over.CancelAsync();
                await work;
                if (kill % 10 == 0) await trial.StoredAsToldAsync();
                await trial.StartAgainAsync();
                await trial.Clients.TryAgainAsync();
            }
            trial.Tell($"{kills} kills");

            Assert.Equal(0, trial.History.Count(Outcome.Unknown));
            await trial.StoredAsToldAsync();
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public async Task A_start_that_was_killed_while_it_changed_the_tables_does_not_hold_up_the_next()
    {
        var folder = Directory.CreateTempSubdirectory("classhub-killed-").FullName;
        try
        {
            await school.CopyToAsync(folder);
            using (var db = StoredSchool.Open(folder))
            using (var note = db.CreateCommand())
            {
                note.CommandText = "INSERT INTO __EFMigrationsLock (Id, Timestamp) VALUES (1, '2026-11-23 08:00:00')";
                note.ExecuteNonQuery();
            }
            await using var server = new SchoolServer(folder);

            await server.InitializeAsync();

            Assert.True(server.IsRunning);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }
}
