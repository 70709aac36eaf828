using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ClassHub.Browser.Tests.Looking;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Recording;

/// <summary>Teachers who talk instead of typing, and pupils who answer aloud: with the browser's own microphone, camera and screen.</summary>
[Collection(OnADevice.Name)]
public sealed class RecordingTests(Chromium chromium, DemoServer school)
{
    /// <returns>The seconds that were recorded.</returns>
    private static async Task<int> RecordsAsync(Device device, string kind, int seconds)
    {
        await device.ListensAsync();
        await device.PressAsync(kind);
        await device.Page.RunsAsync(seconds);
        await device.PressAsync("Stop");
        await Expect(device.Page.GetByRole(AriaRole.Button, new() { Name = "Use this" })).ToBeFocusedAsync();
        var recorded = await device.Page.RecordedAsync();
        Assert.True(recorded >= seconds);
        return recorded;
    }

    private static async Task PostsAsync(Device device, string title)
    {
        await device.PressAsync("Use this");
        await device.Page.GetByLabel("Title").FillAsync(title);
        await device.PressAsync("Post now");
        await device.SeesAsync("Posted. Pupils see it now.");
        await Expect(device.Heading(title)).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("Voice", true, "audio")]
    [InlineData("Voice", false, "audio")]
    [InlineData("Camera", true, "video")]
    [InlineData("Camera", false, "video")]
    [InlineData("Screen + voice", false, "video")]
    public async Task A_teacher_records_an_explanation_and_it_plays_for_the_class(string kind, bool onPhone, string player)
    {
        var title = $"{kind} from {(onPhone ? "the phone" : "the desk")}";
        await using var okafor = await (onPhone ? chromium.PhoneAsync(school) : chromium.DesktopAsync(school));
        await okafor.HasSignedInAsync("okafor");
        await okafor.Page.GotoAsync(TheRecorder.Composer);

        var recorded = await RecordsAsync(okafor, kind, 4);
        await okafor.Page.Locator($".rec [data-parts] {player}").PlaysForAsync(recorded);
        await PostsAsync(okafor, title);

        await okafor.Page.Locator($"main {player}").First.PlaysForAsync(recorded);
        okafor.HadNoTrouble();
    }

    [Fact]
    public async Task From_Home_to_a_recording_that_is_out_takes_four_taps()
    {
        await using var okafor = await chromium.PhoneAsync(school);
        await okafor.SignInAsync("okafor");

        await okafor.Page.GetByRole(AriaRole.Link, new() { Name = "Record for" }).First.ClickAsync();
        await okafor.Page.RunsAsync(3);
        await okafor.PressAsync("Stop");
        await okafor.PressAsync("Use this");
        await okafor.PressAsync("Post now");

        // It needed a name, and nobody wanted to type one.
        await okafor.SeesAsync("Posted. Pupils see it now.");
        await Expect(okafor.Heading($"Explanation, {DateTime.UtcNow.ToString("d MMMM", CultureInfo.InvariantCulture)}")).ToBeVisibleAsync();
        await Expect(okafor.Page.Locator("main audio").First).ToBeVisibleAsync();
        okafor.HadNoTrouble();
    }

    [Fact]
    public async Task A_pause_is_not_recorded_and_recording_again_leaves_nothing_of_the_first()
    {
        await using var okafor = await chromium.DesktopAsync(school);
        var page = okafor.Page;
        await okafor.HasSignedInAsync("okafor");
        await page.GotoAsync(TheRecorder.Composer);
        await okafor.ListensAsync();

        var watch = Stopwatch.StartNew();
        await okafor.PressAsync("Voice");
        await page.RunsAsync(2);
        await Expect(page.Locator(".rec-level")).Not.ToHaveJSPropertyAsync("value", 0);
        await okafor.PressAsync("Pause");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Go on" })).ToBeFocusedAsync();
        await Task.Delay(TimeSpan.FromSeconds(4));
        await okafor.PressAsync("Go on");
        await page.RunsAsync(3);
        // Half a recording is not sent by mistake.
        await page.GetByLabel("Title").FillAsync("Too early");
        await okafor.PressAsync("Post now");
        await Expect(page.Locator(".rec")).ToContainTextAsync("You are still recording.");
        await okafor.PressAsync("Stop");
        var recorded = await page.RecordedAsync();
        Assert.InRange(recorded, 3, watch.Elapsed.TotalSeconds - 4);
        await page.Locator(".rec [data-parts] audio").PlaysForAsync(recorded);

        await okafor.PressAsync("Record again");
        await page.RunsAsync(1);
        await okafor.PressAsync("Stop");
        await Expect(page.Locator(".rec [data-parts] audio")).ToHaveCountAsync(1);
        await okafor.PressAsync("Use this");
        await Expect(page.Locator("#chosen")).ToContainTextAsync("Voice");
        await Expect(page.Locator("#chosen li")).ToHaveCountAsync(1);
        okafor.HadNoTrouble();
    }

    [Fact]
    public async Task The_limit_ends_a_recording_by_itself()
    {
        await using var okafor = await chromium.DesktopAsync(school);
        await okafor.HasSignedInAsync("okafor");
        await okafor.Page.GotoAsync(TheRecorder.Composer);
        await okafor.ListensAsync();
        await okafor.Page.Locator(".rec").EvaluateAsync("recorder => { recorder.dataset.voice = 8 }");

        await okafor.PressAsync("Voice");
        await Expect(okafor.Page.Locator("[data-left]")).ToHaveTextAsync(new Regex("^0:0[0-7] left$"));

        await Expect(okafor.Page.GetByRole(AriaRole.Button, new() { Name = "Use this" })).ToBeFocusedAsync();
        Assert.InRange(await okafor.Page.RecordedAsync(), 8, 10);

        // What is too large to be taken stays where it can be heard.
        var input = okafor.Page.Locator("#files");
        await input.EvaluateAsync("input => { input.dataset.maxBytes = 1000 }");
        await okafor.PressAsync("Use this");
        await Expect(okafor.Page.Locator(".rec [role=alert]")).ToContainTextAsync("The most is 1 KB.");
        await Expect(okafor.Page.Locator(".rec [data-parts] audio")).ToHaveCountAsync(1);
        await input.EvaluateAsync("input => { input.dataset.maxBytes = 1e6 }");
        await okafor.PressAsync("Use this");
        await Expect(okafor.Page.Locator("#chosen li")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_denied_microphone_is_told_in_plain_words()
    {
        await using var okafor = await chromium.DesktopAsync(school);
        await okafor.HasSignedInAsync("okafor");
        // The test browser says yes to every question, so here the page comes without the right to ask one.
        await okafor.Page.RouteAsync("**" + TheRecorder.Composer, async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Headers = answer.Headers.ToDictionary(h => h.Key, h => h.Key == "permissions-policy" ? "microphone=()" : h.Value) });
        });
        await okafor.Page.GotoAsync(TheRecorder.Composer);
        await okafor.ListensAsync();

        await okafor.PressAsync("Voice");

        await Expect(okafor.Page.Locator(".rec [role=alert]")).ToContainTextAsync("The browser may not use the microphone here.");
        await Expect(okafor.Page.GetByRole(AriaRole.Button, new() { Name = "Voice", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Each_device_offers_what_it_can_do_and_nothing_else()
    {
        await using var phone = await chromium.PhoneAsync(school);
        await using var desk = await chromium.DesktopAsync(school);
        await using var plain = await chromium.DesktopAsync(school, script: false);
        foreach (var device in new[] { phone, desk, plain })
        {
            await device.HasSignedInAsync("okafor");
            await device.Page.GotoAsync(TheRecorder.Composer);
        }
        await phone.ListensAsync();
        await desk.ListensAsync();

        await Expect(phone.Page.Locator("[data-kind]:visible")).ToHaveTextAsync(["Voice", "Photo + voice", "Camera", "Film"]);
        await Expect(desk.Page.Locator("[data-kind]:visible")).ToHaveTextAsync(["Voice", "Camera", "Screen + voice"]);
        await Expect(plain.Page.Locator("[data-kind]:visible")).ToHaveCountAsync(0);

        // Nor does Home lead to a recorder that is not there.
        foreach (var device in new[] { phone, plain }) await device.Page.GotoAsync("/");
        await Expect(phone.Page.GetByRole(AriaRole.Link, new() { Name = "Record for" })).Not.ToHaveCountAsync(0);
        await Expect(plain.Page.GetByRole(AriaRole.Link, new() { Name = "Record for" })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("Voice", true, "audio")]
    [InlineData("Camera", false, "video")]
    public async Task A_pupil_answers_aloud_and_the_teacher_hears_it(string kind, bool onPhone, string player)
    {
        var task = school.SetTask($"Answer by {kind}");
        await using var amira = await (onPhone ? chromium.PhoneAsync(school) : chromium.DesktopAsync(school));
        await amira.HasSignedInAsync("amira");
        await amira.Page.GotoAsync(task);
        await amira.IsReadyToKeepAsync();

        var recorded = await RecordsAsync(amira, kind, 4);
        await amira.PressAsync("Use this");
        await Expect(amira.Page.GetByRole(AriaRole.List, new() { Name = "Files you added" })).ToContainTextAsync(kind == "Voice" ? "Voice" : "Video");
        await amira.PressAsync("Hand in");
        await Expect(amira.Heading("Handed in")).ToBeVisibleAsync();
        amira.HadNoTrouble();

        await using var okafor = await chromium.DesktopAsync(school);
        await okafor.HasSignedInAsync("okafor");
        await okafor.Page.GotoAsync(task);
        await okafor.Page.GetByRole(AriaRole.Link, new() { Name = "Amira" }).First.ClickAsync();
        await okafor.Page.Locator($"main {player}").First.PlaysForAsync(recorded);
    }

    [Fact]
    public async Task A_photo_and_the_voice_about_it_go_together()
    {
        await using var okafor = await chromium.PhoneAsync(school);
        await okafor.HasSignedInAsync("okafor");
        await okafor.Page.GotoAsync(TheRecorder.Composer);
        await okafor.ListensAsync();

        await okafor.Page.GetByLabel("Photo + voice").SetInputFilesAsync(Repository.PathOf("src/ClassHub.Web/demo/files/page-number-line-1.jpg"));
        await okafor.Page.RunsAsync(2);
        await okafor.PressAsync("Stop");
        await Expect(okafor.Page.GetByAltText("Your photo")).ToBeVisibleAsync();
        await okafor.PressAsync("Use this");

        await Expect(okafor.Page.Locator("#chosen li")).ToHaveCountAsync(2);
        await Expect(okafor.Page.Locator("#chosen")).ToContainTextAsync("page-number-line-1.jpg");
        // Who chooses a file after that, adds it; and takes away what is not wanted.
        await okafor.Page.Locator("#files").SetInputFilesAsync(Repository.PathOf("src/ClassHub.Web/demo/files/clap-this-rhythm.mp3"));
        await Expect(okafor.Page.Locator("#chosen li")).ToHaveCountAsync(3);
        await okafor.Page.GetByRole(AriaRole.Button, new() { Name = "Remove page-number-line-1.jpg" }).ClickAsync();
        await Expect(okafor.Page.Locator("#chosen li")).ToHaveCountAsync(2);
        Assert.Equal(2, await okafor.Page.Locator("#files").EvaluateAsync<int>("input => input.files.length"));
        okafor.HadNoTrouble();
    }

    [Theory, InlineData("okafor", TheRecorder.Composer), InlineData("amira", null)]
    public async Task The_recorder_can_be_read_by_everybody_in_each_of_its_states(string person, string? address)
    {
        await using var device = await chromium.PhoneAsync(school);
        address ??= school.SetTask("Read by everybody");
        await device.HasSignedInAsync(person);
        await device.Page.GotoAsync(address);
        await device.ListensAsync();
        var problems = new List<string>();
        async Task LookAsync() => problems.AddRange(await device.Page.ProblemsAsync());

        await device.PressAsync("Camera");
        await Expect(device.Page.Locator(".rec.on")).ToBeVisibleAsync();
        await LookAsync();
        await device.PressAsync("Pause");
        await LookAsync();
        await device.PressAsync("Stop");
        await Expect(device.Page.GetByRole(AriaRole.Button, new() { Name = "Use this" })).ToBeFocusedAsync();
        await LookAsync();

        Assert.Empty(problems);
    }
}
