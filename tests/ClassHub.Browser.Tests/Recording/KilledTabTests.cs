using System.Text.RegularExpressions;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Recording;

/// <summary>Tabs that die while somebody speaks, and children who share a device.</summary>
[Collection(OnADevice.Name)]
public sealed class KilledTabTests(Chromium chromium, DemoServer school)
{
    private const string CountOfBoxes = """
        async () => {
          const opening = indexedDB.open("classhub-recordings")
          opening.onupgradeneeded = () => opening.result.createObjectStore("all")
          await new Promise(done => { opening.onsuccess = done })
          const names = [...opening.result.objectStoreNames]
          const asked = names.length && opening.result.transaction("all").objectStore("all").count()
          if (asked) await new Promise(done => { asked.onsuccess = done })
          opening.result.close()
          return asked ? asked.result : 0
        }
        """;

    /// <summary>What is lost is at most the slice of three seconds that was being recorded.</summary>
    private static Regex WasThere => new(@"You were recording here \(0:(0[6-9]|1\d)\)\.");

    private static async Task SpeaksAndIsCutOffAsync(Device device, string page)
    {
        await device.Page.GotoAsync(page);
        await device.ListensAsync();
        await device.PressAsync("Voice");
        await device.Page.RunsAsync(7);
        await device.NewPageAsync();
    }

    [Fact]
    public async Task What_was_said_before_the_tab_died_is_used()
    {
        await using var okafor = await chromium.DesktopAsync(school);
        await okafor.HasSignedInAsync("okafor");
        await okafor.Page.GotoAsync(TheRecorder.Composer);
        await okafor.ListensAsync();
        await okafor.Page.GetByLabel("Title").FillAsync("Cut off, and still there");
        await Expect(okafor.Page.Locator("[data-autosave-status]")).ToContainTextAsync("Saved");
        await okafor.PressAsync("Voice");
        await okafor.Page.RunsAsync(7);
        await okafor.CrashAsync();
        var page = okafor.Page;

        // The words are a draft by now, which has an address of its own: what was said is offered there.
        await page.GotoAsync("/classes/1");
        await page.Locator("details.more.card > summary").ClickAsync();         // "1 draft"
        await okafor.FollowAsync("Cut off, and still there");
        await page.GotoAsync(page.Url + "/edit");
        await Expect(page.Locator(".rec")).ToContainTextAsync(WasThere);
        await okafor.PressAsync("Use what is there");
        await Expect(page.Locator("#chosen li")).ToHaveCountAsync(1);
        // Something else is saved in this tab meanwhile: the recording is still only on the device.
        await page.GotoAsync("/me");
        await okafor.PressAsync("Save");
        await okafor.SeesAsync("Saved.");
        await page.GotoAsync(TheRecorder.Composer);
        await okafor.PressAsync("Use what is there");
        await okafor.PressAsync("Post now");
        await okafor.SeesAsync("Posted. Pupils see it now.");

        // The school has it, so the device has it no more.
        await Expect(page.Locator("main")).ToContainTextAsync("Explanation, ");
        await NothingIsLeftAsync(page);
        okafor.HadNoTrouble();
    }

    [Fact]
    public async Task Carrying_on_gives_a_second_part()
    {
        await using var okafor = await chromium.PhoneAsync(school);
        await okafor.HasSignedInAsync("okafor");
        await SpeaksAndIsCutOffAsync(okafor, TheRecorder.Composer);
        var page = okafor.Page;

        await page.GotoAsync(TheRecorder.Composer);
        await okafor.PressAsync("Carry on");
        await page.RunsAsync(2);
        await okafor.PressAsync("Stop");
        await Expect(page.Locator("[data-parts] audio")).ToHaveCountAsync(2);
        await okafor.PressAsync("Use this");

        await Expect(page.Locator("#chosen li")).ToHaveCountAsync(2);
        await Expect(page.Locator("#chosen")).ToContainTextAsync("part 2.weba");
        okafor.HadNoTrouble();
    }

    [Fact]
    public async Task Deleting_leaves_nothing_and_so_does_signing_out()
    {
        await using var okafor = await chromium.DesktopAsync(school);
        await okafor.HasSignedInAsync("okafor");
        await SpeaksAndIsCutOffAsync(okafor, TheRecorder.Composer);
        await okafor.Page.GotoAsync(TheRecorder.Composer);
        await okafor.PressAsync("Delete");
        await NothingIsLeftAsync(okafor.Page);

        // The button is pressed before any script listens.
        await SpeaksAndIsCutOffAsync(okafor, TheRecorder.Composer);
        await okafor.Page.GotoAsync("/logout");
        await okafor.Page.EvaluateAsync("() => document.querySelector('main form').submit()");
        await Expect(okafor.Page.GetByText("You are signed out.")).ToBeVisibleAsync();
        await NothingIsLeftAsync(okafor.Page);
    }

    [Fact]
    public async Task Two_children_on_one_device_never_hear_each_other()
    {
        var task = school.SetTask("Spoken on one tablet");

        await using var tablet = await chromium.PhoneAsync(school);
        await tablet.HasSignedInAsync("amira");
        await SpeaksAndIsCutOffAsync(tablet, task);
        await tablet.SignOutAsync();
        await tablet.TypeSignInAsync("yusuf", "classhub-demo");
        await tablet.Page.GotoAsync(task);
        await tablet.ListensAsync();
        await Expect(tablet.Page.GetByRole(AriaRole.Button, new() { Name = "Voice", Exact = true })).ToBeVisibleAsync();
        await Expect(tablet.Page.GetByText("You were recording here")).ToBeHiddenAsync();
        await tablet.SignOutAsync();

        await tablet.TypeSignInAsync("amira", "classhub-demo");
        await tablet.Page.GotoAsync(task);
        await Expect(tablet.Page.Locator(".rec")).ToContainTextAsync(WasThere);
        tablet.HadNoTrouble();
    }

    [Fact]
    public async Task A_voice_recorded_without_a_connection_goes_when_there_is_one()
    {
        var task = school.SetTask("Spoken on a train");
        using var line = new Line(school);
        await using var yusuf = await chromium.PhoneAsync(line);
        await yusuf.SignInAsync("yusuf", isOwn: true);
        await yusuf.KeepsPagesAsync();
        await yusuf.Page.GotoAsync(task);
        await yusuf.IsReadyToKeepAsync();
        line.Cut();

        await yusuf.Page.GotoAsync(task);
        await yusuf.IsReadyToKeepAsync();
        await yusuf.PressAsync("Voice");
        await yusuf.Page.RunsAsync(4);
        await yusuf.PressAsync("Stop");
        await yusuf.PressAsync("Use this");
        await yusuf.SeesAsync("kept on this device");
        await NothingIsLeftAsync(yusuf.Page);
        line.Mend();

        await Expect(yusuf.Page.GetByRole(AriaRole.List, new() { Name = "Files you added" })).ToContainTextAsync(".weba", new() { Timeout = 60_000 });
    }

    private static async Task NothingIsLeftAsync(IPage page)
    {
        for (var i = 0; i < 50 && await page.EvaluateAsync<int>(CountOfBoxes) > 0; i++) await Task.Delay(100);
        Assert.Equal(0, await page.EvaluateAsync<int>(CountOfBoxes));
    }
}
