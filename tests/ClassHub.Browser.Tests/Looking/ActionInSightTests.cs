using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Looking;

/// <summary>What a page is for can be pressed without scrolling, on a phone and on the school's laptop; a low window belongs to the page.</summary>
[Collection(InTheBrowser.Name)]
public sealed class ActionInSightTests(Chromium chromium, DemoServer school)
{
    private const string InSight = """
        words => {
          const button = [...document.querySelectorAll("main .btn.go")].find(b => b.innerText.trim().startsWith(words) && b.getClientRects().length)
          if (!button) return words + " is not there"
          const box = button.getBoundingClientRect()
          const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
          return box.top >= 0 && box.bottom <= innerHeight && top && button.contains(top) ? "" : `${words} is at ${Math.round(box.top)} of ${innerHeight}`
        }
        """;

    /// <summary>Sticks to the window, or lies over it.</summary>
    private const string Held = """
        () => [...document.querySelectorAll("body *")].filter(e => ["sticky", "fixed"].includes(getComputedStyle(e).position) && e.getClientRects().length)
          .map(e => e.className || e.tagName)
        """;

    [Theory]
    [InlineData("okafor", "/classes/1/tasks/{0}", "Mark")]
    [InlineData("okafor", "/classes/1/tasks/{0}/mark", "Give back")]
    [InlineData("okafor", "/classes/1/posts/new", "Schedule")]
    [InlineData("amira", "/classes/1/tasks/{1}", "Hand in")]
    public async Task The_main_action_is_in_sight_without_scrolling(string name, string path, string action)
    {
        var owed = school.SetTask("Seen at once: " + action);
        await using var device = await chromium.PhoneAsync(school);
        await device.HasSignedInAsync(name);
        var waiting = path.Contains("{0}", StringComparison.Ordinal) ? await WaitingTaskAsync(device) : "";
        var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, waiting, owed.Split('/')[^1]);
        var wrong = new List<string>();
        foreach (var (width, height) in new[] { (390, 844), (1366, 768) })
        {
            await device.Page.SetViewportSizeAsync(width, height);
            await device.Page.GotoAsync(school.Address + address);
            if (await device.Page.EvaluateAsync<string>(InSight, action) is { Length: > 0 } trouble) wrong.Add($"{width}x{height}: {trouble}");
        }

        await device.Page.SetViewportSizeAsync(740, 380);
        wrong.AddRange((await device.Page.EvaluateAsync<string[]>(Held)).Select(held => $"a low window holds {held}"));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>A task of the first class with work to mark.</summary>
    private async Task<string> WaitingTaskAsync(Device device)
    {
        await device.Page.GotoAsync(school.Address + "/to-mark?class=1");
        var first = await device.Page.Locator("main a.item").First.GetAttributeAsync("href") ?? "";
        return first.Split('/')[4];
    }
}
