using System.Diagnostics;
using Xunit.Abstractions;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>The school in a folder of its own, its server, pupils at work, and what they were told.</summary>
public sealed class Trial : IAsyncDisposable
{
    private readonly ITestOutputHelper output;
    private readonly List<double> starts = [];

    private Trial(string folder, IReadOnlyList<Pupil> pupils, ITestOutputHelper output)
    {
        (Folder, this.output, Server) = (folder, output, new(folder));
        Clients = new(Server, pupils, History);
    }

    public string Folder { get; }
    public SchoolServer Server { get; }
    public History History { get; } = new();
    public Clients Clients { get; }

    public static async Task<Trial> BeginAsync(StoppedSchool school, string folder, ITestOutputHelper output, int pupils = 32, IEnumerable<KeyValuePair<string, string>>? settings = null)
    {
        await school.CopyToAsync(folder);
        var trial = new Trial(folder, [.. school.Pupils.Take(pupils)], output);
        foreach (var (name, value) in settings ?? []) trial.Server.Settings[name] = value;
        try { await trial.Server.InitializeAsync(); }
        catch
        {
            await trial.DisposeAsync();
            throw;
        }
        return trial;
    }

    /// <summary>kill -9, if it still runs, and a start on what is left.</summary>
    public async Task StartAgainAsync()
    {
        await Server.KillAsync();
        var watch = Stopwatch.StartNew();
        await Server.InitializeAsync();
        starts.Add(watch.Elapsed.TotalSeconds);
    }

    /// <summary>After kill -9 the data folder says what the pupils were told.</summary>
    public async Task StoredAsToldAsync()
    {
        await Server.KillAsync();
        Assert.Empty(History.Strange);
        Assert.Empty(History.Differences(Folder));
    }

    public void Tell(string what)
    {
        var answers = string.Join(", ", History.Answers.OrderBy(a => a.Key).Select(a => $"{a.Value} × {a.Key}"));
        output.WriteLine($"{what}: {History.Deeds.Count()} pieces of work, {History.Count(Outcome.Saved)} with a receipt, {History.Count(Outcome.Refused)} refused, {History.Count(Outcome.Unknown)} unknown ({answers}).");
        if (History.Strange.FirstOrDefault() is { } strange) output.WriteLine($"{History.Strange.Count} strange answers, the first: {strange}");
        if (starts.Count > 0) output.WriteLine($"Starts after kill -9 took {string.Join(" ", starts.Select(s => $"{s:0.0}"))} s.");
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Clients.Dispose();
    }
}
