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

    private static async Task AllAreAsync(Trial trial, bool withFile, Outcome outcome)
    {
        var before = trial.History.Deeds.Count();
        await trial.Clients.HandInAsync(withFile);
        Assert.All(trial.History.Deeds.Skip(before), d => Assert.Equal(outcome, d.Outcome));
    }
}
