using System.Text.RegularExpressions;

namespace ClassHub.Tests.Rules;

/// <summary>What holds for every file of the repository, found by reading it.</summary>
public sealed partial class CodeRulesTests
{
    private static readonly IReadOnlyList<(string Path, string Text)> Files = [.. Directory.GetDirectories(Repository.PathOf("tests"), "ClassHub.*").Append(Repository.PathOf("src"))
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        .Select(file => (Path: Path.GetRelativePath(Repository.Folder, file).Replace('\\', '/'), File: file))
        .Where(f => !OfTools().IsMatch(f.Path) && Path.GetExtension(f.Path) is ".cs" or ".cshtml" or ".css" or ".js" or ".sh" or ".csproj")
        .Select(f => (f.Path, File.ReadAllText(f.File)))];

    private static IEnumerable<(string Path, string Text)> Of(params string[] endings) => Files.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal) && endings.Contains(Path.GetExtension(f.Path)));

    private static IEnumerable<string> Lines(IEnumerable<(string Path, string Text)> files, Regex bad) =>
        from file in files
        from line in file.Text.Split('\n').Select((text, i) => (text, number: i + 1))
        where bad.IsMatch(line.text)
        select $"{file.Path}:{line.number}: {line.text.Trim()}";

    [Fact]
    public void No_file_has_more_than_300_lines() =>
        Assert.Empty(Files.Select(f => (f.Path, Lines: f.Text.TrimEnd('\n').Split('\n').Length)).Where(f => f.Lines > 300).Select(f => $"{f.Path}: {f.Lines}"));

    [Theory]
    [InlineData(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b", "", "the time comes from TimeProvider, so that tests can set it")]
    [InlineData(@"\bTimeZoneInfo\b", "", "it throws or guesses on clock-change nights: SchoolClock knows the school's zone")]
    [InlineData(@"\bFlushToDisk\b|Flush\(true\)|flushToDisk", "src/ClassHub.Core/Media/DurableFile.cs", "it does not report a failed fsync on Linux")]
    [InlineData(@"\bFile\.Move\b", "src/ClassHub.Core/Media/DurableFile.cs", "it does not make the name durable")]
    [InlineData(@"\bHtml\.Raw\b", "", "text is shown as text; Markdown comes as HtmlString from one place")]
    [InlineData(@"\b(ViewBag|FromSqlRaw|ExecuteSqlRaw|SqlQueryRaw)\b", "", "no untyped views, no SQL made of text")]
    public void Nothing_calls_what_we_do_not_use(string banned, string exceptIn, string because)
    {
        var found = Lines(Of(".cs", ".cshtml").Where(f => f.Path != exceptIn), new Regex(banned)).Where(line => !line.Contains("///", StringComparison.Ordinal)).ToList();

        Assert.True(found.Count == 0, $"{because}:\n{string.Join("\n", found)}");
    }

    [Fact]
    public void Styles_never_shout() => Assert.Empty(Lines(Of(".css"), Important()));

    [Fact]
    public void Colours_stand_in_the_tokens_only() =>
        Assert.Empty(Lines(Of(".css").Where(f => !f.Path.EndsWith("/tokens.css", StringComparison.Ordinal)), Colour()));

    [Fact]
    public void Pages_hold_no_styles_and_no_scripts_of_their_own() => Assert.Empty(Lines(Of(".cshtml"), Inline()));

    [Fact]
    public void Nothing_is_loaded_from_elsewhere() => Assert.Empty(Lines(Of(".cshtml", ".css", ".js"), Elsewhere()));

    [Fact]
    public void CS33_Nothing_sends_words_to_an_outside_AI_or_to_analytics() => Assert.Empty(Lines(
        // Sealed messages to browsers leave the school, to the hosts on a list and to no other.
        Files.Where(f => !f.Path.EndsWith("/Messages/SendPush.cs", StringComparison.Ordinal)).Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal) && Path.GetExtension(f.Path) is ".cs" or ".csproj" or ".cshtml"), Outside()));

    [Fact]
    public void Nothing_is_left_to_do() => Assert.Empty(Lines(Of(".cs", ".cshtml", ".css", ".js"), LeftOpen()));

    /// <summary>As `dotnet format` orders them: those of the system first, static ones last.</summary>
    [Fact]
    public void Usings_stand_in_order() => Assert.Empty(
        from file in Files
        where file.Path.EndsWith(".cs", StringComparison.Ordinal)
        let usings = Using().Matches(file.Text).Select(u => (IsStatic: u.Groups["static"].Success, Name: u.Groups["name"].Value)).ToList()
        where !usings.SequenceEqual(usings.OrderBy(u => u.IsStatic).ThenBy(u => u.Name != "System" && !u.Name.StartsWith("System.", StringComparison.Ordinal)).ThenBy(u => u.Name, StringComparer.OrdinalIgnoreCase))
        select file.Path);

    [GeneratedRegex(@"(^|/)(bin|obj|node_modules|wwwroot/lib)/|/Database/(Sqlite|Postgres)/|/wwwroot/classhub\.css$")]
    private static partial Regex OfTools();
    [GeneratedRegex(@"^using (?<static>static )?(?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
    [GeneratedRegex("!important", RegexOptions.IgnoreCase)]
    private static partial Regex Important();
    [GeneratedRegex(@"#[0-9a-f]{3,8}\b(?![^{]*\{)|\b(rgba?|hsla?|oklch|lab)\(|:\s*(white|black|red|green|blue|gr[ae]y|silver|orange|yellow)\s*[;}]", RegexOptions.IgnoreCase)]
    private static partial Regex Colour();
    [GeneratedRegex(@"\sstyle\s*=|\son[a-z]+\s*=\s*[""']|<style|javascript:|<script(?![^>]*\bsrc=)", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
    [GeneratedRegex(@"(src|href|url|import|fetch)\s*(=|\()?\s*[""'(]\s*(https?:)?//", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();
    [GeneratedRegex(@"\b(OpenAI|Anthropic|SemanticKernel|Azure\.AI|Microsoft\.Extensions\.AI|GenerativeAI|ApplicationInsights|Sentry|Segment|Mixpanel|Amplitude|Datadog|NewRelic|Raygun|Matomo|PostHog|HttpClient|WebRequest)\b")]
    private static partial Regex Outside();
    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b")]
    private static partial Regex LeftOpen();
}
