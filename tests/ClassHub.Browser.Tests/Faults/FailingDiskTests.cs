using System.Net;
using System.Security.Cryptography;
using ClassHub.Browser.Tests.Lines;
using Xunit.Abstractions;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>The disk says that it did not write.</summary>
[Collection(WhenThingsBreak.Name)]
public sealed class FailingDiskTests(StoppedSchool school, ITestOutputHelper output)
{
    private static readonly int[] Few = [1, 2, 5];

    [FactWhere(Needs.Tracing)]
    public Task Nobody_gets_a_receipt_for_work_that_the_disk_did_not_confirm() => FailAsync("fsync,fdatasync", "EIO");

    [FactWhere(Needs.Tracing)]
    public Task Nobody_gets_a_receipt_for_work_that_the_disk_had_no_room_for() => FailAsync("pwrite64", "ENOSPC");

    [FactWhere(Needs.Tracing)]
    public async Task What_the_disk_did_not_confirm_of_a_file_on_its_way_is_never_said_to_be_safe()
    {
        var folder = Directory.CreateTempSubdirectory("classhub-failing-").FullName;
        try
        {
            await using var trial = await Trial.BeginAsync(school, folder, output, pupils: 1);
            using var pupil = new Sender(trial.Server, school.Pupils[0].Cookie);
            var bytes = RandomNumberGenerator.GetBytes(300_000);
            var to = await pupil.BeginAsync(bytes.Length);
            Assert.Equal(HttpStatusCode.NoContent, (await pupil.SendAsync(to, 0, bytes.AsMemory(0, 100_000))).Status);

            await using (await FailingCalls.AttachAsync(trial.Server.ProcessId, "fsync", "EIO", from: 1))
                Assert.Equal(HttpStatusCode.InternalServerError, (await pupil.SendAsync(to, 100_000, bytes.AsMemory(100_000, 100_000))).Status);

            // The next fsync succeeds, as the system's does: what it lost it has forgotten.
            Assert.InRange(await pupil.SafeAsync(to) ?? 0, 0, 100_000);
            var again = await pupil.BeginAsync(bytes.Length);
            await pupil.CarryOnAsync(again, bytes);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), await pupil.HashAsync(again));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private async Task FailAsync(string calls, string error)
    {
        var folder = Directory.CreateTempSubdirectory("classhub-failing-").FullName;
        try
        {
            await using var trial = await Trial.BeginAsync(school, folder, output);
            await trial.Clients.HandInAsync();
            foreach (var from in WhenThingsBreak.IsThorough ? Enumerable.Range(1, 20) : Few)
            {
                await FailFromAsync(trial, calls, error, from);
                await trial.StoredAsToldAsync();
                await trial.StartAgainAsync();
                await trial.Clients.TryAgainAsync();
            }
            trial.Tell($"{calls} fail with {error}");

            Assert.Equal(trial.History.Deeds.Count(), trial.History.Count(Outcome.Saved));
            await trial.StoredAsToldAsync();
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static async Task FailFromAsync(Trial trial, string calls, string error, int from)
    {
        await using var failing = await FailingCalls.AttachAsync(trial.Server.ProcessId, calls, error, from);
        var before = trial.History.Count(Outcome.Saved);
        await trial.Clients.WorkForAsync(TimeSpan.FromSeconds(1));
        Assert.True(trial.Server.IsRunning);
        // When no call succeeds, no work can be on the disk.
        if (from == 1) Assert.Equal(before, trial.History.Count(Outcome.Saved));
        await trial.Server.KillAsync();
    }
}
