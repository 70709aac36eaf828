using System.Globalization;
using System.Text.RegularExpressions;

namespace ClassHub.Browser.Tests.Recording;

/// <summary>What the recorder itself says, and what a player says of the same recording. On a busy machine everything takes longer, so nothing here is measured against the time that went by.</summary>
internal static partial class TheRecorder
{
    public const string Composer = "/classes/1/posts/new";

    /// <summary>Loads it as a player would, goes to its end, for what a browser records does not say by itself how long it is, and plays a moment of it.</summary>
    private const string LengthOf = """
        async player => {
          player.muted = true
          if (player.readyState < 1) await new Promise((loaded, failed) => { player.onloadedmetadata = loaded; player.onerror = () => failed(new Error(player.error.message)); player.preload = "metadata"; player.load() })
          if (!isFinite(player.duration)) await new Promise(known => { player.ondurationchange = () => isFinite(player.duration) && known(); player.currentTime = 1e7 })
          const { duration } = player
          player.currentTime = 0
          await player.play()
          if (player.currentTime < 0.3) await new Promise(moved => { player.ontimeupdate = () => player.currentTime >= 0.3 && moved() })
          player.pause()
          return duration
        }
        """;

    /// <summary>It records, and its clock has come to so many seconds (fewer than ten) or more.</summary>
    public static async Task RunsAsync(this IPage page, int seconds)
    {
        await Expect(page.Locator(".rec.on")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-time]")).ToHaveTextAsync(new Regex($@"^0:(0[{seconds}-9]|[1-5]\d)$"));
    }

    /// <summary>The whole seconds that it says it recorded.</summary>
    public static async Task<int> RecordedAsync(this IPage page)
    {
        var title = page.Locator("[data-title]");
        await Expect(title).ToHaveTextAsync(Recorded());
        return int.Parse(Recorded().Match(await title.InnerTextAsync()).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>A player finds as much sound or film in it as the recorder said.</summary>
    public static async Task PlaysForAsync(this ILocator player, int recorded) => Assert.InRange(await player.EvaluateAsync<double>(LengthOf), recorded - 1.5, recorded + 2.5);

    [GeneratedRegex(@"^0:(\d\d) recorded$")]
    private static partial Regex Recorded();
}
