using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>Somebody signed in, and the task they work on.</summary>
public sealed record Pupil(string UserName, int PersonId, int ClassId, int TaskId, string Cookie, string FormToken);

/// <summary>Pupils who hand in again and again, all at once and as fast as they are answered. What they are told goes into the history.</summary>
public sealed class Clients(ClassHubServer server, IReadOnlyList<Pupil> pupils, History history) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Each until then, or until the server is gone.</summary>
    public Task WorkAsync(CancellationToken over) => Task.WhenAll(pupils.Select(pupil => Task.Run(async () =>
    {
        while (!over.IsCancellationRequested && await SendAsync(history.Begin(pupil))) { }
    }, CancellationToken.None)));

    public async Task WorkForAsync(TimeSpan time)
    {
        using var over = new CancellationTokenSource(time);
        await WorkAsync(over.Token);
    }

    /// <summary>Everybody once.</summary>
    public Task HandInAsync(bool? withFile = null) => Task.WhenAll(pupils.Select(pupil => SendAsync(history.Begin(pupil, withFile))));

    /// <summary>What got no receipt is sent again under the same key.</summary>
    public Task TryAgainAsync() => Task.WhenAll(history.Deeds.Where(d => d.Outcome != Outcome.Saved).GroupBy(d => d.Pupil).Select(pupil => Task.Run(async () =>
    {
        foreach (var deed in pupil) await SendAsync(deed);
    })));

    /// <param name="isAnother">It is other work under a key that was used, so it must be refused.</param>
    /// <returns>Whether there was an answer.</returns>
    public async Task<bool> SendAsync(Deed deed, bool isAnother = false)
    {
        using var form = new MultipartFormDataContent { { new StringContent(deed.Pupil.FormToken), "_form" }, { new StringContent(deed.Key), "Key" }, { new StringContent(deed.Text), "Text" } };
        if (deed.File is { } bytes) form.Add(new ByteArrayContent(bytes), "Files", "work.bin");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.Address}/classes/{deed.Pupil.ClassId}/tasks/{deed.Pupil.TaskId}/hand-in") { Content = form };
        request.Headers.Add("Cookie", deed.Pupil.Cookie);
        try
        {
            using var answer = await http.SendAsync(request);
            if (isAnother) history.RefusedAsUsed((int)answer.StatusCode);
            else Note(deed, (int)answer.StatusCode, answer.Headers.Location?.OriginalString, answer.Headers.RetryAfter is not null, await answer.Content.ReadAsStringAsync());
            return true;
        }
        catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException)
        {
            deed.WasBroken();
            return false;
        }
    }

    private void Note(Deed deed, int status, string? onward, bool saysWhenToTryAgain, string words)
    {
        var isReceipt = status == 302 && onward!.Contains("/receipt/", StringComparison.Ordinal);
        if (isReceipt) deed.WasSaved(onward!.Split('/')[^1]);
        // Something broke: nobody said whether before or after it was saved.
        else if (status == 500) deed.WasBroken();
        else deed.WasRefused();
        history.Answered(status == 302 && !isReceipt ? 0 : status, status == 302 ? onward! : words);
        if (status == 503 && !saysWhenToTryAgain) history.Answered(0, "A 503 that does not say when to try again: " + words);
    }

    public void Dispose() => http.Dispose();
}
