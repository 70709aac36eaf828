using System.Net;
using System.Security.Cryptography;
using ClassHub.Browser.Tests.Lines;
using Xunit.Abstractions;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>The disk of the school fills up.</summary>
[Collection(WhenThingsBreak.Name)]
public sealed class FullDiskTests(StoppedSchool school, ITestOutputHelper output)
{
    [FactWhere(Needs.SmallDisks)]
    public async Task A_disk_that_fills_up_refuses_files_first_and_never_loses_what_got_a_receipt()
    {
        await using var disk = await Disk.SmallAsync(256);
        await using var trial = await Trial.BeginAsync(school, disk.Folder, output);
        var history = trial.History;
        for (var time = 0; time < WhenThingsBreak.Times(few: 1, all: 10); time++)
        {
            // Less than the twentieth part that is kept for the database.
            disk.LeaveFree(11_000_000);
            await AllAreAsync(trial, withFile: true, Outcome.Refused);
            Assert.DoesNotContain(history.Answers, a => a.Key is not (302 or 507 or 503));
            await AllAreAsync(trial, withFile: false, Outcome.Saved);
            trial.Tell("The disk is nearly full");

            disk.LeaveFree(0);
            await trial.Clients.WorkForAsync(TimeSpan.FromSeconds(2));
            trial.Tell("The disk is full");
            Assert.True(trial.Server.IsRunning);
            // Those who have an account still sign in and read.
            foreach (var pupil in school.Pupils.Take(8)) await StoppedSchool.SignInAsync(trial.Server, pupil);
            Assert.DoesNotContain(history.Answers, a => a.Key is not (302 or 507 or 503));

            disk.MakeRoom();
            await trial.Clients.TryAgainAsync();
            await AllAreAsync(trial, withFile: true, Outcome.Saved);
            trial.Tell("There is space again");
            Assert.Equal(0, history.Count(Outcome.Refused) + history.Count(Outcome.Unknown));
            await trial.StoredAsToldAsync();
            await trial.StartAgainAsync();
        }
    }

    [FactWhere(Needs.SmallDisks)]
    public async Task A_file_that_meets_the_full_disk_midway_is_told_so_and_goes_on_when_there_is_space()
    {
        await using var disk = await Disk.SmallAsync(256);
        await using var trial = await Trial.BeginAsync(school, disk.Folder, output, pupils: 1);
        using var pupil = new Sender(trial.Server, school.Pupils[0].Cookie);
        var bytes = RandomNumberGenerator.GetBytes(20_000_000);
        var to = await pupil.BeginAsync(bytes.Length);

        // More than is kept for the database, less than the file.
        disk.LeaveFree(16_000_000);
        for (var time = 0; time < 2; time++)
        {
            var (status, words) = await pupil.SendAsync(to, await pupil.OffsetAsync(to), bytes.AsMemory((int)await pupil.OffsetAsync(to)));
            Assert.Equal(HttpStatusCode.InsufficientStorage, status);
            Assert.Contains("disk is nearly full, so this file was not taken", words, StringComparison.Ordinal);
        }
        Assert.InRange(await pupil.OffsetAsync(to), 1, bytes.Length - 1);

        disk.MakeRoom();
        await pupil.CarryOnAsync(to, bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), await pupil.HashAsync(to));
    }

    private static async Task AllAreAsync(Trial trial, bool withFile, Outcome outcome)
    {
        var before = trial.History.Deeds.Count();
        await trial.Clients.HandInAsync(withFile);
        Assert.All(trial.History.Deeds.Skip(before), d => Assert.Equal(outcome, d.Outcome));
    }
}
