using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>Another program holds the database, as a careless backup or an open database browser does.</summary>
[Collection(WhenThingsBreak.Name)]
public sealed class LockedDatabaseTests(StoppedSchool school, ITestOutputHelper output)
{
    [Fact]
    public async Task A_database_that_is_held_for_a_second_delays_and_one_that_is_held_for_long_is_told_in_plain_words()
    {
        var folder = Directory.CreateTempSubdirectory("classhub-locked-").FullName;
        try
        {
            await using var trial = await Trial.BeginAsync(school, folder, output, pupils: 6);
            var history = trial.History;
            using var other = StoredSchool.Open(folder);

            Run(other, "BEGIN IMMEDIATE");
            var waiting = trial.Clients.HandInAsync();
            await Task.Delay(1_000);
            Run(other, "COMMIT");
            await waiting;
            trial.Tell("Held for a second");
            Assert.Equal(6, history.Count(Outcome.Saved));

            Run(other, "BEGIN IMMEDIATE");
            await Task.WhenAll(trial.Clients.HandInAsync(withFile: false), trial.Clients.HandInAsync(withFile: true));
            trial.Tell("Held for long");
            Assert.Equal([302, 503], history.Answers.Keys.Order());
            Assert.Equal(12, history.Count(Outcome.Refused));
            Run(other, "COMMIT");
            Assert.Empty(history.Differences(folder));

            await trial.Clients.TryAgainAsync();
            Assert.Equal(18, history.Count(Outcome.Saved));
            await trial.StoredAsToldAsync();
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static void Run(SqliteConnection db, string sql)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
