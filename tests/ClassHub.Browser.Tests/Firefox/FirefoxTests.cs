using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ClassHub.Browser.Tests.Recording;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Firefox;

/// <summary>The other engine: it never wakes a worker for what waits, and records in its own way. Driven by a script of its own, since the browser library of the other tests knows only its own builds of Firefox.</summary>
[Collection(OnABadLine.Name)]
public sealed class FirefoxTests(DemoServer school)
{
    [Fact]
    public async Task Work_that_waited_through_the_end_of_Firefox_is_handed_in_once_when_a_page_is_open_again()
    {
        var task = school.SetTask("Wait in Firefox");
        using var line = new Line(school);

        var saw = await PlayAsync("waits", line, task);

        Assert.Equal("false", saw["wakes workers"]);
        Assert.Contains("Three quarters lies halfway", saw["receipt"], StringComparison.Ordinal);
        Assert.Matches(@"Version 1\b", saw["receipt"]);
    }

    [Fact]
    public async Task Every_version_of_a_film_and_of_a_voice_plays_in_Firefox_and_a_voice_recorded_there_is_handed_in()
    {
        var task = school.SetTask("Speak in Firefox");
        using var line = new Line(school);

        var saw = await PlayAsync("watches and speaks", line, task);

        Assert.Matches("^Watch .* Watch sharper .* Watch sharpest .* Only listen .* AAC Listen .* Listen to the clearest .* AAC ", saw["played"] + " ");

        // How long a slow machine records nobody knows beforehand; what was stored is all of it.
        var recorded = Number(saw["recorded seconds"]);
        Assert.InRange(recorded, 3, 60);
        Assert.InRange(Number(saw["stored seconds"]), recorded - 1, recorded + 1);
        Assert.Contains("Sound", saw["receipt"], StringComparison.Ordinal);
    }

    private static double Number(string words) => double.Parse(words, CultureInfo.InvariantCulture);

    /// <summary>What the story saw, by name; what it saw more than once stands in one line. In between it asks for the line to be cut or mended.</summary>
    private static async Task<Dictionary<string, string>> PlayAsync(string story, Line line, string task)
    {
        var profile = Directory.CreateTempSubdirectory("classhub-firefox-").FullName;
        try
        {
            using var node = Process.Start(NodeOf("tests/ClassHub.Browser.Tests/Firefox/firefox.cjs", story, line.Address, profile, task))!;
            var problem = node.StandardError.ReadToEndAsync();
            var saw = new Dictionary<string, string>();
            while (await node.StandardOutput.ReadLineAsync() is { } words)
            {
                if (words == "please cut") line.Cut();
                else if (words == "please mend") line.Mend();
                else if (Regex.Match(words, "^([a-z ]+): (.*)$") is { Success: true, Groups: var told }) saw[told[1].Value] = saw.TryGetValue(told[1].Value, out var before) ? $"{before} {told[2].Value}" : told[2].Value;
                if (words.StartsWith("please", StringComparison.Ordinal)) await node.StandardInput.WriteLineAsync();
            }
            await node.WaitForExitAsync();
            Assert.True(node.ExitCode == 0, await problem);
            return saw;
        }
        finally { Directory.Delete(profile, recursive: true); }
    }

    private static ProcessStartInfo NodeOf(string script, params string[] words)
    {
        var start = new ProcessStartInfo("node", [Repository.PathOf(script), .. words]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NODE_PATH"] = Environment.GetEnvironmentVariable("CLASSHUB_TEST_NODE") is { Length: > 0 } folder ? Path.Combine(folder, "node_modules")
            : throw new InvalidOperationException("tests/run installs puppeteer-core and says where.");
        return start;
    }
}
