using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ClassHub.Browser.Tests.Faults;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Lines;

/// <summary>Somebody signed in who sends files by the protocol itself, over lines that may break at any byte.</summary>
public sealed class Sender(ClassHubServer server, string cookie) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    public string Cookie => cookie;

    public static async Task<Sender> SignInAsync(ClassHubServer server, string userName) => new(server, (await StoppedSchool.SignInAsync(server, new(userName, 0, 0, 0, "", ""))).Cookie);

    public async Task<string> BeginAsync(long length)
    {
        using var answer = await AskAsync("POST", "/uploads", null, ("Upload-Length", length.ToString(CultureInfo.InvariantCulture)), ("Upload-Metadata", "filename d29yay50eHQ="));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    public async Task<long> OffsetAsync(string of) => await SafeAsync(of) ?? throw new InvalidOperationException($"{of} is gone.");

    /// <summary>As <see cref="OffsetAsync"/>, or nothing when it has to begin anew.</summary>
    public async Task<long?> SafeAsync(string of)
    {
        using var answer = await AskAsync("HEAD", of, null);
        if (answer.StatusCode == HttpStatusCode.Locked)
        {
            // The broken request has not ended yet.
            await Task.Delay(20);
            return await SafeAsync(of);
        }
        if (answer.StatusCode == HttpStatusCode.Gone) return null;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return long.Parse(answer.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);
    }

    /// <summary>Sends these bytes, and tells the answer with its words.</summary>
    public async Task<(HttpStatusCode Status, string Words)> SendAsync(string to, long offset, ReadOnlyMemory<byte> bytes)
    {
        using var answer = await AskAsync("PATCH", to, bytes, ("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Sends the beginning of the bytes, then the line is cut: politely, or as if a cable were pulled.</summary>
    public async Task SendAndBreakAsync(string to, long offset, ReadOnlyMemory<byte> bytes, int until, bool rudely)
    {
        var address = new Uri(server.Address);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        // What never left the sender is no part of this.
        if (rudely) socket.SendBufferSize = 16_384;
        await socket.ConnectAsync(address.Host, address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"PATCH {to} HTTP/1.1\r\nHost: {address.Authority}\r\nCookie: {cookie}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: {offset}\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: {bytes.Length}\r\n\r\n"));
        for (var sent = 0; sent < until;) sent += await socket.SendAsync(bytes[sent..until]);
        if (rudely) socket.LingerState = new LingerOption(true, 0);
        else
        {
            socket.Shutdown(SocketShutdown.Send);
            // Until the server has done with it.
            try { while (await socket.ReceiveAsync(new byte[512]) > 0) { } }
            catch (SocketException) { /* it need not be polite in return */ }
        }
        socket.Close();
    }

    /// <summary>Asks where it continues and sends the rest, as often as it takes. Returns how many bytes the server had kept.</summary>
    public async Task<long> CarryOnAsync(string to, byte[] bytes)
    {
        long? kept = null;
        for (var tries = 0; tries < 200; tries++)
        {
            var offset = await OffsetAsync(to);
            kept ??= offset;
            if (offset == bytes.Length) return kept.Value;
            using var answer = await AskAsync("PATCH", to, bytes.AsMemory((int)offset), ("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)));
            if (answer.StatusCode == HttpStatusCode.NoContent) return kept.Value;
            // The broken request has not ended yet, or wrote a little more meanwhile.
            Assert.True(answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.Locked, $"{answer.StatusCode}");
            kept = null;
            await Task.Delay(20);
        }
        throw new TimeoutException("The upload never continued.");
    }

    public async Task<string> HashAsync(string to) =>
        Convert.ToHexStringLower(SHA256.HashData(await (await AskAsync("GET", "/files/" + to.Split('/')[^1], null)).Content.ReadAsByteArrayAsync()));

    private Task<HttpResponseMessage> AskAsync(string method, string path, ReadOnlyMemory<byte>? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), server.Address + path);
        request.Headers.Add("Cookie", cookie);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is { } bytes)
        {
            request.Content = new ReadOnlyMemoryContent(bytes);
            request.Content.Headers.ContentType = new("application/offset+octet-stream");
        }
        return http.SendAsync(request);
    }

    public void Dispose() => http.Dispose();
}
