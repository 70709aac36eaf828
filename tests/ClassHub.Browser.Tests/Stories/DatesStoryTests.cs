using System.Globalization;
using System.Text.RegularExpressions;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Stories;

/// <summary>Times that two clocks tell, and times that no clock shows or shows twice.</summary>
[Collection(InTheBrowser.Name)]
public sealed partial class DatesStoryTests(Chromium chromium, DemoServer school)
{
    [GeneratedRegex(@"\d{1,2}:\d\d [ap]m.* \((\w{3} )?\d{1,2}:\d\d [ap]m on this device\)")]
    private static partial Regex BothTimes();

    [Fact]
    public async Task A_pupil_abroad_reads_the_schools_time_and_their_own()
    {
        await using var abroad = await chromium.PhoneAsync(school, zone: "Asia/Karachi");
        await abroad.SignInAsync("amira");
        await Expect(abroad.Page.Locator("main time").First).ToHaveTextAsync(BothTimes());
        await abroad.Page.GotoAsync("/calendar?view=list");
        await Expect(abroad.Page.Locator("main time").First).ToHaveTextAsync(BothTimes());
        abroad.HadNoTrouble();

        await using var home = await chromium.PhoneAsync(school, zone: "Europe/London");
        await home.SignInAsync("amira");
        await Expect(home.Page.Locator("html[data-ready]")).ToBeAttachedAsync();
        Assert.DoesNotContain("on this device)", await home.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_late_work_follows_the_deadline_and_a_night_of_the_clock_change_is_said_beside_the_field()
    {
        await using var okafor = await chromium.DesktopAsync(school);
        await okafor.SignInAsync("okafor");
        await okafor.FollowAsync("6 Rowan · Science");
        await okafor.FollowAsync("New post");
        var page = okafor.Page;
        await Expect(page.Locator("html[data-ready]")).ToBeAttachedAsync();
        ILocator due = page.Locator("#due"), late = page.Locator("#late");

        var (from, end) = (Parsed(await due.InputValueAsync()), Parsed(await late.InputValueAsync()));
        await due.FillAsync("2027-03-28T01:30");
        await due.BlurAsync();
        await Expect(late).ToHaveValueAsync((end + (new DateTime(2027, 3, 28, 1, 30, 0) - from)).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));
        await Expect(page.Locator("#due-night")).ToContainTextAsync("01:30 does not exist");

        await late.FillAsync("2027-10-31T01:30");
        await Expect(page.Locator("#late-night")).ToContainTextAsync("01:30 comes twice. The later one counts.");
        await due.FillAsync("2027-05-03T16:00");
        await due.BlurAsync();
        await Expect(late).ToHaveValueAsync("2027-10-31T01:30");
        await Expect(page.Locator("#due-night")).ToHaveTextAsync("");
        okafor.HadNoTrouble();

        static DateTime Parsed(string typed) => DateTime.ParseExact(typed, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
    }
}
