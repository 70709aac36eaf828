using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;

namespace ClassHub.Web.Tests;

/// <summary>One browser: keeps its cookies, follows no redirect, fills in forms with their token.</summary>
public sealed class Visitor : IDisposable
{
    private static readonly Uri Home = new("http://localhost/");
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;

    public Visitor(TestSite site, string network)
    {
        http = site.CreateDefaultClient(Home, new CookieContainerHandler(cookies));
        http.DefaultRequestHeaders.Add(FromNetwork.Header, network);
    }

    public Visitor WithCookie(string name, string value)
    {
        cookies.Add(Home, new Cookie(name, value, "/"));
        return this;
    }

    public string? Cookie(string name) => cookies.GetCookies(Home)[name]?.Value;

    /// <summary>What was to be said on the next page is not.</summary>
    public void ForgetMessage()
    {
        if (cookies.GetCookies(Home)[ClassHub.Web.Access.PageVersion.MessageCookie] is { } message) message.Expired = true;
    }

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } });

    /// <summary>Opens the page, takes the token out of its form and sends the fields there.</summary>
    public async Task<Answer> PostFormAsync(string path, params (string Name, string Value)[] fields) =>
        await PostAsync(path, [("_form", (await GetAsync(path)).FormToken), .. fields]);

    /// <summary>Sends exactly these fields.</summary>
    public Task<Answer> PostAsync(string path, params (string Name, string Value)[] fields) => SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
    {
        Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
    });

    /// <summary>A token that fits any form of this visitor: the page for signing out shows one to everybody.</summary>
    public async Task<string> TokenAsync() => (await GetAsync("/logout")).FormToken;

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        return new(response.StatusCode, response, await response.Content.ReadAsStringAsync());
    }

    /// <summary>What is sent under this address, byte by byte.</summary>
    public async Task<(HttpResponseMessage Response, byte[] Bytes)> FileAsync(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var response = await http.SendAsync(request);
        return (response, await response.Content.ReadAsByteArrayAsync());
    }

    public void Dispose() => http.Dispose();
}

/// <summary>What came back.</summary>
public sealed record Answer(HttpStatusCode Status, HttpResponseMessage Response, string Body)
{
    private readonly Lazy<IHtmlDocument> page = new(() => new HtmlParser().ParseDocument(Body));

    public IHtmlDocument Page => page.Value;
    public string? Location => Response.Headers.Location?.OriginalString;
    /// <summary>The words of the page without its frame.</summary>
    public string Main => Page.QuerySelector("main")?.TextContent ?? "";
    public string FormToken => (Page.QuerySelector("input[name=_form]") as IHtmlInputElement)?.Value ?? throw new InvalidOperationException($"No form in the answer ({Status}).");

    public string? Header(string name) =>
        Response.Headers.TryGetValues(name, out var values) || Response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;
}
