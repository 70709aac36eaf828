using System.Diagnostics;
using System.Globalization;
using System.Text;
using ClassHub.Load.Driving;
using ClassHub.Load.Seeding;
using ClassHub.Load.Serving;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Load.Rush;

/// <summary>The last two minutes before a deadline: every pupil of the school hands in. Then the server is killed, and what it told is looked for.</summary>
public sealed class RushRun(SeededSchool seeded, SchoolSize size, string published, string? postgres, int port)
{
    /// <summary>Pupils who hand in within ten seconds beforehand, so that the server is met as at the end of a day, not as it is just started.</summary>
    public const int Early = 100;

    private readonly StringBuilder table = new("| the rush | |\n|-|-:|\n");

    public async Task<string> RunAsync(int pupils, double window)
    {
        Sessions sessions;
        await using (var db = seeded.Open()) sessions = await Sessions.StartAsync(db, seeded.School, size, pupils + Early);
        List<RushPupil> Pupils(Session[] who, double within) => [.. Moments.Of(who.Length, within).Select((moments, i) => new RushPupil(i, who[i], moments))];
        var (early, all) = (Pupils(sessions.Pupils[pupils..], 10), Pupils(sessions.Pupils[..pupils], window));

        Timings timings;
        (int LastVersion, int Rows) start;
        using (var app = await Served.ClassHubAsync(published, seeded.DataFolder, postgres, port))
        {
            await RunAsync(early);
            await using var db = seeded.Open();
            start = (await db.SubmissionVersions.MaxAsync(v => v.Id), await Kept.RowsAsync(db));
            var database = await DatabaseServer.FindAsync(db);
            var (before, databaseBefore) = (Machine.Look(app.Id), database.Seconds());
            timings = await RunAsync(all);
            var (after, took, stored) = (Machine.Look(app.Id), timings.Now, database.Seconds() - databaseBefore);

            Say("hand-ins", $"{pupils:N0} in {window:0} s, the last answer after {took:0.0} s");
            Times("hand-in, the photo sent ahead", timings.Of(Step.HandIn));
            Times("hand-in, plain form with the photo", timings.Of(Step.HandInWithFile));
            Times("upload of the photo", timings.Of(Step.Upload));
            Times("Today meanwhile", timings.Of(Step.Today));
            Times("task page meanwhile", timings.Of(Step.TaskPage));
            Say("hand-ins a second, busiest ten seconds", $"{timings.AtTheBusiest():0.0}");
            var (program, driver) = (after.Program - before.Program, after.Self - before.Self);
            string Share(double seconds) => (seconds / (took * Environment.ProcessorCount)).ToString("P0", CultureInfo.InvariantCulture);
            Say("processors: server, database, driver, others", $"{Share(program)}, {(postgres is null ? "-" : Share(stored))}, {Share(driver)}, {Share(Math.Max(0, after.Busy - before.Busy - program - driver - stored))}");
            Say("server's processor time a pupil", $"{program * 1000 / pupils:0} ms");
            Say("peak memory of the server", $"{PeakMegabytes(app.Id):N0} MB");
        }
        var startUp = await StartUpAsync(sessions.Pupils[0]);

        await using (var db = seeded.Open())
        {
            var kept = await Kept.LookAsync(db, seeded.DataFolder, all, start.LastVersion);
            Say("acknowledged", $"{kept.Acknowledged:N0}");
            Say("lost, doubled, there but not told", $"{kept.Lost}, {kept.Doubled}, {kept.Untold}");
            Say("tried again, answers of 500 and above", $"{timings.Retries}, {timings.Failures}");
            Say("rows committed a second, over the window", $"{(await Kept.RowsAsync(db) - start.Rows) / window:0}");
        }
        Say("start-up after kill -9: first answer, Today", startUp);
        foreach (var why in all.Select(p => p.WhyNot).OfType<string>().CountBy(w => w)) Say("given up", $"{why.Value} times: {why.Key}");
        return table.ToString();
    }

    private async Task<Timings> RunAsync(IEnumerable<RushPupil> pupils)
    {
        var timings = new Timings();
        await Task.WhenAll(pupils.Select(p => p.RunAsync(port, timings)));
        return timings;
    }

    /// <summary>From the start of the process, as after a power cut, until it says that it lives and until a pupil who is signed in has Today.</summary>
    private async Task<string> StartUpAsync(Session pupil)
    {
        var began = Stopwatch.GetTimestamp();
        using var app = await Served.ClassHubAsync(published, seeded.DataFolder, postgres, port);
        using var connection = new Connection(port);
        if (connection.AskAll(Requests.Get("/health/live", null)).Status != 200) throw new InvalidOperationException("The server does not live.");
        var live = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (connection.AskAll(Requests.Get("/", pupil)).Status != 200) throw new InvalidOperationException("Today is not there after the kill.");
        return string.Create(CultureInfo.InvariantCulture, $"{live:0.00} s, {Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s");
    }

    private static double PeakMegabytes(int processId) =>
        double.Parse(File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;

    private void Times(string what, double[] sorted)
    {
        double At(double share) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
        Say($"{what}: p50, p95, p99, longest", $"{At(0.5):0}, {At(0.95):0}, {At(0.99):0}, {At(1):0} ms");
    }

    private void Say(string what, FormattableString value) => Say(what, value.ToString(CultureInfo.InvariantCulture));
    private void Say(string what, string value) => table.Append(CultureInfo.InvariantCulture, $"| {what} | {value} |\n");
}
