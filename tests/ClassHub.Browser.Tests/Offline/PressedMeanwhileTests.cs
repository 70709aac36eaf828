using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Offline;

/// <summary>Hand in is pressed while a photo is still on its way over a nearly dead line.</summary>
[Collection(OnABadLine.Name)]
public sealed class PressedMeanwhileTests(Chromium chromium, DemoServer school)
{
    private const string Words = "The drawing shows the number line.";
    private static readonly string Photo = Repository.PathOf("src/ClassHub.Web/demo/files/page-number-line-1.jpg");

    private async Task<Device> SendsAPhotoAsync(Line line, string userName, string task, bool isOwn)
    {
        var device = await chromium.PhoneAsync(line);
        await device.SignInAsync(userName, isOwn: isOwn);
        if (isOwn) await device.KeepsPagesAsync();
        await device.Page.GotoAsync(task);
        await device.IsReadyToKeepAsync();
        await device.Page.GetByLabel("Write here").FillAsync(Words);
        await Expect(device.Page.Locator("[data-autosave-status]")).ToContainTextAsync("Saved");
        line.MakeNearlyDead();
        await device.Page.GetByLabel("Choose files").SetInputFilesAsync(Photo);
        await Expect(device.Page.Locator("[data-upload-status]")).ToContainTextAsync("%", new() { Timeout = 60_000 });
        return device;
    }

    [Fact]
    public async Task The_press_is_kept_and_said_and_the_work_is_handed_in_when_the_photo_is_there()
    {
        using var line = new Line(school);
        var task = school.SetTask("Pressed at once");
        await using var hana = await SendsAPhotoAsync(line, "hanas", task, isOwn: false);

        await hana.PressAsync("Hand in");
        await Expect(hana.Page.Locator("[data-upload-status]")).ToContainTextAsync("Will be handed in when the photo is there");
        var status = hana.Page.Locator("[data-upload-status]");
        await Expect(status).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"\d+ %, about \d+ (s|min)"), new() { Timeout = 60_000 });
        line.Revive();

        await Expect(hana.Heading("Handed in")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await hana.SeesAsync(Words);
        await hana.SeesAsync("page-number-line-1.jpg");
    }

    [Fact]
    public async Task Work_with_a_file_that_was_saved_before_is_kept_without_a_connection_too()
    {
        using var line = new Line(school);
        var task = school.SetTask("A sheet first");
        await using var hana = await chromium.PhoneAsync(line);
        await hana.SignInAsync("hanas", isOwn: true);
        await hana.KeepsPagesAsync();
        await hana.Page.GotoAsync(task);
        await hana.IsReadyToKeepAsync();
        await hana.Page.GetByLabel("Choose files").SetInputFilesAsync(Repository.PathOf("src/ClassHub.Web/demo/files/fair-test.pdf"));
        await hana.SeesAsync("Saved,");
        await hana.Page.ReloadAsync();
        await hana.IsReadyToKeepAsync();

        line.Cut();
        await hana.Page.GetByLabel("Write here").FillAsync(Words);
        await hana.PressAsync("Hand in");

        await hana.SeesAsync("kept on this device");
        line.Mend();
        await hana.Page.ReloadAsync();
        await hana.Page.GotoAsync("/device");
        await Expect(hana.Page.GetByText("Nothing waits. All your work has reached the school.")).ToBeVisibleAsync(new() { Timeout = 90_000 });
    }

    [Fact]
    public async Task A_shared_device_asks_before_the_page_is_left()
    {
        using var line = new Line(school);
        var task = school.SetTask("Left too early");
        await using var ethan = await SendsAPhotoAsync(line, "ethano", task, isOwn: false);
        await ethan.PressAsync("Hand in");
        await Expect(ethan.Page.Locator("[data-upload-status]")).ToContainTextAsync("Will be handed in");

        var asked = new TaskCompletionSource<string>();
        ethan.Page.Dialog += (_, dialog) => { asked.TrySetResult(dialog.Type); _ = dialog.DismissAsync(); };
        await ethan.Page.CloseAsync(new() { RunBeforeUnload = true });

        Assert.Equal("beforeunload", await asked.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        line.Revive();
        await Expect(ethan.Heading("Handed in")).ToBeVisibleAsync(new() { Timeout = 90_000 });
    }

    [Fact]
    public async Task On_a_device_of_ones_own_it_goes_on_after_the_page_is_left()
    {
        using var line = new Line(school);
        var task = school.SetTask("Pressed and left");
        await using var sofia = await SendsAPhotoAsync(line, "sofia", task, isOwn: true);
        await sofia.PressAsync("Hand in");
        await Expect(sofia.Page.Locator("[data-upload-status]")).ToContainTextAsync("Will be handed in");

        await sofia.NewPageAsync();
        line.Revive();
        await sofia.Page.GotoAsync("/device");
        await Expect(sofia.Page.GetByText("Nothing waits. All your work has reached the school.")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await sofia.Page.GotoAsync(task);
        await sofia.SeesAsync("Receipt");
        await sofia.SeesAsync("Picture 1 of 1");
    }
}
