using System.Globalization;
using ClassHub.Browser.Tests.TheSite;
using Xunit.Abstractions;

namespace ClassHub.Browser.Tests.Offline;

/// <summary>The school's server is not there at all.</summary>
[Collection(OnABadLine.Name)]
public sealed class StoppedServerTests(Chromium chromium, FreshDemoServer mortal, ITestOutputHelper output) : IClassFixture<FreshDemoServer>
{
    private const string FirstWords = """
        () => new Promise(seen => new PerformanceObserver(list => {
          const paint = list.getEntriesByName("first-contentful-paint")[0]
          if (paint) seen(paint.startTime)
        }).observe({ type: "paint", buffered: true }))
        """;

    [Fact]
    public async Task Today_opens_from_the_device()
    {
        await using var amira = await chromium.PhoneAsync(mortal);
        await amira.SignInAsync("amira", isOwn: true);
        await amira.KeepsPagesAsync();
        await amira.Page.GotoAsync("/");
        await mortal.KillAsync();

        var took = new List<double>();
        for (var time = 0; time < 7; time++)
        {
            await amira.Page.GotoAsync("/");
            await Expect(amira.Page.Locator("body[data-kept] h1")).ToContainTextAsync("Amira");
            took.Add(await amira.Page.EvaluateAsync<double>(FirstWords));
        }

        output.WriteLine($"Milliseconds to the first words of Today with the server stopped: {string.Join(" ", took.Select(ms => ms.ToString("0", CultureInfo.InvariantCulture)))}, median {took.Order().ElementAt(3):0}.");
    }
}
