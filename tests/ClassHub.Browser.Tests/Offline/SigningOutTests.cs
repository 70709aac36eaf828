using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Offline;

/// <summary>Whoever signs out leaves nothing to read on the device, in no tab, with a connection or without.</summary>
[Collection(OnABadLine.Name)]
public sealed class SigningOutTests(Chromium chromium, DemoServer school)
{
    private const string Words = "Nobody else may read this.";

    private const string ReadableWords = """
        words => Object.entries({ ...sessionStorage, ...localStorage }).some(([key, value]) => (key + value).includes(words))
        """;

    [Fact]
    public async Task Words_of_a_pupil_are_not_readable_in_the_tab_and_the_other_tabs_are_blank_at_once()
    {
        using var line = new Line(school);
        var task = school.SetTask("Two tabs");
        await using var yusuf = await chromium.PhoneAsync(line);
        await yusuf.SignInAsync("yusuf");
        await yusuf.Page.GotoAsync(task);
        await yusuf.IsReadyToKeepAsync();
        var other = await yusuf.OtherPageAsync();
        await other.GotoAsync(task);
        await Expect(other.Locator("form[data-hand-in][data-keeps]")).ToHaveCountAsync(1, new() { Timeout = 60_000 });
        await other.GetByLabel("Write here").FillAsync(Words);
        await other.WaitForTimeoutAsync(300);
        Assert.False(await other.EvaluateAsync<bool>(ReadableWords, Words));
        await Expect(other.Locator("[data-autosave-status]")).ToContainTextAsync("Saved");

        await yusuf.Page.GotoAsync("/logout");
        await yusuf.ListensAsync();
        await yusuf.PressAsync("Sign out");
        await Expect(yusuf.Page.GetByLabel("Username")).ToBeVisibleAsync();

        await Expect(other.GetByLabel("Write here")).ToHaveCountAsync(0);
        await Expect(other.Locator("body")).Not.ToContainTextAsync("Two tabs");
        Assert.False(await other.EvaluateAsync<bool>(ReadableWords, Words));
    }

    [Fact]
    public async Task Without_a_connection_a_shared_device_asks_about_unsent_words_covers_all_pages_and_tells_the_school_first()
    {
        using var line = new Line(school);
        var task = school.SetTask("Signed out on a train");
        await using var aisha = await chromium.PhoneAsync(line);
        await aisha.SignInAsync("aishab");
        await aisha.Page.GotoAsync(task);
        await aisha.IsReadyToKeepAsync();
        await aisha.IsLookedAfterAsync();
        var leaving = await aisha.OtherPageAsync();
        await leaving.GotoAsync("/logout");
        await Expect(leaving.Locator("html[data-ready]")).ToHaveCountAsync(1);
        line.Cut();
        await aisha.Page.GetByLabel("Write here").FillAsync(Words);
        await aisha.SeesAsync("kept on this device");

        await leaving.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await Expect(leaving.GetByRole(AriaRole.Main)).ToContainTextAsync("has not reached the school");
        await leaving.GetByRole(AriaRole.Button, new() { Name = "Sign out all the same", Exact = true }).ClickAsync();
        await Expect(leaving.GetByRole(AriaRole.Heading, new() { Name = "You are signed out here" })).ToBeVisibleAsync();
        await Expect(aisha.Page.GetByLabel("Write here")).ToHaveCountAsync(0);
        await Expect(aisha.Page.Locator("body")).Not.ToContainTextAsync("Signed out on a train");

        // Nothing of hers is opened any more, with a connection or without.
        await aisha.NewPageAsync();
        await aisha.Page.GotoAsync(task);
        await Expect(aisha.Heading("You are signed out here")).ToBeVisibleAsync();
        line.Mend();
        await aisha.Page.GotoAsync(task);
        await Expect(aisha.Page.GetByLabel("Username")).ToBeVisibleAsync();

        // What waited is still hers.
        await aisha.TypeSignInAsync("aishab", "classhub-demo");
        await aisha.Page.GotoAsync(task);
        await Expect(aisha.Page.GetByLabel("Write here")).ToHaveValueAsync(Words, new() { Timeout = 60_000 });
    }
}
