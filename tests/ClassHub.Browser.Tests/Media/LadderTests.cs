using ClassHub.Browser.Tests.Looking;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Media;

/// <summary>A film of the demo school, as a family with little data meets it.</summary>
[Collection(InTheBrowser.Name)]
public sealed class LadderTests(Chromium chromium, DemoServer school)
{
    private const string Title = "The fraction wall";

    private async Task<Device> AtTheFilmAsync(Device device, string userName)
    {
        await device.SignInAsync(userName, isOwn: userName == "amira");
        return await AtTheFilmAsync(device);
    }

    private async Task<Device> AtTheFilmAsync(Device device)
    {
        await device.Page.GotoAsync("/classes/1");
        await device.Page.GetByRole(AriaRole.Link, new() { Name = Title }).First.ClickAsync();
        await Expect(device.Heading(Title)).ToBeVisibleAsync();
        await device.ListensAsync();
        return device;
    }

    private static ILocator Prices(Device device, string words) => device.Page.Locator(".prices a", new() { HasText = words });

    private static async Task PlaysAsync(Device device, string player)
    {
        var screen = device.Page.Locator($"[data-player] {player}");
        await Expect(screen).ToBeVisibleAsync();
        await device.Page.WaitForFunctionAsync("player => player.currentTime > 0.3", await screen.ElementHandleAsync());
        Assert.InRange(await screen.EvaluateAsync<double>("player => player.duration"), 23, 25);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_loaded_before_a_price_is_tapped_and_each_version_plays(bool onPhone)
    {
        await using var amira = await AtTheFilmAsync(onPhone ? await chromium.PhoneAsync(school) : await chromium.DesktopAsync(school), "amira");
        var asked = new List<string>();
        amira.Page.Context.Request += (_, request) => { if (request.Url.Contains("/files/", StringComparison.Ordinal) && request.ResourceType == "media") asked.Add(request.Url); };
        await amira.Page.ReloadAsync();
        await amira.ListensAsync();

        Assert.Empty(asked);
        await Prices(amira, "Watch").First.ClickAsync();
        await PlaysAsync(amira, "video");
        await Expect(Prices(amira, "Watch").First).ToHaveAttributeAsync("aria-current", "true");
        await Prices(amira, "Listen").ClickAsync();
        await PlaysAsync(amira, "audio");
        await Expect(amira.Page.Locator("[data-player] video")).ToBeHiddenAsync();
        await Prices(amira, "Watch sharper").ClickAsync();
        await PlaysAsync(amira, "video");
        Assert.Equal(3, asked.Distinct().Count());
        amira.HadNoTrouble();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_played_once_is_played_again_for_nothing(bool isOwn)
    {
        await using var amira = await chromium.PhoneAsync(school);
        await amira.SignInAsync("amira", isOwn: isOwn);
        await AtTheFilmAsync(amira);
        async Task<double> PaysAsync()
        {
            await Prices(amira, "Listen").ClickAsync();
            var sound = amira.Page.Locator("[data-player] audio");
            await PlaysAsync(amira, "audio");
            await amira.Page.WaitForFunctionAsync("player => player.buffered.length && player.buffered.end(player.buffered.length - 1) > player.duration - 1", await sound.ElementHandleAsync());
            return await sound.EvaluateAsync<double>("player => { const asked = performance.getEntriesByName(player.currentSrc); return asked.length ? asked.reduce((sum, one) => sum + one.transferSize, 0) : -1 }");
        }

        Assert.True(await PaysAsync() > 10_000);
        await amira.Page.ReloadAsync();
        await amira.ListensAsync();
        Assert.Equal(0, await PaysAsync());
    }

    [Fact]
    public async Task The_words_of_a_film_stand_in_its_picture()
    {
        await using var okafor = await AtTheFilmAsync(await chromium.DesktopAsync(school), "okafor");
        await okafor.Page.Locator("main a[href*='/words/edit']").First.ClickAsync();
        await okafor.Page.GetByLabel("What is said").FillAsync("0:00 This is the fraction wall.");
        await okafor.PressAsync("Save the words");
        await okafor.SeesAsync("The words are saved.");

        await using var amira = await AtTheFilmAsync(await chromium.PhoneAsync(school), "amira");
        await Expect(amira.Page.Locator(".prices")).ToBeVisibleAsync();
        await Prices(amira, "Watch").First.ClickAsync();
        await PlaysAsync(amira, "video");
        await amira.Page.WaitForFunctionAsync("() => { const [track] = document.querySelector('[data-player] video').textTracks; return track && track.mode === 'showing' && track.activeCues.length && track.activeCues[0].text.includes('fraction wall') }");
        amira.HadNoTrouble();
    }

    [Fact]
    public async Task Where_nothing_plays_each_version_is_asked_for_once()
    {
        await using var amira = await AtTheFilmAsync(await chromium.PhoneAsync(school), "amira");
        var asked = new List<string>();
        await amira.Page.RouteAsync("**/files/*", async route =>
        {
            if (route.Request.ResourceType == "media") { asked.Add(route.Request.Url); await route.FulfillAsync(new() { Status = 200, ContentType = "video/mp4", BodyBytes = [1, 2, 3] }); }
            else await route.ContinueAsync();
        });

        await Prices(amira, "Watch").First.ClickAsync();
        await amira.Page.WaitForTimeoutAsync(1_500);

        Assert.InRange(asked.Count, 2, 5);
        Assert.Equal(asked.Count, asked.Distinct().Count());
    }

    [Fact]
    public async Task Who_saves_data_is_offered_the_smallest_first_and_finds_the_switch_on_their_page()
    {
        await using var amira = await chromium.PhoneAsync(school);
        await amira.SignInAsync("amira", isOwn: true);
        await amira.Page.GotoAsync("/me");
        await amira.Page.GetByLabel("On this device").CheckAsync();
        await amira.PressAsync("Save");
        await amira.SeesAsync("Saved.");

        await AtTheFilmAsync(amira);

        await Expect(Prices(amira, "Watch").First).ToHaveAttributeAsync("aria-current", "true");
        Assert.Null(await amira.Page.Locator("[data-player] video").GetAttributeAsync("poster"));
        amira.HadNoTrouble();
    }

    [Fact]
    public async Task A_teacher_sees_what_the_week_costs_and_every_page_of_it_is_readable()
    {
        await using var okafor = await AtTheFilmAsync(await chromium.DesktopAsync(school), "okafor");
        Assert.Empty(await okafor.Page.ProblemsAsync());

        await okafor.Page.GotoAsync("/classes/1/cost");
        await Expect(okafor.Heading("What the week costs in data")).ToBeVisibleAsync();
        while (await okafor.Page.GetByRole(AriaRole.Link, new() { Name = Title }).CountAsync() == 0) await okafor.FollowAsync("Week before");

        await Expect(okafor.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = Title })).ToContainTextAsync("smallest");
        Assert.Empty(await okafor.Page.ProblemsAsync());
        okafor.HadNoTrouble();
    }
}
