using System.Text;
using System.Text.RegularExpressions;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Photos;

/// <summary>A child photographs the pages of an exercise book; the teacher leafs through them.</summary>
[Collection(InTheBrowser.Name)]
public sealed partial class PhotoTests(Chromium chromium, DemoServer school)
{
    private static readonly string[] Pages = [.. Enumerable.Range(1, 3).Select(n => Repository.PathOf($"src/ClassHub.Web/demo/files/page-number-line-{n}.jpg"))];

    private static ILocator Files(Device device) => device.Page.GetByRole(AriaRole.List, new() { Name = "Files you added" }).GetByRole(AriaRole.Listitem);

    private static Task StandInOrderAsync(Device device, params int[] pages) =>
        Expect(Files(device)).ToContainTextAsync(pages.Select(n => $"page-number-line-{n}.jpg").ToArray());

    private async Task<Device> AmiraAtAsync(string task, bool script = true)
    {
        var amira = await chromium.PhoneAsync(school, script);
        await amira.HasSignedInAsync("amira");
        await amira.Page.GotoAsync(task);
        if (script) await amira.IsReadyToKeepAsync();
        return amira;
    }

    [Fact]
    public async Task A_photo_is_sent_smaller_and_upright_and_tells_nothing_of_the_place()
    {
        await using var amira = await AmiraAtAsync(school.SetTask("The page on its side"));
        var photo = await Camera.TakesAsync(amira.Page, "IMG_0001.JPG");
        await Camera.WatchAsync(amira.Page);

        await amira.Page.GetByLabel("Take a photo").SetInputFilesAsync(photo);
        await Expect(amira.Page.Locator("[data-upload-status]")).ToContainTextAsync(SmallerWords());
        await Expect(Files(amira)).ToContainTextAsync(["IMG_0001.JPG"]);
        // It is seen from the device itself: nothing of it is paid for again.
        await Expect(Files(amira).Locator("img")).ToHaveAttributeAsync("src", new Regex("^blob:"));

        var sent = await Camera.WhatLeftAsync(amira.Page);
        Assert.InRange(sent.Length, 10_000, photo.Buffer.Length / 2);
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(sent), StringComparison.Ordinal);
        var seen = await Camera.LookAsync(amira.Page);
        Assert.Equal([1500, 2000, 1, 0], seen);
        amira.HadNoTrouble();
    }

    [Fact]
    public async Task A_small_photo_and_one_that_nothing_can_read_are_sent_as_they_are()
    {
        await using var amira = await AmiraAtAsync(school.SetTask("The small page"));
        await Camera.WatchAsync(amira.Page);

        await amira.Page.GetByLabel("Choose files").SetInputFilesAsync(Pages[0]);
        await StandInOrderAsync(amira, 1);
        Assert.Equal(await File.ReadAllBytesAsync(Pages[0]), await Camera.WhatLeftAsync(amira.Page));

        await Camera.WatchAsync(amira.Page);
        var broken = (await Camera.TakesAsync(amira.Page, "broken.jpg", 2400, 1800)).Buffer;
        Array.Fill<byte>(broken, 0, 100, 2000);
        await amira.Page.GetByLabel("Choose files").SetInputFilesAsync(new FilePayload { Name = "broken.jpg", MimeType = "image/jpeg", Buffer = broken });
        await Expect(Files(amira)).ToContainTextAsync(["page-number-line-1.jpg", "broken.jpg"]);
        Assert.Equal(broken, await Camera.WhatLeftAsync(amira.Page));
        amira.HadNoTrouble();
    }

    [Fact]
    public async Task A_teacher_sees_what_the_photo_of_a_worksheet_costs_before_it_is_posted()
    {
        await using var okafor = await chromium.DesktopAsync(school);
        await okafor.HasSignedInAsync("okafor");
        await okafor.Page.GotoAsync("/classes/1/posts/new");
        await okafor.ListensAsync();

        await okafor.Page.Locator("#files").SetInputFilesAsync(await Camera.TakesAsync(okafor.Page, "worksheet.jpg"));

        await Expect(okafor.Page.Locator("#chosen")).ToContainTextAsync(ArrowWords());
        okafor.HadNoTrouble();
    }

    [Fact]
    public async Task Photos_are_put_in_order_and_one_is_dropped_and_the_teacher_leafs_through_them_with_the_keys()
    {
        var task = school.SetTask("The pages of the book");
        await using var amira = await AmiraAtAsync(task);
        await amira.Page.GetByLabel("Choose files").SetInputFilesAsync([Pages[0], Pages[1], Pages[2]]);
        await StandInOrderAsync(amira, 1, 2, 3);
        await amira.IsReadyToKeepAsync();
        await amira.Page.GetByLabel("Write here").FillAsync("Typed meanwhile");

        // The list changes where it stands, and the button that was pressed keeps the focus.
        await amira.PressAsync("Move page-number-line-3.jpg up");
        await StandInOrderAsync(amira, 1, 3, 2);
        await Expect(amira.Page.GetByRole(AriaRole.Button, new() { Name = "Move page-number-line-3.jpg up" })).ToBeFocusedAsync();
        await amira.Page.Keyboard.PressAsync("Enter");
        await StandInOrderAsync(amira, 3, 1, 2);
        await Expect(amira.Page.GetByRole(AriaRole.Button, new() { Name = "Move page-number-line-3.jpg down" })).ToBeFocusedAsync();
        await amira.PressAsync("Remove page-number-line-1.jpg");
        await StandInOrderAsync(amira, 3, 2);
        await Expect(amira.Page.GetByRole(AriaRole.Button, new() { Name = "Remove page-number-line-2.jpg" })).ToBeFocusedAsync();
        await Expect(amira.Page.GetByLabel("Write here")).ToHaveValueAsync("Typed meanwhile");
        await amira.PressAsync("Hand in");
        await Expect(amira.Heading("Handed in")).ToBeVisibleAsync();

        await using var okafor = await chromium.DesktopAsync(school);
        await okafor.HasSignedInAsync("okafor");
        await okafor.Page.GotoAsync(task);
        await okafor.Page.Locator("a[href*='/mark/']").First.ClickAsync();
        await okafor.ListensAsync();
        var picture = okafor.Page.Locator(".pictures img:visible");
        await okafor.SeesAsync("Picture 1 of 2");
        await Expect(picture).ToHaveAttributeAsync("alt", "page-number-line-3.jpg");
        await okafor.Page.Keyboard.PressAsync("ArrowRight");
        await okafor.SeesAsync("Picture 2 of 2");
        await Expect(picture).ToHaveAttributeAsync("alt", "page-number-line-2.jpg");
        await okafor.PressAsync("Previous picture");
        await Expect(picture).ToHaveAttributeAsync("alt", "page-number-line-3.jpg");

        // Whoever writes or chooses with the arrows stays on this picture.
        await okafor.Page.GetByLabel("Comment").PressAsync("ArrowRight");
        await okafor.Page.GetByLabel("Got it").PressAsync("ArrowRight");
        await Expect(picture).ToHaveAttributeAsync("alt", "page-number-line-3.jpg");

        // Turned it fits into a square; enlarged it is at least twice as wide.
        await okafor.PressAsync("Turn");
        var turned = (await picture.BoundingBoxAsync())!;
        Assert.Equal(turned.Width, turned.Height, 1f);
        await okafor.PressAsync("Zoom");
        Assert.Equal(turned.Width * 2, (await picture.BoundingBoxAsync())!.Width, 5f);
        okafor.HadNoTrouble();
        amira.HadNoTrouble();
    }

    [Fact]
    public async Task Without_javascript_the_same_buttons_move_and_remove_and_all_pictures_are_there()
    {
        await using var amira = await AmiraAtAsync(school.SetTask("The pages without scripts"), script: false);
        await amira.Page.GetByLabel("Choose files").SetInputFilesAsync([Pages[0], Pages[1], Pages[2]]);
        await amira.PressAsync("Add these files");
        await StandInOrderAsync(amira, 1, 2, 3);

        await amira.PressAsync("Move page-number-line-1.jpg down");
        await StandInOrderAsync(amira, 2, 1, 3);
        await amira.PressAsync("Remove page-number-line-3.jpg");
        await StandInOrderAsync(amira, 2, 1);
        await amira.PressAsync("Hand in");
        await Expect(amira.Heading("Handed in")).ToBeVisibleAsync();
        await amira.Page.GotoAsync("/work");
        await amira.Page.GetByRole(AriaRole.Link, new() { Name = "The pages without scripts" }).ClickAsync();

        await Expect(amira.Page.Locator(".pictures img")).ToHaveCountAsync(2);
        await Expect(amira.Page.Locator(".pictures img").First).ToHaveAttributeAsync("alt", "page-number-line-2.jpg");
        await Expect(amira.Page.Locator(".pictures img").Last).ToBeVisibleAsync();
        await Expect(amira.Page.Locator("[data-pictures-bar]")).ToBeHiddenAsync();
        amira.HadNoTrouble();
    }

    [GeneratedRegex(@"made smaller: \d[\d.]* MB → \d+ KB")]
    private static partial Regex SmallerWords();

    [GeneratedRegex(@"\d[\d.]* MB → \d+ KB")]
    private static partial Regex ArrowWords();
}
