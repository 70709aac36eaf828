using System.Net;
using System.Net.Sockets;

namespace ClassHub.Browser.Tests.Lines;

/// <summary>A bad line before the server: each of the first connections that carries a file dies after a random number of bytes, in either direction; then it holds.</summary>
public sealed class BreakingProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int port;
    private readonly Random random;
    private int cutsLeft;

    public BreakingProxy(int serverPort, int cuts, int seed)
    {
        (port, cutsLeft, random) = (serverPort, cuts, new Random(seed));
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;
    public int Cuts { get; private set; }

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
        using var _ = client;
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, port);
        // More than any request without a file has, so that only sending files breaks.
        var most = cutsLeft > 0 ? random.Next(5_000, 3_000_000) : long.MaxValue;
        var up = CopyAsync(client.GetStream(), server.GetStream(), most);
        var down = CopyAsync(server.GetStream(), client.GetStream(), long.MaxValue);
        if (await Task.WhenAny(up, down) == up && await up)
        {
            (cutsLeft, Cuts) = (cutsLeft - 1, Cuts + 1);
            client.LingerState = server.LingerState = new LingerOption(true, 0);
        }
    }

    /// <returns>Whether it was cut.</returns>
    private static async Task<bool> CopyAsync(NetworkStream from, NetworkStream to, long most)
    {
        var slice = new byte[16_384];
        try
        {
            for (int read; (read = await from.ReadAsync(slice)) > 0; most -= read)
            {
                if (read >= most) return true;
                await to.WriteAsync(slice.AsMemory(0, read));
            }
        }
        catch (IOException) { /* the other side is gone */ }
        return false;
    }

    public void Dispose() => listener.Dispose();
}
