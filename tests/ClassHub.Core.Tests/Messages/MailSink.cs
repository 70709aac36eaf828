using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace ClassHub.Tests.Mail;

/// <summary>A mail server of one test: takes what is sent, but for addresses of which it was told that they do not exist.</summary>
internal sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly Task serving;

    public MailSink()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;
    public ConcurrentQueue<MimeMessage> Took { get; } = new();
    /// <summary>The addresses as they were said on the line.</summary>
    public ConcurrentQueue<string> Recipients { get; } = new();
    public HashSet<string> Unknown { get; } = [];
    public IEnumerable<string> Addresses => Took.Select(m => m.To.Mailboxes.Single().Address);

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(over.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (OperationCanceledException) { }
    }

    private async Task TalkAsync(NetworkStream line)
    {
        using var reader = new StreamReader(line, Encoding.UTF8);
        async Task SayAsync(string words) => await line.WriteAsync(Encoding.ASCII.GetBytes(words + "\r\n"), over.Token);
        await SayAsync("220 sink");
        while (await reader.ReadLineAsync(over.Token) is { } said)
            switch (said.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO": await SayAsync("250-sink\r\n250 8BITMIME"); break;
                case "RCPT" when Unknown.Any(u => said.Contains(u, StringComparison.OrdinalIgnoreCase)): await SayAsync("550 5.1.1 nobody here"); break;
                case "RCPT":
                    Recipients.Enqueue(said.Split('<', '>')[1]);
                    await SayAsync("250 well");
                    break;
                case "DATA": await SayAsync("354 go on"); await TakeAsync(reader); await SayAsync("250 taken"); break;
                case "QUIT": await SayAsync("221 bye"); return;
                default: await SayAsync("250 well"); break;
            }
    }

    private async Task TakeAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(over.Token) is { } line && line != ".") text.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..]
            : line).Append("\r\n");
        Took.Enqueue(await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), over.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await serving;
        listener.Dispose();
        over.Dispose();
    }
}
