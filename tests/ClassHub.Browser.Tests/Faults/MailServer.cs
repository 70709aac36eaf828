using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>A real mail server (Python's aiosmtpd) that tells what it took, refused or let hang.</summary>
public sealed class MailServer : IDisposable
{
    public sealed record Fact(string What, string MessageId, string To);

    private readonly int port;
    private Process? process;

    private MailServer(int port) => this.port = port;

    public ConcurrentQueue<Fact> Facts { get; } = new();
    /// <summary>What it took, by address.</summary>
    public ILookup<string, Fact> Took => Facts.Where(f => f.What == "took").ToLookup(f => f.To);
    public int Count(string what) => Facts.Count(f => f.What == what);

    /// <param name="behaves">Else it lets some hang, refuses some, and hangs up after others.</param>
    public static async Task<MailServer> StartAsync(bool behaves)
    {
        var server = new MailServer(FreePort());
        var ready = new TaskCompletionSource();
        var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var word in new[] { Repository.PathOf("tests/ClassHub.Browser.Tests/Faults/mail-server.py"), server.port.ToString(CultureInfo.InvariantCulture), behaves ? "behaves" : "misbehaves" }) start.ArgumentList.Add(word);
        server.process = Process.Start(start)!;
        server.process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Split(' ') is [var what, var id, var to]) server.Facts.Enqueue(new(what, id, to));
            else if (line.Data == "ready") ready.TrySetResult();
        };
        server.process.BeginOutputReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return server;
    }

    /// <summary>This school's messages go through it, and its jobs run.</summary>
    public void Serve(ClassHubServer school)
    {
        foreach (var (name, value) in new[] { ("Host", "127.0.0.1"), ("Port", port.ToString(CultureInfo.InvariantCulture)), ("From", "school@hazel.example"), ("Encrypted", "false") }) school.Settings["ClassHub__Mail__" + name] = value;
        (school.Settings["ClassHub__Address"], school.Settings["ClassHub__Jobs"]) = ("https://hub.hazel.example", "true");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        process?.Kill();
        process?.Dispose();
    }
}
