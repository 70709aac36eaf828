using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace ClassHub.Browser.Tests.TheSite;

/// <summary>Somebody's phone or computer with one page open. It notes whatever a page may never do.</summary>
public sealed partial class Device : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> troubles = new();

    private Device(IBrowserContext context, IPage page, string server)
    {
        this.context = context;
        Page = page;
        Watch(page);
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(server + "/", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:" + server, StringComparison.Ordinal))
                troubles.Enqueue($"{Page.Url} asks {request.Url}: no page may reach outside of the school's own server");
        };
        context.Response += (_, response) =>
        {
            if (response.Status >= 500) troubles.Enqueue($"{response.Status} from {response.Url}");
        };
    }

    private void Watch(IPage page)
    {
        page.PageError += (_, error) => troubles.Enqueue($"{page.Url}: {error}");
        page.Console += (_, message) =>
        {
            // A page that is not there is told of as an error too, although that is what was asked for.
            if (message.Type == "error" && !(message.Text.Contains("status of 404", StringComparison.Ordinal) && message.Location.StartsWith(page.Url, StringComparison.Ordinal)))
                troubles.Enqueue($"{page.Url}: the console says “{message.Text}” ({message.Location})");
        };
    }

    public IPage Page { get; private set; }

    /// <summary>Requests to other servers, errors of scripts and of the server. Always empty, if all is well.</summary>
    public IReadOnlyCollection<string> Troubles => troubles;
    public void HadNoTrouble() => Assert.True(troubles.IsEmpty, string.Join('\n', troubles));

    public static async Task<Device> OpenAsync(IBrowserContext context, string server) => new(context, await context.NewPageAsync(), server);

    public async Task SignInAsync(string userName, string password = "classhub-demo", bool isOwn = false)
    {
        await Page.GotoAsync("/login");
        if (isOwn) await Page.GetByLabel("It is mine").CheckAsync();
        await TypeSignInAsync(userName, password);
    }

    /// <summary>Has signed in on this shared device before, so the page for it need not be seen again; no page is open yet.</summary>
    public async Task HasSignedInAsync(string userName)
    {
        var asks = Page.Context.APIRequest;
        var token = FormToken().Match(await (await asks.GetAsync("/login")).TextAsync()).Groups[1].Value;
        var form = asks.CreateFormData().Set("_form", token).Set("UserName", userName).Set("Password", "classhub-demo").Set("Shared", "true");
        var answer = await asks.PostAsync("/login", new() { Form = form, MaxRedirects = 0 });
        Assert.Equal(302, answer.Status);
    }

    public async Task SignOutAsync()
    {
        await Page.GotoAsync("/logout");
        await PressAsync("Sign out");
        await Expect(Page.GetByLabel("Username")).ToBeVisibleAsync();
    }

    /// <summary>Nothing more fits on it than so many bytes beyond what is there.</summary>
    public async Task FillUpAsync(long left = 0)
    {
        var line = await context.NewCDPSessionAsync(Page);
        var there = left == 0 ? 0 : await Page.EvaluateAsync<double>("async () => (await navigator.storage.estimate()).usage");
        var origin = new Uri(Page.Url).GetLeftPart(UriPartial.Authority);
        await line.SendAsync("Storage.overrideQuotaForOrigin", new() { ["origin"] = origin, ["quotaSize"] = Math.Max(1, there + left) });
    }

    /// <summary>One more page of the same browser, beside the one that is open.</summary>
    public async Task<IPage> OtherPageAsync()
    {
        var other = await context.NewPageAsync();
        Watch(other);
        return other;
    }

    /// <summary>The session ends while nobody looks.</summary>
    public Task ForgetSessionAsync() => context.ClearCookiesAsync();

    /// <summary>A little after the first page, a device of one's own has begun to keep pages.</summary>
    public Task KeepsPagesAsync() => Expect(Page.Locator("body[data-keeps]")).ToHaveCountAsync(1, new() { Timeout = 60_000 });

    /// <summary>The browser's worker answers for this page, so that the line may be cut.</summary>
    public async Task IsLookedAfterAsync() =>
        await Page.WaitForFunctionAsync("() => navigator.serviceWorker.controller", null, new() { Timeout = 60_000 });

    /// <summary>The page's scripts listen.</summary>
    public Task ListensAsync() => Expect(Page.Locator("html[data-ready]")).ToHaveCountAsync(1);

    /// <summary>The form of a task knows where to keep what is written, and all scripts of the page have come, so that the line may be cut.</summary>
    public async Task IsReadyToKeepAsync()
    {
        await Expect(Page.Locator("form[data-hand-in][data-keeps]")).ToHaveCountAsync(1, new() { Timeout = 60_000 });
        await ListensAsync();
    }

    /// <summary>The tab dies as when a phone runs out of memory: no script of it is asked. Another one is opened.</summary>
    public async Task CrashAsync()
    {
        var over = new TaskCompletionSource();
        Page.Crash += (_, _) => over.TrySetResult();
        var line = await context.NewCDPSessionAsync(Page);
        _ = line.SendAsync("Page.crash").ContinueWith(_ => { }, TaskScheduler.Default);
        await over.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await NewPageAsync();
    }

    /// <summary>The tab is closed and another one opened.</summary>
    public async Task NewPageAsync()
    {
        var old = Page;
        Page = await context.NewPageAsync();
        Watch(Page);
        await old.CloseAsync(new() { RunBeforeUnload = false });
    }

    public async Task TypeSignInAsync(string userName, string password)
    {
        await Page.GetByLabel("Username").FillAsync(userName);
        await Page.GetByLabel("Password").FillAsync(password);
        await PressAsync("Sign in");
        await Expect(Page.GetByLabel("Username")).ToHaveCountAsync(0);
    }

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    public Task FollowAsync(string link) => Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();
    public ILocator Heading(string words) => Page.GetByRole(AriaRole.Heading, new() { Name = words, Exact = true });
    /// <summary>What a teacher gave back just now comes when it can be taken back no more.</summary>
    public Task WaitsForFeedbackAsync() => Task.Delay(TimeSpan.FromSeconds(31));

    /// <summary>From a page inside a class to its stream.</summary>
    public Task BackToClassAsync() => Page.GotoAsync(string.Join('/', Page.Url.Split('/').Take(5)));

    public Task SeesAsync(string words) => Expect(Page.GetByRole(AriaRole.Main)).ToContainTextAsync(words);

    [GeneratedRegex("name=\"_form\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
