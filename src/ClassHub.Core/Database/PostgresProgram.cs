using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace ClassHub.Database;

/// <summary>Runs pg_dump and pg_restore. What they must know, the password too, stands in their environment, never on the command line that everybody on the machine can read.</summary>
internal static class PostgresProgram
{
    private const string Installed = "/usr/lib/postgresql";

    /// <exception cref="RuleBroken">Not installed, or it failed; its own first words are in the sentence.</exception>
    public static async Task RunAsync(string program, string connection, int server, string[] words, CancellationToken stop)
    {
        var start = new ProcessStartInfo(Find(program, server), words) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in Environs(new(connection))) if (!string.IsNullOrEmpty(value)) start.Environment[name] = value;
        using var running = Started(start, program);
        try
        {
            var said = running.StandardError.ReadToEndAsync(stop);
            await running.StandardOutput.ReadToEndAsync(stop);
            await running.WaitForExitAsync(stop);
            if (running.ExitCode != 0) throw new RuleBroken($"{program} failed: {PlainText.Line((await said).Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? await said, 300)}");
        }
        finally { if (!running.HasExited) running.Kill(entireProcessTree: true); }
    }

    private static Process Started(ProcessStartInfo start, string program)
    {
        try { return Process.Start(start)!; }
        catch (Win32Exception) { throw new RuleBroken($"{program} was not found. Install the client programs of PostgreSQL on this machine, at least as new as the server."); }
    }

    private static IEnumerable<(string, string?)> Environs(NpgsqlConnectionStringBuilder to) =>
    [
        ("PGHOST", to.Host), ("PGPORT", to.Port.ToString(CultureInfo.InvariantCulture)), ("PGDATABASE", to.Database), ("PGUSER", to.Username),
        ("PGPASSWORD", to.Password), ("PGPASSFILE", to.Passfile), ("PGSSLROOTCERT", to.RootCertificate), ("PGSSLMODE", to.SslMode switch
        {
            SslMode.Disable => "disable",
            SslMode.Allow => "allow",
            SslMode.Require => "require",
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            _ => "prefer",
        }),
    ];

    /// <summary>The one of the server's own version, else the one on the path, else the newest.</summary>
    private static string Find(string program, int server)
    {
        var same = $"{Installed}/{server}/bin/{program}";
        if (File.Exists(same)) return same;
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder != "" && File.Exists(Path.Combine(folder, program)));
        if (onPath || !Directory.Exists(Installed)) return program;
        return Directory.GetDirectories(Installed).Where(folder => int.TryParse(Path.GetFileName(folder), out _)).OrderByDescending(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))
            .Select(folder => $"{folder}/bin/{program}").FirstOrDefault(File.Exists) ?? program;
    }
}
