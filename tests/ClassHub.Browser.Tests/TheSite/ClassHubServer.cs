using System.Diagnostics;
using ClassHub.Browser.Tests.Faults;

namespace ClassHub.Browser.Tests.TheSite;

/// <summary>ClassHub as it is started at a school: its own process, port and data folder, all gone afterwards; a folder that was given stays.</summary>
public abstract class ClassHubServer(bool isDemo, string? given = null, bool plays = false) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string folder = given ?? Directory.CreateTempSubdirectory("classhub-browser-").FullName;
    private readonly List<string> said = [];
    private Process? process;

    /// <summary>"http://127.0.0.1:40123", without a slash.</summary>
    public string Address { get; private set; } = "";
    /// <summary>Of its environment, for every start from now on.</summary>
    public Dictionary<string, string> Settings { get; } = [];
    public string Folder => folder;
    public int ProcessId => process!.Id;
    public bool IsRunning => process is { HasExited: false };

    public async Task InitializeAsync()
    {
        if (isDemo && given is null && !Directory.EnumerateFileSystemEntries(folder).Any()) await FilledSchool.CopyToAsync(folder, plays);
        var (program, content) = Program();
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", "--contentRoot", content]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ClassHub__DataFolder"] = folder;
        start.Environment["ClassHub__Demo"] = isDemo ? "true" : "false";
        // These servers live for minutes: measuring their code in order to make it faster later does not pay, nor do heaps for many processors.
        start.Environment["DOTNET_TieredPGO"] = start.Environment["DOTNET_gcServer"] = "0";
        foreach (var name in new[] { "ASPNETCORE_URLS", "ClassHub__Database" }) start.Environment.Remove(name);
        foreach (var (name, value) in Settings) start.Environment[name] = value;

        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = process = Process.Start(start) ?? throw new InvalidOperationException("ClassHub did not start.");
        // Nothing outlives the tests.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => { try { started.Kill(entireProcessTree: true); } catch (InvalidOperationException) { } };
        process.EnableRaisingEvents = true;
        process.OutputDataReceived += (_, line) => Hear(line.Data, ready);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, ready);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("ClassHub ended:\n" + Said()));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Address = await ready.Task.WaitAsync(Patience);
    }

    /// <summary>As tests/run publishes it, or else as it was built: the tests lie in bin/(configuration)/net10.0, and so does the program.</summary>
    private static (string Program, string Content) Program() => Environment.GetEnvironmentVariable("CLASSHUB_TEST_PROGRAM") is { Length: > 0 } published
        ? (Path.Combine(published, "classhub.dll"), published)
        : (Repository.PathOf($"src/ClassHub.Web/bin/{new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name}/net10.0/classhub.dll"), Repository.PathOf("src/ClassHub.Web"));

    /// <summary>As when the power goes, but for what the system still holds; then the same folder is opened again, at another address.</summary>
    public async Task KillAndStartAgainAsync()
    {
        await KillAsync();
        await InitializeAsync();
    }

    public async Task KillAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process?.Dispose();
        process = null;
    }

    public async Task DisposeAsync()
    {
        await KillAsync();
        if (given is null) Directory.Delete(folder, recursive: true);
    }

    private void Hear(string? line, TaskCompletionSource<string> ready)
    {
        if (line is null) return;
        lock (said) said.Add(line);
        const string words = "ClassHub is ready at ";
        if (line.StartsWith(words, StringComparison.Ordinal)) ready.TrySetResult(line[words.Length..].Trim().TrimEnd('/'));
    }

    /// <summary>Everything it wrote to the console, over all its starts.</summary>
    public string Said()
    {
        lock (said) return string.Join('\n', said);
    }
}

/// <summary>Harbour Lane Primary after three weeks of school.</summary>
public sealed class DemoServer() : ClassHubServer(isDemo: true, plays: true)
{
    /// <summary>A task that everybody in 5 Maple owes, and its address.</summary>
    public string SetTask(string title)
    {
        using var db = StoredSchool.Open(Folder);
        return $"/classes/1/tasks/{db.NewTask(1, title)}";
    }
}

/// <summary>A school that has yet to be set up.</summary>
public sealed class FreshServer() : ClassHubServer(isDemo: false);

/// <summary>The demo school on a bad line: nobody plays a recording there.</summary>
public sealed class FarServer() : ClassHubServer(isDemo: true);

/// <summary>The demo school once more, for a test that kills it.</summary>
public sealed class FreshDemoServer() : ClassHubServer(isDemo: true);
