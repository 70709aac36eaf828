using System.Text.RegularExpressions;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Offline;

/// <summary>Children whose line is dead, whose tab is closed, whose clock is wrong, or who share a device: each hand-in is there once, and is theirs.</summary>
[Collection(OnABadLine.Name)]
public sealed partial class OfflineTests(Chromium chromium, DemoServer school)
{
    private const string Title = "A letter from home", Words = "Three quarters lies halfway between a half and one.";
    private static readonly string Photo = Repository.PathOf("src/ClassHub.Web/demo/files/page-number-line-1.jpg");

    /// <summary>A pupil with a device of their own who opened the task while there was a connection.</summary>
    private async Task<string> OpensTheTaskAsync(Device device, string userName)
    {
        var task = school.SetTask(Title);
        await device.SignInAsync(userName, isOwn: true);
        await device.KeepsPagesAsync();
        await device.Page.GotoAsync(task);
        await device.IsReadyToKeepAsync();
        return task;
    }

    private static async Task HandsInAsync(Device device, string words = Words)
    {
        await device.Page.GetByLabel("Write here").FillAsync(words);
        await device.PressAsync("Hand in");
    }

    private static Task AllHasReachedTheSchoolAsync(Device device) => Expect(device.Page.GetByText("Nothing waits. All your work has reached the school.")).ToBeVisibleAsync(new() { Timeout = 60_000 });

    private static async Task<string> ReceiptOfAsync(Device device, string task)
    {
        await device.Page.GotoAsync(task);
        await device.Page.Locator("a[href*='/receipt/']").First.ClickAsync();
        await Expect(device.Heading("Handed in")).ToBeVisibleAsync();
        return await device.Page.Locator("main").InnerTextAsync();
    }

    [Fact]
    public async Task Work_made_without_a_connection_survives_the_end_of_the_browser_and_goes_by_itself()
    {
        using var line = new Line(school);
        await using var yusuf = await chromium.PhoneAsync(line);
        var task = await OpensTheTaskAsync(yusuf, "yusuf");
        line.Cut();

        await yusuf.Page.GotoAsync(task);
        await Expect(yusuf.Page.Locator(".kept")).ToContainTextAsync("From this device");
        await yusuf.Page.GetByLabel("Choose files").SetInputFilesAsync(Photo);
        await yusuf.SeesAsync("kept on this device");
        await HandsInAsync(yusuf);
        await yusuf.SeesAsync("Your work is ready and kept on this device");

        // The page is gone, and Today says that something waits.
        await yusuf.NewPageAsync();
        await yusuf.Page.GotoAsync("/");
        await Expect(yusuf.Page.Locator("[data-waiting-count]")).ToContainTextAsync("1 waiting");
        await yusuf.Page.GotoAsync("/device");
        await yusuf.SeesAsync("To be handed in");
        var saved = await yusuf.Page.RunAndWaitForDownloadAsync(() => yusuf.PressAsync("Save to a file"));
        Assert.EndsWith(".txt", saved.SuggestedFilename, StringComparison.Ordinal);

        line.Mend();
        await yusuf.PressAsync("Send now");
        await AllHasReachedTheSchoolAsync(yusuf);

        var receipt = await ReceiptOfAsync(yusuf, task);
        Assert.Contains(Words, receipt, StringComparison.Ordinal);
        Assert.Contains("page number line 1", receipt, StringComparison.Ordinal);
        Assert.Matches(@"Version\s+1\b", receipt);
    }

    [Fact]
    public async Task Words_typed_while_a_photo_is_on_its_way_are_still_there_when_it_has_come()
    {
        using var line = new Line(school);
        await using var dev = await chromium.PhoneAsync(line);
        await OpensTheTaskAsync(dev, "dev");
        line.MakeNearlyDead();
        await dev.Page.GetByLabel("Choose files").SetInputFilesAsync(Photo);
        await dev.SeesAsync("kept on this device");
        await dev.Page.GetByLabel("Write here").FillAsync(Words);
        line.Revive();

        await Expect(dev.Page.GetByRole(AriaRole.List, new() { Name = "Files you added" })).ToContainTextAsync("page-number-line-1.jpg", new() { Timeout = 60_000 });
        await Expect(dev.Page.GetByLabel("Write here")).ToHaveValueAsync(Words);
        await dev.Page.WaitForFunctionAsync("async words => (await (await fetch(location.href)).text()).includes(words)", Words, new() { Timeout = 60_000 });
        await dev.Page.ReloadAsync();
        await Expect(dev.Page.GetByLabel("Write here")).ToHaveValueAsync(Words);
    }

    [Fact]
    public async Task A_tab_that_dies_between_the_tap_and_the_receipt_hands_in_once()
    {
        using var line = new Line(school);
        await using var aisha = await chromium.PhoneAsync(line);
        var task = await OpensTheTaskAsync(aisha, "aishab");
        await aisha.Page.GetByLabel("Write here").FillAsync(Words);
        await aisha.SeesAsync("Saved");

        // The school hears of it, the device does not hear back.
        line.LosesAnswers = true;
        await aisha.PressAsync("Hand in");
        await aisha.SeesAsync("kept on this device");
        await aisha.NewPageAsync();
        line.LosesAnswers = false;
        line.Mend();

        await aisha.Page.GotoAsync("/device");
        await AllHasReachedTheSchoolAsync(aisha);
        Assert.Matches(@"Version\s+1\b", await ReceiptOfAsync(aisha, task));
    }

    [Fact]
    public async Task On_a_nearly_dead_line_what_is_on_the_device_is_shown_before_the_school_could_answer()
    {
        using var line = new Line(school);
        await using var finn = await chromium.PhoneAsync(line);
        await OpensTheTaskAsync(finn, "finn");
        line.MakeNearlyDead();

        await finn.Page.GotoAsync("/", new() { WaitUntil = WaitUntilState.Commit });

        // The school needs two seconds for a first byte; then the fresher page takes the place of the kept one.
        await Expect(finn.Page.Locator("body[data-kept]")).ToHaveCountAsync(1);
        await Expect(finn.Page.Locator("h1")).ToContainTextAsync("Finn");
        await Expect(finn.Page.Locator("body[data-kept]")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task A_clock_that_is_five_hours_wrong_changes_nothing()
    {
        using var line = new Line(school);
        await using var sofia = await chromium.PhoneAsync(line);
        await sofia.Page.Clock.InstallAsync(new() { TimeDate = DateTime.UtcNow.AddHours(5) });
        await sofia.Page.Clock.ResumeAsync();
        var task = await OpensTheTaskAsync(sofia, "sofia");
        line.Cut();
        await HandsInAsync(sofia);
        await sofia.SeesAsync("kept on this device");
        line.Mend();

        // The page that is still open goes on by itself.
        await Expect(sofia.Heading("Handed in")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        var when = await sofia.Page.EvaluateAsync<string>("async task => new DOMParser().parseFromString(await (await fetch(task)).text(), 'text/html').querySelector('#work time').dateTime", task);
        Assert.InRange(DateTimeOffset.Parse(when, System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task Two_pupils_on_one_device_never_see_each_others_work_and_each_hands_in_their_own()
    {
        using var line = new Line(school);
        await using var tablet = await chromium.PhoneAsync(line);
        var task = await OpensTheTaskAsync(tablet, "ethano");
        line.Cut();
        await HandsInAsync(tablet, "A secret of Ethan");
        await tablet.SeesAsync("kept on this device");

        // Nothing that lies on the device can be read.
        var lies = await tablet.Page.EvaluateAsync<string>("""
            async () => {
              const all = await new Promise(done => { const asked = indexedDB.open("classhub-waiting"); asked.onsuccess = () => { const read = asked.result.transaction("all").objectStore("all").getAll(); read.onsuccess = () => { asked.result.close(); done(read.result) } } })
              const text = value => value instanceof ArrayBuffer ? new TextDecoder("latin1").decode(value) : value && typeof value === "object" && !ArrayBuffer.isView(value) ? Object.values(value).map(text).join(" ") : String(value)
              return all.map(text).join(" ")
            }
            """);
        Assert.NotEmpty(lies);
        Assert.DoesNotContain("secret", lies, StringComparison.OrdinalIgnoreCase);

        // The session of the first ends without a sign-out, as when the device was put away.
        await tablet.ForgetSessionAsync();
        line.Mend();
        await tablet.Page.GotoAsync("/login");
        await tablet.SignInAsync("hanas", isOwn: true);
        await tablet.KeepsPagesAsync();
        await tablet.Page.GotoAsync("/device");
        await Expect(tablet.Page.GetByText("Work of somebody else waits here too.")).ToBeVisibleAsync();
        await AllHasReachedTheSchoolAsync(tablet);
        await Expect(tablet.Page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync(Title);
        await tablet.Page.GotoAsync(task);
        await Expect(tablet.Page.GetByLabel("Write here")).ToHaveValueAsync("");

        // Signing out leaves nothing to read, and nothing to open without a connection.
        await tablet.SignOutAsync();
        Assert.Equal("", await tablet.Page.EvaluateAsync<string>("async () => (await caches.keys()).filter(name => /^(pages|files)-/.test(name)).join() + (await indexedDB.databases()).filter(one => one.name === 'classhub-key').map(one => one.name)"));

        await tablet.SignInAsync("ethano", isOwn: true);
        await tablet.KeepsPagesAsync();
        await tablet.Page.GotoAsync("/device");
        await AllHasReachedTheSchoolAsync(tablet);
        Assert.Contains("A secret of Ethan", await ReceiptOfAsync(tablet, task), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_due_soon_is_kept_on_request_with_its_files_and_a_shared_device_keeps_nothing()
    {
        using var line = new Line(school);
        await using var mateusz = await chromium.PhoneAsync(line);
        await mateusz.SignInAsync("mateuszk", isOwn: true);
        await mateusz.KeepsPagesAsync();
        await mateusz.Page.GotoAsync("/device");
        await mateusz.Page.Locator("[data-do=keep]").ClickAsync();
        await mateusz.SeesAsync("All of it is on this device.");
        var tasks = await mateusz.Page.Locator("[data-keep]").GetAttributeAsync("data-keep") ?? "";
        line.Cut();

        foreach (Match address in Address().Matches(tasks))
        {
            if (address.Value.StartsWith("/files/", StringComparison.Ordinal))
                Assert.True(await mateusz.Page.EvaluateAsync<bool>("async address => (await fetch(address)).ok", address.Value), address.Value);
            else
            {
                await mateusz.Page.GotoAsync(address.Value);
                await Expect(mateusz.Heading("Your work")).ToBeVisibleAsync();
            }
        }
        await mateusz.Page.GotoAsync("/classes/1/people");
        await mateusz.SeesAsync("that page is not kept on this device");

        line.Mend();
        await mateusz.SignOutAsync();
        await mateusz.SignInAsync("mateuszk", isOwn: false);
        await mateusz.Page.GotoAsync("/device");
        await mateusz.SeesAsync("no pages are kept on it");
        Assert.Equal("", await mateusz.Page.EvaluateAsync<string>("async () => (await caches.keys()).filter(name => /^(pages|files)-/.test(name)).join()"));
    }

    [GeneratedRegex("(?<=\")/[^\"]+(?=\")")]
    private static partial Regex Address();
}
