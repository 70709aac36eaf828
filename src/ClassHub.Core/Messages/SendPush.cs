using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Messages;

/// <summary>Whether browsers are woken, and through whom. Off until the school names a contact, because the browsers' makers carry the (sealed) messages.</summary>
/// <param name="Contact">"mailto:office@school.example": whom a maker asks when something is wrong.</param>
/// <param name="Hosts">Nothing is ever sent to another host, whatever address a browser gave; one with a star stands for all beneath it.</param>
public sealed record PushSettings(string? Contact, IReadOnlyList<string> Hosts)
{
    public static readonly IReadOnlyList<string> Makers = ["fcm.googleapis.com", "updates.push.services.mozilla.com", "*.push.apple.com", "*.notify.windows.com"];

    public bool IsSet => !string.IsNullOrWhiteSpace(Contact);

    public bool Allows(string endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.UserInfo == "" && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback)
        && Hosts.Any(h => h.StartsWith("*.", StringComparison.Ordinal) ? address.Host.EndsWith(h[1..], StringComparison.OrdinalIgnoreCase) : address.Host.Equals(h, StringComparison.OrdinalIgnoreCase));
}

public enum PushOutcome { Nobody, Sent, TryAgain }

/// <summary>Wakes the browsers of one person with a line. A browser that is gone is forgotten.</summary>
public sealed class SendPush(ClassHubDb db, PushSettings push, TimeProvider clock)
{
    /// <summary>No redirect is followed: the address was given by a browser.</summary>
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(10) }) { Timeout = TimeSpan.FromSeconds(10) };
    private static readonly TimeSpan Lives = TimeSpan.FromHours(20);

    public bool IsSet => push.IsSet;

    /// <param name="tag">A second message with the same one takes the place of the first on the screen.</param>
    public async Task<PushOutcome> RunAsync(int personId, string title, string body, string tag, bool isUrgent, CancellationToken stop)
    {
        if (!push.IsSet) return PushOutcome.Nobody;
        var browsers = await db.PushSubscriptions.AsNoTracking().Where(s => s.PersonId == personId).OrderBy(s => s.Id).ToListAsync(stop);
        if (browsers.Count == 0) return PushOutcome.Nobody;
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(await db.Schools.Select(s => s.PushKey).SingleAsync(stop), out _);
        var text = JsonSerializer.SerializeToUtf8Bytes(new { title, body = body.Length > 300 ? body[..300] + "…" : body, tag, url = "/" });
        var (reached, failed, gone) = (0, 0, new List<int>());
        foreach (var browser in browsers.Where(b => push.Allows(b.Endpoint)))
            switch (await SendAsync(new Uri(browser.Endpoint), WebPush.Seal(text, browser.ReceiverKey, browser.Secret), key, isUrgent, stop))
            {
                case HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden: gone.Add(browser.Id); break;
                case >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices: reached++; break;
                default: failed++; break;
            }
        if (gone.Count > 0) await db.WriteAsync(() => db.PushSubscriptions.Where(s => gone.Contains(s.Id)).ExecuteDeleteAsync(stop), stop);
        return reached > 0 ? PushOutcome.Sent : failed > 0 ? PushOutcome.TryAgain : PushOutcome.Nobody;
    }

    private async Task<HttpStatusCode> SendAsync(Uri endpoint, byte[] text, ECDsa key, bool isUrgent, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(text) };
        request.Headers.TryAddWithoutValidation("Authorization", WebPush.Authorization(endpoint, key, push.Contact!, clock.GetUtcNow()));
        request.Headers.TryAddWithoutValidation("TTL", ((int)Lives.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("Urgency", isUrgent ? "high" : "normal");
        request.Content.Headers.ContentType = new("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        try
        {
            using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return answer.StatusCode;
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested) { return HttpStatusCode.ServiceUnavailable; }
    }
}
