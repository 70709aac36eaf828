using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>The power goes: only what the disk holds is left. What the disk's own cache would lose besides is not tried here.</summary>
[Collection(WhenThingsBreak.Name)]
public sealed class PowerCutTests(StoppedSchool school, ITestOutputHelper output)
{
    [FactWhere(Needs.LoopDisks)]
    public async Task What_got_a_receipt_before_the_power_went_is_on_the_disk()
    {
        await using var disk = await LoopDisk.NewAsync(256);
        await using var trial = await Trial.BeginAsync(school, disk.Folder, output);
        await trial.Clients.HandInAsync();
        using var over = new CancellationTokenSource();
        var work = trial.Clients.WorkAsync(over.Token);
        var cuts = WhenThingsBreak.Times(few: 3, all: 50);
        var told = new List<int>();
        try
        {
            for (var cut = 0; cut < cuts; cut++)
            {
                await Task.Delay(RandomNumberGenerator.GetInt32(500, 2_500));
                var until = Stopwatch.GetTimestamp();
                told.Add(trial.History.Count(Outcome.Saved));
                await using var left = await disk.CutAsync(trial.Server.ProcessId);
                Assert.Empty(trial.History.Differences(left.Folder, until));
            }
        }
        finally
        {
            await over.CancelAsync();
            await work;
        }
        output.WriteLine($"With a receipt before each cut, and all there: {string.Join(' ', told)}.");
        trial.Tell($"{cuts} power cuts");
        await trial.StoredAsToldAsync();
    }

    [FactWhere(Needs.LoopDisks)]
    public Task This_trial_sees_when_rows_are_not_made_durable() => LosesAsync("NORMAL", syncFiles: true, "lost");

    [FactWhere(Needs.LoopDisks)]
    public Task This_trial_sees_when_files_are_not_made_durable() => LosesAsync("FULL", syncFiles: false, "lost bytes");

    /// <summary>A writer that promises too early, in place of the server.</summary>
    private async Task LosesAsync(string synchronous, bool syncFiles, string what)
    {
        await using var disk = await LoopDisk.NewAsync(128);
        await school.CopyToAsync(disk.Folder);
        var history = new History();
        using (var db = StoredSchool.Open(disk.Folder))
        {
            Run(db, $"PRAGMA synchronous={synchronous}; PRAGMA wal_checkpoint(TRUNCATE)");
            await Command.RunAsync("sync", "-f", disk.Folder);
            foreach (var pupil in school.Pupils.Take(20)) Write(db, disk.Folder, history.Begin(pupil, withFile: true), syncFiles);
            await using var left = await disk.CutAsync(null);
            var lost = history.Differences(left.Folder);
            output.WriteLine($"{lost.Count} of 20 are lost, as they should be.");

            Assert.Contains(lost, l => l.Contains(what, StringComparison.Ordinal));
        }
        Assert.Empty(history.Differences(disk.Folder));
    }

    private static void Write(SqliteConnection db, string folder, Deed deed, bool syncFile)
    {
        var key = RandomNumberGenerator.GetHexString(32, lowercase: true);
        using (var file = new FileStream(Path.Combine(folder, "files", key[..2], key), FileMode.CreateNew))
        {
            file.Write(deed.File);
            file.Flush(flushToDisk: syncFile);
        }
        using var command = db.CreateCommand();
        command.CommandText = """
            BEGIN;
            INSERT INTO Files (Key, Name, ContentType, Size, Sha256, OwnerId, CreatedAt) VALUES ($file, 'work.bin', 'application/octet-stream', $size, $hash, $pupil, $now);
            INSERT INTO Submissions (TaskId, ClassId, PupilId, DraftVersion, Number, IsAskedAgain, IsSecondTry, IsOnPaper, Version) VALUES ($task, $class, $pupil, 0, 1, 0, 0, 0, 0);
            INSERT INTO SubmissionVersions (SubmissionId, Number, Text, IsOnPaper, HandedInAt, ByPersonId, Key, RequestHash, Receipt) VALUES (last_insert_rowid(), 1, $text, 0, $now, $pupil, $key, '', $receipt);
            INSERT INTO SubmissionFiles (VersionId, FileId, Place) SELECT last_insert_rowid(), Id, 0 FROM Files WHERE Key = $file;
            COMMIT;
            """;
        foreach (var (name, value) in new (string, object)[]
        {
            ("file", key), ("size", deed.File!.Length), ("hash", deed.FileHash!), ("pupil", deed.Pupil.PersonId), ("task", deed.Pupil.TaskId), ("class", deed.Pupil.ClassId),
            ("text", deed.Text), ("key", deed.Key), ("receipt", key[..8]), ("now", DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
        }) command.Parameters.AddWithValue("$" + name, value);
        command.ExecuteNonQuery();
        deed.WasSaved(key[..8]);
    }

    private static void Run(SqliteConnection db, string sql)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
