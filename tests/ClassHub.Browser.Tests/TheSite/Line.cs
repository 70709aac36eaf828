using System.Net;
using System.Net.Sockets;

namespace ClassHub.Browser.Tests.TheSite;

/// <summary>The line between a home and the school: it can be cut, mended, and made nearly dead. What the browser itself calls "offline" does not hold for its workers; this does.</summary>
public sealed class Line : IDisposable
{
    /// <summary>A nearly dead line: 64 kbit/s, and two seconds until the first answer.</summary>
    private const int DeadBytesASecond = 8_000, Slice = 800;
    private static readonly TimeSpan DeadLatency = TimeSpan.FromSeconds(2);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int port;
    private readonly List<TcpClient> open = [];
    private volatile bool isCut, isNearlyDead;

    public Line(ClassHubServer server)
    {
        port = new Uri(server.Address).Port;
        listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        _ = AcceptAsync();
    }

    public string Address { get; }
    /// <summary>What went to the school and was lost on the way back, when the line was cut in between, is lost only for the device.</summary>
    public bool LosesAnswers { get; set; }

    public void Cut()
    {
        isCut = true;
        lock (open) foreach (var one in open) one.Close();
    }

    public void Mend() => isCut = false;
    public void MakeNearlyDead() => isNearlyDead = true;
    public void Revive() => isNearlyDead = false;

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = CarryAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException) { /* the test is over */ }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using var _ = client;
        if (isCut) { client.LingerState = new LingerOption(true, 0); return; }
        lock (open) open.AddRange([client, server]);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, port);
            await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream(), isAnswer: false), CopyAsync(server.GetStream(), client.GetStream(), isAnswer: true));
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException or InvalidOperationException) { /* the line was cut */ }
        lock (open) { open.Remove(client); open.Remove(server); }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool isAnswer)
    {
        var slice = new byte[16_384];
        try
        {
            for (int read; (read = await from.ReadAsync(slice)) > 0;)
            {
                if (isAnswer && LosesAnswers) { Cut(); return; }
                if (isAnswer && isNearlyDead) await Task.Delay(DeadLatency);
                for (var sent = 0; sent < read; sent += Slice)
                {
                    if (isNearlyDead) await Task.Delay(Slice * 1000 / DeadBytesASecond);
                    await to.WriteAsync(slice.AsMemory(sent, Math.Min(Slice, read - sent)));
                }
            }
        }
        catch (Exception cut) when (cut is IOException or ObjectDisposedException) { /* the line was cut */ }
    }

    public void Dispose() => listener.Dispose();
}
