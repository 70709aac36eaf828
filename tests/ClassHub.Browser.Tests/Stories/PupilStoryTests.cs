using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Stories;

/// <summary>A child with a phone on which no script runs, and which others use too.</summary>
[Collection(InTheBrowser.Name)]
public sealed class PupilStoryTests(Chromium chromium, DemoServer school)
{
    [Fact]
    public async Task A_pupil_does_the_task_of_the_day_on_a_phone_without_javascript()
    {
        await using var amira = await chromium.PhoneAsync(school, script: false);
        var page = amira.Page;
        await amira.SignInAsync("amira");

        // Today says what to do, and one press leads there.
        var title = await page.Locator(".now h3").InnerTextAsync();
        await page.Locator(".now .btn.go").ClickAsync();
        await Expect(amira.Heading(title)).ToBeVisibleAsync();

        await page.Locator(".steps input").Last.CheckAsync();
        await amira.PressAsync("Save my ticks");
        await amira.SeesAsync("Your ticks are saved.");
        await Expect(page.Locator(".steps input").Last).ToBeCheckedAsync();

        await page.GetByLabel("Write here").FillAsync("Three quarters lies between a half and one.");
        await amira.PressAsync("Save");
        await amira.SeesAsync("Saved.");
        await Expect(page.GetByLabel("Write here")).ToHaveValueAsync("Three quarters lies between a half and one.");

        await page.GetByLabel("Choose files").SetInputFilesAsync(Repository.PathOf("src/ClassHub.Web/demo/files/page-number-line-1.jpg"));
        await amira.PressAsync("Add these files");
        await amira.SeesAsync("It is not handed in yet.");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Files you added" })).ToContainTextAsync("page-number-line-1.jpg");

        await amira.PressAsync("Hand in");
        await Expect(amira.Heading("Handed in")).ToBeVisibleAsync();
        await amira.SeesAsync("It is safe at school.");
        var receipt = await page.Locator(".receipt .code").InnerTextAsync();

        await amira.FollowAsync("My work");
        var work = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = receipt });
        await Expect(work).ToContainTextAsync(title);
        await work.GetByRole(AriaRole.Link).ClickAsync();

        // What was handed in counts until it is handed in again.
        await amira.PressAsync("Change my work");
        await amira.SeesAsync("What you handed in before still counts");
        await page.GetByLabel("Write here").FillAsync("Three quarters lies halfway between a half and one.");
        await amira.PressAsync("Hand in again");
        await Expect(amira.Heading("Handed in")).ToBeVisibleAsync();
        await Expect(page.Locator(".receipt dt:text-is('Version') + dd")).ToHaveTextAsync("2");
        await Expect(page.Locator(".receipt .code")).Not.ToHaveTextAsync(receipt);

        // The next child with this phone finds nothing of hers.
        await page.GotoAsync("/me");
        await amira.FollowAsync("Sign out");
        await amira.PressAsync("Sign out");
        await Expect(page.GetByLabel("Username")).ToBeVisibleAsync();
        for (var back = 0; back < 3; back++)
        {
            await page.GoBackAsync();
            await Expect(page.GetByText("Three quarters")).ToHaveCountAsync(0);
        }
        await Expect(page.GetByLabel("Username")).ToBeVisibleAsync();
        amira.HadNoTrouble();
    }
}
