using System.Text.RegularExpressions;

namespace ClassHub.Tests.Rules;

/// <summary>A discard arm takes whatever kind comes later, without a word: a fifth result would tell a child "Try again". Without it the compiler asks for the
/// new kind.</summary>
public sealed partial class SwitchRuleTests
{
    private static readonly IReadOnlyList<(string Path, string Text)> Files =
        [.. Directory.EnumerateFiles(Repository.PathOf("src"), "*", SearchOption.AllDirectories)
        .Where(f => Path.GetExtension(f) is ".cs" or ".cshtml" && !OfTools().IsMatch(f)).Select(f =>
            (Path.GetRelativePath(Repository.Folder, f), File.ReadAllText(f)))];

    private static readonly Regex OurKind = new(
        $@"\b({string.Join('|', Files.SelectMany(f => Enums().Matches(f.Text)).Select(e => e.Groups[1].Value).Distinct())})\.\w+");

    [Fact]
    public void Every_switch_over_an_enum_of_ours_names_every_kind() => Assert.Empty(
        from file in Files
        from found in Switches().Matches(file.Text)
        let patterns = Arms(file.Text, found.Index + found.Length).Select(arm => arm.Split("=>")[0].Trim()).ToList()
        where patterns.Contains("_") && patterns.Any(OurKind.IsMatch)
        select $"{file.Path}:{file.Text[..found.Index].Count(c => c == '\n') + 1}");

    [Theory]
    [InlineData("kind switch { Role.Pupil => 1, _ => 2 }", true)]
    [InlineData("kind switch { Role.Pupil => a switch { 1 => 2, _ => 3 }, Role.Staff => 2, Role.Guardian => 3 }", false)]
    [InlineData("(shared, role) switch { (true, _) => f(1, 2), (false, Role.Staff) => 1, _ => 2 }", true)]
    [InlineData("word switch { \"text\" => Role.Pupil, _ => Role.Staff }", false)]
    public void The_rule_sees_arms_and_nothing_else(string text, bool isCaught)
    {
        var patterns = Arms(text, text.IndexOf('{', StringComparison.Ordinal) + 1).Select(arm => arm.Split("=>")[0].Trim()).ToList();

        Assert.Equal(isCaught, patterns.Contains("_") && patterns.Any(OurKind.IsMatch));
    }

    /// <summary>What stands between the commas of this switch, whatever stands in brackets inside.</summary>
    private static IEnumerable<string> Arms(string text, int from)
    {
        var (depth, start) = (1, from);
        for (var i = from; i < text.Length && depth > 0; i++)
        {
            if (text[i] is '{' or '(' or '[') depth++;
            if (text[i] is '}' or ')' or ']') depth--;
            if (depth > 1 || (depth == 1 && text[i] != ',')) continue;
            yield return text[start..i];
            start = i + 1;
        }
    }

    [GeneratedRegex(@"(^|/)(bin|obj)/")]
    private static partial Regex OfTools();
    [GeneratedRegex(@"\benum (\w+)")]
    private static partial Regex Enums();
    [GeneratedRegex(@"\bswitch\s*\{")]
    private static partial Regex Switches();
}
