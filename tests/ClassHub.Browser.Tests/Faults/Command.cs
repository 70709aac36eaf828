using System.Diagnostics;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>A program of the system, such as mount or cp.</summary>
internal static class Command
{
    public static async Task<string> RunAsync(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var problem = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said.Trim() : throw new InvalidOperationException($"{program} {string.Join(' ', words)}: {(await problem).Trim()}");
    }
}
