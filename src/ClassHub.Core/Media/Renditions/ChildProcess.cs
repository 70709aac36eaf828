using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ClassHub.Media.Renditions;

/// <summary>What a program that opens a stranger's file may take.</summary>
internal sealed record Cage(TimeSpan Time, TimeSpan Processor, long Memory, long OneFile, bool HasNoNetwork);

/// <summary>How it ended. <paramref name="ExitCode"/> is none when it did not begin or was stopped for taking too long.</summary>
internal sealed record Ended(int? ExitCode, string Output, string Errors)
{
    public bool IsWell => ExitCode == 0;
}

/// <summary>Another program, on the lowest priority, with nothing of ours in its environment, that cannot take more than it is given. Where the system has no such limits only the time holds.</summary>
internal static class ChildProcess
{
    /// <summary>Limits are set by a shell and then inherited; the words of the command are never read as shell.</summary>
    private const string Limits = "ulimit -c 0; ulimit -n 128; ulimit -t \"$1\"; ulimit -v \"$2\"; ulimit -f \"$3\"; shift 3; exec nice -n 19 \"$@\"";
    /// <summary>More is not read of what it says.</summary>
    private const int MostWords = 64_000;

    public static async Task<Ended> RunAsync(IReadOnlyList<string> command, string folder, Cage cage, CancellationToken stop, params (string Name, string Value)[] environment)
    {
        var words = OperatingSystem.IsWindows() ? command : [.. Shell(cage), .. cage.HasNoNetwork ? MediaTools.WithoutNetwork : [], .. command];
        var start = new ProcessStartInfo(words[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var word in words.Skip(1)) start.ArgumentList.Add(word);
        if (!OperatingSystem.IsWindows()) start.Environment.Clear();
        foreach (var (name, value) in environment) start.Environment[name] = value;
        (start.Environment["PATH"], start.Environment["HOME"], start.Environment["TMPDIR"]) = (Environment.GetEnvironmentVariable("PATH"), folder, folder);

        using var process = new Process { StartInfo = start };
        try { process.Start(); }
        catch (Win32Exception) { return new(null, "", ""); }
        process.StandardInput.Close();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(cage.Time);
        var (output, errors) = (ReadAsync(process.StandardOutput, late.Token), ReadAsync(process.StandardError, late.Token));
        try
        {
            await process.WaitForExitAsync(late.Token);
            return new(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            stop.ThrowIfCancellationRequested();
            return new(null, "", "");
        }
    }

    private static string[] Shell(Cage cage) =>
        ["sh", "-c", Limits, "sh", Number((long)Math.Ceiling(cage.Processor.TotalSeconds)), Number(cage.Memory / 1024), Number(cage.OneFile / 512)];

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>To the end, so that nobody who says much is stuck; only the beginning is kept.</summary>
    private static async Task<string> ReadAsync(StreamReader words, CancellationToken stop)
    {
        var kept = new StringBuilder();
        var some = new char[4_096];
        for (int read; (read = await words.ReadAsync(some, stop)) > 0;)
            if (kept.Length < MostWords) kept.Append(some, 0, read);
        return kept.ToString();
    }
}
