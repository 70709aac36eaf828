using System.IO.Compression;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Stories;

/// <summary>The first day: a school is set up, its people come from the roster, and the first task goes round.</summary>
[Collection(InTheBrowser.Name)]
public sealed class RosterStoryTests(Chromium chromium, FreshServer school) : IClassFixture<FreshServer>
{
    private const string Office = "ink kite pebble", Chosen = "three small words", Title = "Say hello", Class = "5 Maple · Maths";

    [Fact]
    public async Task A_school_opens_takes_its_roster_and_the_first_task_goes_round()
    {
        await using var office = await chromium.DesktopAsync(school);
        await using var okafor = await chromium.DesktopAsync(school);
        await using var amira = await chromium.PhoneAsync(school, script: false);

        await SetUpAsync(office);
        await ImportAsync(office);
        var teacher = await SheetAsync(office, "staff", "Okafor");
        var pupil = await SheetAsync(office, "pupils", "Hassan");

        await FirstSignInAsync(okafor, teacher);
        await PostAsync(okafor);
        await FirstSignInAsync(amira, pupil);
        await HandInAsync(amira);
        await GiveBackAsync(okafor);

        await amira.WaitsForFeedbackAsync();
        await amira.Page.GotoAsync("/");
        await amira.Page.GetByRole(AriaRole.Link, new() { Name = Title }).First.ClickAsync();
        await amira.SeesAsync("Got it");
        await amira.SeesAsync("Hello Amira, welcome.");
        foreach (var device in new[] { office, okafor, amira }) device.HadNoTrouble();
    }

    private static async Task SetUpAsync(Device office)
    {
        var page = office.Page;
        await page.GotoAsync("/");
        await Expect(office.Heading("Set up your school")).ToBeVisibleAsync();
        await page.GetByLabel("Name of the school").FillAsync("Hill Road Primary");
        await page.GetByLabel("First name").FillAsync("Ada");
        await page.GetByLabel("Last name").FillAsync("Byrne");
        await page.GetByLabel("Username").FillAsync("office");
        await page.GetByLabel("Password").FillAsync(Office);
        await office.PressAsync("Open the school");
        await office.SeesAsync("Your school is open.");
        await office.TypeSignInAsync("office", Office);
    }

    private static async Task ImportAsync(Device office)
    {
        var zip = Path.Combine(Path.GetTempPath(), $"oneroster-{Guid.NewGuid():N}.zip");
        try
        {
            await ZipFile.CreateFromDirectoryAsync(Repository.PathOf("src/ClassHub.Web/demo/roster/oneroster"), zip);
            await office.FollowAsync("Roster");
            await office.Page.GetByLabel("The file").SetInputFilesAsync(zip);
            await office.PressAsync("See what would change");
            await Expect(office.Heading("Nothing has changed yet")).ToBeVisibleAsync();
        }
        finally
        {
            File.Delete(zip);
        }
        await office.SeesAsync("8 classes");
        await office.PressAsync("Apply the changes");
        await office.SeesAsync("The roster is applied.");
        await Expect(office.Heading("What it did")).ToBeVisibleAsync();
    }

    /// <returns>The username and the one-time password that are printed on the slip.</returns>
    private static async Task<(string UserName, string Password)> SheetAsync(Device office, string show, string surname)
    {
        await office.Page.GotoAsync($"/admin/people?show={show}&find={surname}");
        await office.Page.GetByRole(AriaRole.Link, new() { Name = surname }).First.ClickAsync();
        await office.PressAsync("New one-time password");
        await office.SeesAsync("The passwords are shown only this once.");
        var slip = office.Page.Locator(".slip .code");
        return (await slip.Nth(0).InnerTextAsync(), await slip.Nth(1).InnerTextAsync());
    }

    private static async Task FirstSignInAsync(Device device, (string UserName, string Password) slip)
    {
        await device.SignInAsync(slip.UserName, slip.Password);
        await Expect(device.Heading("Choose your own password")).ToBeVisibleAsync();
        // There is no way round it.
        await device.Page.GotoAsync("/classes");
        await Expect(device.Heading("Choose your own password")).ToBeVisibleAsync();
        await device.Page.GetByLabel("The password on your sheet").FillAsync(slip.Password);
        await device.Page.GetByLabel("New password").FillAsync(Chosen);
        await device.PressAsync("Save");
        await device.SeesAsync("Your new password is saved.");
    }

    private static async Task PostAsync(Device okafor)
    {
        await okafor.FollowAsync(Class);
        await okafor.FollowAsync("New post");
        await okafor.Page.GetByLabel("Title").FillAsync(Title);
        await okafor.PressAsync("Post now");
        await okafor.SeesAsync("Posted. Pupils see it now.");
    }

    private static async Task HandInAsync(Device amira)
    {
        await amira.Page.GetByRole(AriaRole.Link, new() { Name = Title }).First.ClickAsync();
        await amira.Page.GetByLabel("Write here").FillAsync("Hello, I am Amira.");
        await amira.PressAsync("Hand in");
        await Expect(amira.Heading("Handed in")).ToBeVisibleAsync();
    }

    private static async Task GiveBackAsync(Device okafor)
    {
        await okafor.Page.GotoAsync("/to-mark");
        await okafor.Page.Locator("a.item").Filter(new() { HasText = Title }).ClickAsync();
        await okafor.SeesAsync("Hello, I am Amira.");
        await okafor.Page.GetByLabel("Got it").CheckAsync();
        await okafor.Page.GetByLabel("Comment").FillAsync("Hello Amira, welcome.");
        await okafor.PressAsync("Give back");
        await okafor.SeesAsync("Given back to");
    }
}
