using ClassHub.Browser.Tests.Looking;
using ClassHub.Browser.Tests.Recording;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Words;

/// <summary>An answer that is spoken, and words for those who do not hear: on a phone and at a desk.</summary>
[Collection(OnADevice.Name)]
public sealed class WordsTests(Chromium chromium, DemoServer school)
{
    private static async Task IsReadableAsync(Device device)
    {
        Assert.Empty(await device.Page.ProblemsAsync());
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await device.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await PictureAsync(device, scheme);
        }
        await device.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    /// <summary>For whoever wants to look: CLASSHUB_TEST_PICTURES names a folder.</summary>
    private static async Task PictureAsync(Device device, ColorScheme scheme)
    {
        if (Environment.GetEnvironmentVariable("CLASSHUB_TEST_PICTURES") is not { Length: > 0 } folder) return;
        var name = $"{new Uri(device.Page.Url).AbsolutePath.Replace('/', '-')}-{device.Page.ViewportSize!.Width}-{scheme}.png";
        await device.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true });
    }

    private Task<Device> OpenAsync(bool onPhone, bool script = true) => onPhone ? chromium.PhoneAsync(school, script) : chromium.DesktopAsync(school, script);

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_teacher_says_the_answer_and_the_pupil_hears_it(bool onPhone)
    {
        var task = school.SetTask($"Answer me, {(onPhone ? "phone" : "desk")}");
        await using var amira = await OpenAsync(onPhone);
        await amira.HasSignedInAsync("amira");
        await amira.Page.GotoAsync(task);
        await amira.IsReadyToKeepAsync();
        await amira.Page.GetByLabel("Write here").FillAsync("Three quarters is bigger.");
        await amira.PressAsync("Hand in");
        await Expect(amira.Heading("Handed in")).ToBeVisibleAsync();

        await using var okafor = await OpenAsync(onPhone);
        await okafor.HasSignedInAsync("okafor");
        await okafor.Page.GotoAsync(task);
        await okafor.Page.GetByRole(AriaRole.Link, new() { Name = "Amira" }).First.ClickAsync();
        await okafor.ListensAsync();
        await okafor.Page.GetByLabel("Comment").FillAsync("Listen to me.");
        await okafor.PressAsync("Voice");
        await Expect(okafor.Page.Locator("[data-time]")).ToHaveTextAsync("0:03");
        await okafor.PressAsync("Stop");
        await okafor.PressAsync("Use this");
        var files = okafor.Page.GetByRole(AriaRole.List, new() { Name = "Files of your answer" });
        await Expect(files.Locator("li")).ToHaveCountAsync(1);
        await Expect(okafor.Page.GetByLabel("Comment")).ToHaveValueAsync("Listen to me.");
        await IsReadableAsync(okafor);
        // What is typed goes on being saved, and the file stays the one it is.
        await okafor.Page.GetByLabel("Comment").FillAsync("Listen to me twice.");
        await Expect(okafor.Page.Locator("[data-autosave-status]")).ToContainTextAsync("Saved");
        await okafor.Page.Locator("[data-give-back]").ClickAsync();
        await okafor.SeesAsync("Given back to");
        okafor.HadNoTrouble();

        await amira.WaitsForFeedbackAsync();
        await amira.Page.GotoAsync(task);
        await amira.SeesAsync("Listen to me twice.");
        await Expect(amira.Page.Locator("section[aria-labelledby=fb1] audio")).ToHaveCountAsync(1);
        await IsReadableAsync(amira);
        amira.HadNoTrouble();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_teacher_times_the_words_and_they_come_when_it_is_played(bool onPhone)
    {
        await using var okafor = await OpenAsync(onPhone);
        var page = okafor.Page;
        await okafor.HasSignedInAsync("okafor");
        await page.GotoAsync(TheRecorder.Composer);
        await okafor.ListensAsync();
        await page.GetByLabel("Files", new() { Exact = true }).SetInputFilesAsync(Repository.PathOf("src/ClassHub.Web/demo/files/clap-this-rhythm.mp3"));
        var title = $"Clap, {(onPhone ? "phone" : "desk")}";
        await page.GetByLabel("Title").FillAsync(title);
        await okafor.PressAsync("Post now");
        await okafor.SeesAsync("Posted. Pupils see it now.");
        await okafor.FollowAsync("Add the words");
        await okafor.ListensAsync();

        await page.GetByLabel("What is said").FillAsync("Clap once.\nClap twice.");
        await page.Locator("audio").EvaluateAsync("player => { player.muted = true; player.currentTime = 0 }");
        await okafor.PressAsync("Mark the time now");
        await page.GetByLabel("What is said").PressAsync("Alt+Enter");
        await Expect(page.GetByLabel("What is said")).ToHaveValueAsync("0:00 Clap once.\n0:00 Clap twice.");
        await Expect(page.Locator("[data-times-said]")).ToHaveTextAsync("Line 2 begins at 0:00. That was the last one.");
        // A file is read into the box before anything is sent, and what stood there comes back with the keys.
        await page.GetByLabel("What is said").FillAsync("Typed before.");
        await page.GetByLabel("Or bring a file").SetInputFilesAsync(new FilePayload { Name = "clap.srt", MimeType = "application/x-subrip", Buffer = "1\r\n00:00:01,000 --> 00:00:02,000\r\nClap, clap.\r\n"u8.ToArray() });
        await okafor.SeesAsync("The words of “clap.srt” stand above.");
        await Expect(page.GetByLabel("What is said")).ToHaveValueAsync("1\n00:00:01,000 --> 00:00:02,000\nClap, clap.\n");
        await Expect(page.GetByLabel("Or bring a file")).ToHaveValueAsync("");
        await page.GetByLabel("What is said").PressAsync("Control+z");
        await Expect(page.GetByLabel("What is said")).ToHaveValueAsync("Typed before.");
        await page.GetByLabel("What is said").FillAsync("0:09 Clap once.\n0:01 Clap twice.");
        await okafor.PressAsync("Save the words");
        await okafor.SeesAsync("Line 2 begins at 0:01, before the words above it");
        await IsReadableAsync(okafor);
        await page.GetByLabel("What is said").FillAsync("0:00 Clap once.\n0:02 Clap twice.");
        await okafor.PressAsync("Save the words");
        await okafor.SeesAsync("The words are saved.");
        await IsReadableAsync(okafor);

        await okafor.FollowAsync(title);
        await okafor.ListensAsync();
        var asked = 0;
        page.Request += (_, request) => asked += request.Url.Contains("words.vtt", StringComparison.Ordinal) ? 1 : 0;
        await page.ReloadAsync();
        await okafor.ListensAsync();
        await Expect(page.Locator("track")).ToHaveCountAsync(0);
        Assert.Equal(0, asked);
        await page.Locator("main audio").EvaluateAsync("player => { player.muted = true; return player.play() }");
        await Expect(page.Locator(".words__now")).ToContainTextAsync("Clap");
        Assert.Equal(1, asked);
        await IsReadableAsync(okafor);
        // The browser calls a refused form an error.
        Assert.All(okafor.Troubles, trouble => Assert.Contains("status of 400", trouble, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Words_can_be_read_and_written_without_a_script()
    {
        await using var okafor = await OpenAsync(onPhone: true, script: false);
        await okafor.HasSignedInAsync("okafor");
        await okafor.Page.GotoAsync("/classes/1");
        await okafor.FollowAsync("Fractions on a number line");
        await okafor.Page.GetByRole(AriaRole.Link, new() { Name = "Read the words" }).ClickAsync();
        await okafor.SeesAsync("Look at the number line on the sheet.");
        await okafor.FollowAsync("Change the words");
        await okafor.Page.GetByLabel("What is said").FillAsync("0:00 Hello everyone, and welcome.");
        await okafor.PressAsync("Save the words");
        await okafor.SeesAsync("Hello everyone, and welcome.");
        okafor.HadNoTrouble();
    }
}
