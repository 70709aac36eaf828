using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Looking;

[Collection(LookingAtPupils.Name)]
public sealed class NoPagesWiderThanAPhoneTests(Chromium chromium, DemoServer school)
{
    private const int Narrow = 360;

    public static TheoryData<string> Everyone => [.. Someone.Names];

    [Theory, MemberData(nameof(Everyone))]
    public async Task No_page_scrolls_sideways_from_left_or_from_right(string name)
    {
        await using var device = await chromium.PhoneAsync(school);
        await device.Page.SetViewportSizeAsync(Narrow, 740);
        if (name != "nobody") await device.SignInAsync(name);
        var wide = new List<string>();

        await new Walk(device, school.Address, states: false).EveryPageAsync(Someone.Begins(name), [], async address =>
        {
            foreach (var direction in new[] { "ltr", "rtl" })
            {
                var width = await device.Page.EvaluateAsync<int>("dir => { document.documentElement.dir = dir; return document.documentElement.scrollWidth }", direction);
                if (width > Narrow) wide.Add($"{address} ({direction}) is {width} wide");
            }
        });

        Assert.Empty(wide);
    }
}
