using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Looking;

/// <summary>Every page of everybody, by day and by night: nothing that axe finds, nothing wider than a small phone, nothing from elsewhere, no errors.</summary>
[Collection(InTheBrowser.Name)]
public sealed class EveryPageIsReadableTests(Chromium chromium, DemoServer school)
{
    [Theory, InlineData("amira"), InlineData("okafor"), InlineData("admin"), InlineData("nobody")]
    public async Task CS08_No_page_has_an_accessibility_problem_or_asks_another_server(string name)
    {
        // Pupils come by phone, staff at a desk.
        await using var device = name is "amira" or "nobody" ? await chromium.PhoneAsync(school) : await chromium.DesktopAsync(school);
        if (name != "nobody") await device.HasSignedInAsync(name);
        var problems = new List<string>();
        var walk = new Walk(device, school.Address, states: name is "amira");

        await walk.EveryPageAsync(Someone.Begins(name), Someone.Meets(name), async address =>
            problems.AddRange((await device.Page.ProblemsAsync()).Concat(await device.Page.WiderThanAPhoneAsync()).Select(problem => $"{name} at {address}: {problem}")));

        problems.AddRange(Someone.Meets(name).Except(walk.Kinds).Select(kind => $"{name} never met {kind}"));
        // Refusals are pages too; the browser's console calls them errors.
        problems.AddRange(device.Troubles.Where(t => !t.Contains("status of 403", StringComparison.Ordinal)).Select(t => $"{name}: {t}"));
        Assert.Empty(problems);
    }
}
