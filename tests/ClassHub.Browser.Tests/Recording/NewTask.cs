using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Recording;

internal static class NewTask
{
    public const string Composer = "/classes/1/posts/new";

    /// <summary>A task that everybody in 5 Maple owes, and its address.</summary>
    public static async Task<string> SetTaskAsync(this Chromium chromium, DemoServer school, string title)
    {
        await using var okafor = await chromium.DesktopAsync(school);
        await okafor.SignInAsync("okafor");
        await okafor.Page.GotoAsync(Composer);
        await okafor.Page.GetByLabel("Title").FillAsync(title);
        await okafor.PressAsync("Post now");
        await okafor.SeesAsync("Posted. Pupils see it now.");
        await okafor.FollowAsync(title);
        return new Uri(okafor.Page.Url).AbsolutePath;
    }
}
