using System.Globalization;
using System.Net;

namespace ClassHub.Load.Rush;

public sealed record Reply(int Status, string Text, IReadOnlyDictionary<string, string> Headers);

/// <summary>A pupil's browser on a connection of its own. When the server is busy or the line breaks it waits and asks again.</summary>
public sealed class Browser(int port, Timings timings) : IDisposable
{
    private const int MostTries = 12;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All, MaxConnectionsPerServer = 1 })
    {
        BaseAddress = new($"http://127.0.0.1:{port}"),
        Timeout = TimeSpan.FromSeconds(60),
    };
    private int broken;

    public string Cookie { get; set; } = "";

    public Task<Reply> GetAsync(string path) => AskAsync(200, () =>
    {
        var get = new HttpRequestMessage(HttpMethod.Get, path);
        get.Headers.Add("Accept", "text/html");
        return get;
    });

    public async Task<Reply> AskAsync(int expected, Func<HttpRequestMessage> make)
    {
        while (true)
            if (await TryAsync(expected, make()) is { } reply) return reply;
    }

    /// <summary>None when it is worth trying again: the wait is over then.</summary>
    public async Task<Reply?> TryAsync(int expected, HttpRequestMessage request)
    {
        var what = $"{request.Method} {request.RequestUri}";
        TimeSpan? wait = null;
        string problem;
        try
        {
            using (request)
            {
                request.Headers.Add("Cookie", Cookie);
                request.Headers.Add("Sec-Fetch-Site", "same-origin");
                using var answer = await http.SendAsync(request);
                var status = (int)answer.StatusCode;
                if (status >= 500) timings.Failure();
                if (status == expected)
                {
                    broken = 0;
                    return new(status, await answer.Content.ReadAsStringAsync(), answer.Headers.ToDictionary(h => h.Key, h => h.Value.First(), StringComparer.OrdinalIgnoreCase));
                }
                problem = status.ToString(CultureInfo.InvariantCulture);
                if (status is not (409 or 423 or 429 or 500 or 503)) throw new GaveUp($"{what} answered {problem}");
                wait = answer.Headers.RetryAfter?.Delta;
            }
        }
        catch (Exception line) when (line is HttpRequestException or IOException or TaskCanceledException) { problem = line.GetType().Name; }
        if (++broken == MostTries) throw new GaveUp($"{what} met {problem} {MostTries} times");
        timings.Retry();
        await Task.Delay(wait ?? TimeSpan.FromSeconds(Math.Min(1 << (broken - 1), 30)));
        return null;
    }

    public void Dispose() => http.Dispose();
}

public sealed class GaveUp(string why) : Exception(why);
