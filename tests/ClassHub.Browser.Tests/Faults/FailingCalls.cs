using System.Diagnostics;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>From a certain call on, the system refuses a process some calls, as a broken disk does. Each thread counts its own calls.</summary>
public sealed class FailingCalls : IAsyncDisposable
{
    private readonly Process strace;
    private Process? something;

    private FailingCalls(Process strace) => this.strace = strace;

    public static async Task<FailingCalls> AttachAsync(int processId, string calls, string error, int from)
    {
        string[] words = ["-f", "-p", $"{processId}", "-o", "/dev/null", "-e", $"trace={calls}", "-e", $"inject={calls}:error={error}:when={from}+"];
        var strace = Process.Start(new ProcessStartInfo("strace", words) { RedirectStandardError = true })!;
        var said = new List<string>();
        while (await strace.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains("attached", StringComparison.Ordinal) && !line.Contains("attach:", StringComparison.Ordinal))
            {
                _ = strace.StandardError.ReadToEndAsync();
                return new(strace);
            }
            said.Add(line);
        }
        throw new InvalidOperationException(string.Join(' ', said));
    }

    /// <summary>Of a process that does nothing, to see whether it may be done.</summary>
    public static async Task<FailingCalls> OfSomethingAsync()
    {
        var sleep = Process.Start("sleep", "60");
        try
        {
            var calls = await AttachAsync(sleep.Id, "fsync", "EIO", 1);
            calls.something = sleep;
            return calls;
        }
        catch
        {
            sleep.Kill();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try { await Command.RunAsync("kill", "-TERM", $"{strace.Id}"); }
        catch (InvalidOperationException) { /* it ended together with the process */ }
        await strace.WaitForExitAsync();
        strace.Dispose();
        something?.Kill();
    }
}
