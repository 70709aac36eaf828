using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Looking;

/// <summary>For who uses keys, a console's D-pad or colours of their own.</summary>
[Collection(InTheBrowser.Name)]
public sealed class KeysAndColoursTests(Chromium chromium, DemoServer school)
{
    [Fact]
    public async Task Arrow_keys_go_from_item_to_item_and_from_tile_to_tile()
    {
        var task = school.SetTask("With the D-pad");
        await using var console = await chromium.PhoneAsync(school);
        await console.HasSignedInAsync("amira");
        await console.Page.GotoAsync(school.Address + "/news");
        await console.Page.WaitForSelectorAsync("html[data-ready]");
        var rows = console.Page.Locator("main ul.list a.item");
        await rows.First.FocusAsync();

        await console.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(rows.Nth(1)).ToBeFocusedAsync();
        await console.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(rows.First).ToBeFocusedAsync();

        await console.Page.GotoAsync(school.Address + task);
        await console.Page.WaitForSelectorAsync("html[data-ready]");
        var tiles = console.Page.Locator(".hand input[type=file]");
        await tiles.First.FocusAsync();
        await console.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(tiles.Nth(1)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Your_work_is_one_key_away_and_the_path_keeps_its_state_in_forced_colours()
    {
        var task = school.SetTask("In my own colours");
        await using var device = await chromium.DesktopAsync(school);
        await device.HasSignedInAsync("amira");
        await device.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await device.Page.GotoAsync(school.Address + task);
        await device.Page.WaitForSelectorAsync("html[data-ready]");

        var jump = device.Page.GetByText("Jump to your work");
        await jump.FocusAsync();
        await Expect(jump).ToBeInViewportAsync();
        await device.Page.Keyboard.PressAsync("Enter");
        await Expect(device.Page.Locator("#work")).ToBeFocusedAsync();

        var looks = await device.Page.EvaluateAsync<string[]>("""
            () => {
              const path = document.querySelector(".path"), [first, second] = path.children
              first.className = "done"
              first.removeAttribute("aria-current")
              second.setAttribute("aria-current", "step")
              return [...path.children].slice(0, 3).map(li => {
                const look = getComputedStyle(li.querySelector(".dot"))
                return [look.backgroundColor, look.outlineStyle].join(" ")
              })
            }
            """);
        Assert.Equal(3, looks.Distinct().Count());
    }
}
