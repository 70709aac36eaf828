namespace ClassHub.Browser.Tests.TheSite;

/// <summary>One browser for all tests; every person in a story has a device of their own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Quiet });
        SetDefaultExpectTimeout(15_000);
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }

    public Task<Device> DesktopAsync(ClassHubServer server, bool script = true) => OpenAsync(server, 1280, 800, script);
    public Task<Device> PhoneAsync(ClassHubServer server, bool script = true) => OpenAsync(server, 390, 844, script);

    private async Task<Device> OpenAsync(ClassHubServer server, int width, int height, bool script)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = server.Address,
            JavaScriptEnabled = script,
            ViewportSize = new() { Width = width, Height = height },
            Locale = "en-GB",
            // Colours that are still on their way would be read as wrong ones.
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(15_000);
        return await Device.OpenAsync(context, server.Address);
    }
}

[CollectionDefinition(Name)]
public sealed class InTheBrowser : ICollectionFixture<Chromium>, ICollectionFixture<DemoServer>
{
    public const string Name = "In the browser";
}
