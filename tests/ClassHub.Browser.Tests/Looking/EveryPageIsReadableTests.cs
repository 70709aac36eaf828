using ClassHub.Browser.Tests.TheSite;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace ClassHub.Browser.Tests.Looking;

/// <summary>Every page of everybody, by day and by night: nothing that axe finds, nothing from elsewhere, no errors.</summary>
[Collection(InTheBrowser.Name)]
public sealed class EveryPageIsReadableTests(Chromium chromium, DemoServer school)
{
    /// <summary>Between day and night only colours differ.</summary>
    private static readonly AxeRunOptions Colours = new() { RunOnly = new() { Type = "rule", Values = ["color-contrast"] } };

    [Theory, InlineData("amira"), InlineData("okafor"), InlineData("admin"), InlineData("nobody")]
    public async Task CS08_No_page_has_an_accessibility_problem_or_asks_another_server(string name)
    {
        var met = await Task.WhenAll(LookAsync(name, ColorScheme.Light, null), LookAsync(name, ColorScheme.Dark, Colours));

        Assert.Empty(met.SelectMany(m => m.Problems));
        Assert.Empty(Someone.Meets(name).Except(met[0].Kinds));
    }

    private async Task<(IReadOnlyCollection<string> Kinds, List<string> Problems)> LookAsync(string name, ColorScheme scheme, AxeRunOptions? options)
    {
        // Pupils come by phone, staff at a desk.
        await using var device = name is "amira" or "nobody" ? await chromium.PhoneAsync(school) : await chromium.DesktopAsync(school);
        await device.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        if (name != "nobody") await device.SignInAsync(name);
        var problems = new List<string>();
        var walk = new Walk(device, school.Address, states: name is "amira");

        await walk.EveryPageAsync(Someone.Begins(name), async address =>
        {
            var found = await device.Page.RunAxe(options);
            problems.AddRange(found.Violations.Select(v => $"{address} ({scheme}): {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
        });

        // Refusals are pages too; the browser's console calls them errors.
        problems.AddRange(device.Troubles.Where(t => !t.Contains("status of 403", StringComparison.Ordinal)));
        return (walk.Kinds, problems);
    }
}
