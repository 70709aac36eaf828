using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using ClassHub.Load.Seeding;

namespace ClassHub.Load.Rush;

/// <summary>One pupil: opens Today and a task, hands in text and a photo, sees the receipt, goes back to Today. Two of three send the photo as the product's script does, the third with the plain form.</summary>
public sealed partial class RushPupil(int number, Session session, Moments moments)
{
    [GeneratedRegex("/classes/(\\d+)/tasks/(\\d+)\"")] private static partial Regex TaskLink();
    [GeneratedRegex("name=\"_form\" type=\"hidden\" value=\"([^\"]+)\"")] private static partial Regex TokenField();
    [GeneratedRegex("name=\"Key\" value=\"([^\"]+)\"")] private static partial Regex KeyField();

    private string token = "", address = "";

    public int Number => number;
    public int PersonId => session.PersonId;
    public int TaskId { get; private set; }
    public string Key { get; private set; } = "";
    public string Text { get; } = $"Three quarters is six eighths: ¾ = 6⁄8, because every piece was cut in two – worked out by pupil {number}.";
    /// <summary>As it was told; none when the pupil was not told of any.</summary>
    public string? Receipt { get; private set; }
    public string? WhyNot { get; private set; }
    public bool SendsAhead => number % 3 != 0;

    public async Task RunAsync(int port, Timings timings)
    {
        using var browser = new Browser(port, timings) { Cookie = session.Cookie };
        try
        {
            await UntilAsync(moments.Opens, timings);
            await OpenTaskAsync(browser, timings);
            await UntilAsync(moments.HandsIn, timings);
            await HandInAsync(browser, timings);
            timings.Acknowledged();
            await timings.TakeAsync(Step.Receipt, () => browser.GetAsync($"{address}/receipt/{Receipt}"));
            await timings.TakeAsync(Step.Today, () => browser.GetAsync("/"));
        }
        catch (GaveUp gaveUp) { WhyNot = gaveUp.Message; }
    }

    private static Task UntilAsync(double second, Timings timings) => Task.Delay(TimeSpan.FromSeconds(Math.Max(0, second - timings.Now)));

    private async Task OpenTaskAsync(Browser browser, Timings timings)
    {
        var today = await timings.TakeAsync(Step.Today, () => browser.GetAsync("/"));
        foreach (Match link in TaskLink().Matches(today.Text))
        {
            address = link.Value[..^1];
            var page = await timings.TakeAsync(Step.TaskPage, () => browser.GetAsync(address));
            if (KeyField().Match(page.Text) is not { Success: true } key) continue;
            (TaskId, Key, token) = (int.Parse(link.Groups[2].Value, CultureInfo.InvariantCulture), key.Groups[1].Value, TokenField().Match(page.Text).Groups[1].Value);
            browser.Cookie += "; " + page.Headers["Set-Cookie"].Split(';')[0];
            return;
        }
        throw new GaveUp("Today shows no task to hand in");
    }

    private async Task HandInAsync(Browser browser, Timings timings)
    {
        var photo = Photo.Of(number);
        var upload = SendsAhead ? await timings.TakeAsync(Step.Upload, () => SendAheadAsync(browser, photo)) : null;
        var told = await timings.TakeAsync(SendsAhead ? Step.HandIn : Step.HandInWithFile, () => browser.AskAsync(302, () => new(HttpMethod.Post, address + "/hand-in") { Content = Form(upload, photo) }));
        Receipt = told.Headers["Location"].Split('/')[^1];
    }

    private MultipartFormDataContent Form(string? upload, byte[] photo)
    {
        var form = new MultipartFormDataContent { { new StringContent(Key), "Key" }, { new StringContent("0"), "DraftVersion" }, { new StringContent(Text), "Text" }, { new StringContent(token), "_form" } };
        if (upload is not null) form.Add(new StringContent(upload), "Uploads");
        else form.Add(new ByteArrayContent(photo) { Headers = { ContentType = new("image/jpeg") } }, "Files", "photo.jpg");
        return form;
    }

    /// <summary>The upload protocol, step by step as send-file.js takes them; the key of the file.</summary>
    private async Task<string> SendAheadAsync(Browser browser, byte[] photo)
    {
        var begun = await browser.AskAsync(201, () => Tus(HttpMethod.Post, "/uploads", ("Upload-Length", photo.Length.ToString(CultureInfo.InvariantCulture)),
            ("Upload-Metadata", $"filename {Base64("photo.jpg")},class {Base64(address.Split('/')[2])}")));
        var place = begun.Headers["Location"];
        for (var offset = 0; offset < photo.Length;)
        {
            var patch = Tus(HttpMethod.Patch, place, ("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)));
            patch.Content = new ByteArrayContent(photo, offset, photo.Length - offset) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };
            var reply = await browser.TryAsync(204, patch) ?? await browser.AskAsync(200, () => Tus(HttpMethod.Head, place));
            offset = int.Parse(reply.Headers["Upload-Offset"], CultureInfo.InvariantCulture);
        }
        return place.Split('/')[^1];
    }

    private static HttpRequestMessage Tus(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers.Append(("Tus-Resumable", "1.0.0"))) request.Headers.Add(name, value);
        return request;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
