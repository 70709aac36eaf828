using System.Text.Json;
using Deque.AxeCore.Commons;

namespace ClassHub.Browser.Tests.Looking;

/// <summary>What axe finds on a page, by day and by night.</summary>
/// <remarks>It is put into the page once and only asked for violations. The package's own way opens an empty page beside it for each question, for the sake of frames; ours have none.</remarks>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Between day and night only colours differ: these rules read them.</summary>
    private static readonly string[] Colours = ["color-contrast", "link-in-text-block"];

    private const string Ask = """
        async only => {
          const found = await axe.run(document, { resultTypes: ["violations"], ...(only.length && { runOnly: { type: "rule", values: only } }) })
          if (!found.testEngine.version) throw new Error("axe did not run")
          return JSON.stringify(found.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html).join(" | ")}`))
        }
        """;

    public static async Task<IReadOnlyList<string>> ProblemsAsync(this IPage page)
    {
        Assert.Single(page.Frames);
        if (!await page.EvaluateAsync<bool>("() => Boolean(window.axe)")) await page.EvaluateAsync(Script);
        var problems = new List<string>();
        foreach (var (scheme, only) in new[] { (ColorScheme.Light, Array.Empty<string>()), (ColorScheme.Dark, Colours) })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var found = JsonSerializer.Deserialize<string[]>(await page.EvaluateAsync<string>(Ask, only))!;
            problems.AddRange(found.Select(problem => $"{scheme}: {problem}"));
        }
        return problems;
    }
}
