using ClassHub.Browser.Tests.TheSite;
using Deque.AxeCore.Playwright;

namespace ClassHub.Browser.Tests.Looking;

/// <summary>Every page of everybody, by day and by night: nothing that axe finds, nothing from elsewhere, no errors.</summary>
[Collection(InTheBrowser.Name)]
public sealed class EveryPageIsReadableTests(Chromium chromium, DemoServer school)
{
    public static TheoryData<string> Everyone => [.. Someone.Names];

    [Theory, MemberData(nameof(Everyone))]
    public async Task CS08_No_page_has_an_accessibility_problem_or_asks_another_server(string name)
    {
        // Pupils come by phone, staff at a desk.
        await using var device = name is "amira" or "nobody" ? await chromium.PhoneAsync(school) : await chromium.DesktopAsync(school);
        if (name != "nobody") await device.SignInAsync(name);
        var problems = new List<string>();
        var walk = new Walk(device, school.Address, states: name is "amira");

        await walk.EveryPageAsync(Someone.Begins(name), async address =>
        {
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await device.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                var found = await device.Page.RunAxe();
                problems.AddRange(found.Violations.Select(v => $"{address} ({scheme}): {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
            }
        });

        Assert.Empty(problems);
        Assert.Empty(Someone.Meets(name).Except(walk.Kinds));
        // Refusals are pages too; the browser's console calls them errors.
        Assert.DoesNotContain(device.Troubles, t => !t.Contains("status of 403", StringComparison.Ordinal));
    }
}
