namespace ClassHub.Browser.Tests.TheSite;

/// <summary>One browser for many tests; every person in a story has a device of their own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        // One device after the other needs no processes that are kept apart.
        "--renderer-process-limit=1",
        // A microphone that beeps, a camera that counts, and a screen that is shared without a question.
        "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--auto-select-desktop-capture-source=Entire screen",
        // The address bar's own pages, which every new window would load, and a process kept ready for a next site; then what the browser library takes out itself, because only the last list counts.
        "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,SpareRendererForSitePerProcess,"
            + "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,DialMediaRouteProvider,GlobalMediaControls,HttpsUpgrades,LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,Translate,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled"];
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Quiet });
        SetDefaultExpectTimeout(30_000);
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }

    public Task<Device> DesktopAsync(ClassHubServer server, bool script = true) => OpenAsync(server.Address, 1280, 800, script);
    /// <param name="zone">The time zone by which the phone goes; none: that of this machine.</param>
    public Task<Device> PhoneAsync(ClassHubServer server, bool script = true, string? zone = null) => OpenAsync(server.Address, 390, 844, script, zone);
    /// <summary>A phone that reaches the school over this line only.</summary>
    public Task<Device> PhoneAsync(Line line) => OpenAsync(line.Address, 390, 844, script: true);

    private async Task<Device> OpenAsync(string server, int width, int height, bool script, string? zone = null)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = server,
            JavaScriptEnabled = script,
            ViewportSize = new() { Width = width, Height = height },
            Locale = "en-GB",
            TimezoneId = zone,
            // Colours that are still on their way would be read as wrong ones.
            ReducedMotion = ReducedMotion.Reduce,
            Permissions = ["microphone", "camera"],
        });
        context.SetDefaultTimeout(30_000);
        return await Device.OpenAsync(context, server);
    }
}
