using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Offline;

/// <summary>Devices on which nothing more fits: what a pupil sees and hands in is as on a device that keeps nothing.</summary>
[Collection(OnABadLine.Name)]
public sealed class FullDeviceTests(Chromium chromium, DemoServer school)
{
    private const string Words = "Written on a full tablet.";
    private static readonly string Photo = Repository.PathOf("src/ClassHub.Web/demo/files/page-number-line-1.jpg");

    private async Task<(Device Device, string Task)> AtATaskAsync(string userName, bool isOwn)
    {
        var task = school.SetTask("On a full device");
        var device = await chromium.PhoneAsync(school);
        await device.SignInAsync(userName, isOwn: isOwn);
        if (isOwn) await device.KeepsPagesAsync();
        await device.Page.GotoAsync(task);
        await device.IsReadyToKeepAsync();
        return (device, task);
    }

    private static async Task HandsInAsync(Device device)
    {
        await device.Page.GetByLabel("Write here").FillAsync(Words);
        await device.Page.GetByLabel("Choose files").SetInputFilesAsync(Photo);
        await Expect(device.Page.GetByRole(AriaRole.List, new() { Name = "Files you added" })).ToContainTextAsync("page-number-line-1.jpg");
        await device.ListensAsync();
        await device.PressAsync("Hand in");
        await Expect(device.Heading("Handed in")).ToBeVisibleAsync();
        await device.SeesAsync(Words);
        await device.SeesAsync("page-number-line-1.jpg");
    }

    [Fact]
    public async Task Pages_are_those_of_the_school_also_when_they_cannot_be_kept()
    {
        await using var yusuf = await chromium.PhoneAsync(school);
        await yusuf.SignInAsync("yusuf", isOwn: true);
        await yusuf.KeepsPagesAsync();
        await yusuf.Page.EvaluateAsync("""
            async () => {
              const pages = await caches.open((await caches.keys()).find(one => one.startsWith("pages-")))
              await pages.put("/", new Response("<body><main>Long ago</main></body>", { headers: { "Content-Type": "text/html", "X-Kept": "1" } }))
              await pages.put("/device/wrote", new Response(String(Date.now())))
            }
            """);
        await yusuf.FillUpAsync();

        // Never opened before: it did not become the page "On this device".
        await yusuf.Page.GotoAsync("/calendar");
        await Expect(yusuf.Heading("On this device")).ToHaveCountAsync(0);
        await Expect(yusuf.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("Calendar"));
        // Kept before: it is not stuck at what it was.
        await yusuf.Page.GotoAsync("/");
        await yusuf.SeesAsync("Yusuf");
        // So is a file.
        Assert.True(await yusuf.Page.EvaluateAsync<bool>("""
            async () => {
              const { key } = await (await fetch("/device/me")).json()
              return Boolean(key) && (await fetch("/js/app.js")).ok
            }
            """));
    }

    [Fact]
    public async Task Work_is_handed_in_from_a_full_shared_device()
    {
        var (yusuf, _) = await AtATaskAsync("yusuf", isOwn: false);
        await using var closing = yusuf;
        await yusuf.FillUpAsync();

        await HandsInAsync(yusuf);
    }

    [Fact]
    public async Task Work_is_handed_in_from_a_full_device_of_ones_own_and_the_receipt_is_shown()
    {
        var (dev, _) = await AtATaskAsync("dev", isOwn: true);
        await using var closing = dev;
        await dev.FillUpAsync();

        await HandsInAsync(dev);
    }

    [Fact]
    public async Task A_full_device_without_a_connection_says_that_the_page_must_stay_open_and_sends_from_it()
    {
        using var line = new Line(school);
        var task = school.SetTask("Full and cut off");
        await using var finn = await chromium.PhoneAsync(line);
        await finn.SignInAsync("finn");
        await finn.Page.GotoAsync(task);
        await finn.IsReadyToKeepAsync();
        await finn.FillUpAsync();
        line.Cut();

        await finn.Page.GetByLabel("Write here").FillAsync(Words);
        await finn.PressAsync("Hand in");
        await finn.SeesAsync("This device is full");
        line.Mend();

        await Expect(finn.Heading("Handed in")).ToBeVisibleAsync(new() { Timeout = 90_000 });
    }

    [Fact]
    public async Task The_oldest_of_what_is_kept_makes_room()
    {
        await using var sofia = await chromium.PhoneAsync(school);
        await sofia.SignInAsync("sofia", isOwn: true);
        await sofia.KeepsPagesAsync();
        await sofia.Page.EvaluateAsync("""
            async () => {
              const name = (await caches.keys()).find(one => one.startsWith("pages-")).replace("pages-", "files-")
              await (await caches.open(name)).put("/files/an-old-film", new Response(new Blob([new Uint8Array(4e6)])))
            }
            """);
        await sofia.FillUpAsync(left: 2_000);

        await sofia.Page.GotoAsync("/classes/1");
        await Expect(sofia.Page.Locator("h1")).ToBeVisibleAsync();
        await sofia.Page.WaitForFunctionAsync("async () => Boolean(await caches.match('/classes/1')) && !await caches.match('/files/an-old-film')");
    }
}
