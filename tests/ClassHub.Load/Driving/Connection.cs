using System.Net.Sockets;
using System.Text;

namespace ClassHub.Load.Driving;

public sealed record Answer(int Status, string Head, byte[] Body, int Bytes)
{
    public string? Header(string name)
    {
        foreach (var line in Head.Split("\r\n"))
            if (line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) return line[(name.Length + 1)..].Trim();
        return null;
    }
}

/// <summary>One keep-alive connection that sends bytes made beforehand and reads as little as HTTP/1.1 asks for: the driver shares the machine with what it measures.</summary>
public sealed class Connection : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] buffer = new byte[256 * 1024];
    private int filled;

    public Connection(int port) => socket.Connect("127.0.0.1", port);

    /// <summary>The status, and how many bytes the whole answer had.</summary>
    public (int Status, int Bytes) Ask(byte[] request)
    {
        Send(request);
        var (head, end) = ReadAnswer();
        return ((buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + buffer[11] - '0', end + 0 * head);
    }

    public Answer AskAll(byte[] request)
    {
        Send(request);
        var (head, end) = ReadAnswer();
        var text = Encoding.ASCII.GetString(buffer, 0, head);
        return new(int.Parse(text.AsSpan(9, 3)), text, text.Contains("chunked", StringComparison.OrdinalIgnoreCase) ? Unchunk(buffer.AsSpan(head, end - head)) : buffer[head..end], end);
    }

    private void Send(byte[] request)
    {
        filled = 0;
        for (var sent = 0; sent < request.Length;) sent += socket.Send(request.AsSpan(sent));
    }

    private (int Head, int End) ReadAnswer()
    {
        int head;
        while ((head = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0) Fill();
        head += 4;
        var headers = buffer.AsSpan(0, head);
        if (headers.IndexOf("Content-Length: "u8) is >= 0 and var at)
        {
            var length = int.Parse(Encoding.ASCII.GetString(headers[(at + 16)..][..headers[(at + 16)..].IndexOf((byte)'\r')]));
            while (filled < head + length) Fill();
            return (head, head + length);
        }
        if (headers.IndexOf("chunked"u8) < 0) return (head, head);
        var place = head;
        while (true)
        {
            int line;
            while ((line = buffer.AsSpan(place, filled - place).IndexOf("\r\n"u8)) < 0) Fill();
            var size = Convert.ToInt32(Encoding.ASCII.GetString(buffer, place, line), 16);
            place += line + 2 + size + 2;
            while (filled < place) Fill();
            if (size == 0) return (head, place);
        }
    }

    private static byte[] Unchunk(ReadOnlySpan<byte> body)
    {
        var whole = new List<byte>();
        while (true)
        {
            var line = body.IndexOf("\r\n"u8);
            var size = Convert.ToInt32(Encoding.ASCII.GetString(body[..line]), 16);
            if (size == 0) return [.. whole];
            whole.AddRange(body.Slice(line + 2, size));
            body = body[(line + 4 + size)..];
        }
    }

    private void Fill()
    {
        if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = socket.Receive(buffer.AsSpan(filled));
        if (read == 0) throw new IOException("The program hung up.");
        filled += read;
    }

    public void Dispose() => socket.Dispose();
}
