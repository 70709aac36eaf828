using System.Diagnostics;
using System.Net.Sockets;

namespace ClassHub.Load.Serving;

/// <summary>A program under test in a process of its own, so that its work can be told from the driver's.</summary>
public sealed class Served : IDisposable
{
    private readonly Process process;
    public int Port { get; }
    public int Id => process.Id;

    private Served(Process process, int port) => (this.process, Port) = (process, port);

    /// <summary>The published program as a school would run it, without its jobs unless they are asked for, and with the load program's yardstick page.</summary>
    public static Task<Served> ClassHubAsync(string published, string dataFolder, string? postgres, int port, string? statementsInto = null, bool jobs = false) =>
        StartAsync("dotnet", [Path.Combine(published, "classhub.dll"), "--urls", $"http://127.0.0.1:{port}"], port, new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_CONTENTROOT"] = published,
            ["ClassHub__DataFolder"] = dataFolder,
            ["ClassHub__Jobs"] = jobs ? "true" : "false",
            ["ConnectionStrings__ClassHub"] = postgres ?? "",
            ["DOTNET_STARTUP_HOOKS"] = typeof(Served).Assembly.Location,
            ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(Served).Assembly.GetName().Name!,
            [Yardstick.CountingInto] = statementsInto ?? "",
        });

    /// <summary>Kestrel and twelve bytes.</summary>
    public static Task<Served> BareAsync(int port) => StartAsync("dotnet", [typeof(Served).Assembly.Location, "bare", port.ToString()], port, new() { ["DOTNET_gcServer"] = "1" });

    private static async Task<Served> StartAsync(string program, string[] arguments, int port, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        for (var tries = 0; tries < 3000; tries++)
        {
            if (process.HasExited) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync("127.0.0.1", port);
                return new(process, port);
            }
            catch (SocketException) { await Task.Delay(20); }
        }
        process.Kill(entireProcessTree: true);
        throw new TimeoutException("The program did not answer within a minute.");
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
