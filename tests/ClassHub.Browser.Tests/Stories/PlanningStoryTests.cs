using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Stories;

/// <summary>A teacher plans on one page: a day in one form, a drag to another day, and everything taken back.</summary>
[Collection(InTheBrowser.Name)]
public sealed class PlanningStoryTests(Chromium chromium, DemoServer school)
{
    [Fact]
    public async Task A_day_is_planned_in_one_form_kept_as_a_plan_dragged_to_the_next_day_and_taken_back()
    {
        await using var nair = await chromium.DesktopAsync(school);
        var page = nair.Page;
        await nair.HasSignedInAsync("nair");
        await page.GotoAsync("/plan");
        await nair.FollowAsync("Week after");
        await nair.FollowAsync("Plan a day");

        await page.Locator("label.pick").First.ClickAsync();
        await page.GetByLabel("Title").Nth(0).FillAsync("A film about bridges");
        await page.GetByLabel("Goes out").Nth(0).FillAsync("09:00");
        await page.GetByLabel("Title").Nth(1).FillAsync("Build a bridge");
        await page.GetByLabel("Goes out").Nth(1).FillAsync("09:10");
        await page.GetByLabel("Back by").Nth(1).FillAsync("10:30");
        await page.GetByLabel("Minutes").Nth(1).FillAsync("40");
        await page.GetByLabel("Keep these lines under a name").FillAsync("Film and task");
        await nair.PressAsync("Keep as a plan");
        await nair.SeesAsync("Kept as “Film and task”.");
        await Expect(page.GetByLabel("Title").Nth(1)).ToHaveValueAsync("Build a bridge");
        await nair.PressAsync("Plan it");
        await nair.SeesAsync("2 posts are planned.");

        // From the day on which it stands to another one; all of the week in sight, because what scrolls under a mouse that is held down is another thing.
        await page.SetViewportSizeAsync(1280, 2000);
        await nair.ListensAsync();
        var item = page.Locator(".plan__item").Filter(new() { HasText = "A film about bridges" });
        var from = page.Locator("[data-day]").Filter(new() { Has = item });
        var other = page.Locator("[data-day]:not(.is-off)").Filter(new() { HasNot = item }).Last;
        var (before, to) = (await from.GetAttributeAsync("data-day"), await other.GetAttributeAsync("data-day"));
        await item.DragToAsync(other);
        await nair.SeesAsync("“A film about bridges” goes out on");
        await Expect(page.Locator($"[data-day='{to}']")).ToContainTextAsync("A film about bridges");

        await nair.PressAsync("Undo");
        await nair.SeesAsync("Taken back.");
        await page.GotoAsync($"/plan?on={before}");
        await Expect(page.Locator($"[data-day='{before}']")).ToContainTextAsync("A film about bridges");
        nair.HadNoTrouble();
    }

    [Fact]
    public async Task On_a_phone_without_javascript_a_deadline_moves_by_a_form_and_a_week_is_copied_after_a_look()
    {
        await using var nair = await chromium.PhoneAsync(school, script: false);
        var page = nair.Page;
        await nair.HasSignedInAsync("nair");
        await page.GotoAsync("/plan");
        await nair.FollowAsync("Week after");

        var item = page.Locator(".plan__item").Filter(new() { Has = page.Locator("details") }).Last;
        var title = await item.Locator(".b").First.InnerTextAsync();
        await item.Locator("summary").ClickAsync();
        await item.GetByLabel("To").SelectOptionAsync(new SelectOptionValue { Index = 0 });
        await item.GetByRole(AriaRole.Button, new() { Name = "Move it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToBeVisibleAsync();
        await nair.SeesAsync(title);

        await page.GotoAsync("/plan/copy");
        await page.GetByLabel("From the class").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await nair.PressAsync("Look at it first");
        await nair.SeesAsync("would be made");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy " }).ClickAsync();
        await nair.SeesAsync("copied.");
        await nair.PressAsync("Undo");
        await nair.SeesAsync("Taken back.");
        nair.HadNoTrouble();
    }
}
