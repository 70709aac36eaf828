using System.Text;
using System.Text.RegularExpressions;
using Markdig;

namespace ClassHub.Posts;

/// <summary>How posts were read until November 2026; those written then look as they did.</summary>
internal static partial class FirstMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().UsePipeTables()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).UseSoftlineBreakAsHardlineBreak().Build();
    private static readonly MarkdownPipeline WithoutTables =
        new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().UseSoftlineBreakAsHardlineBreak().Build();

    public static string ToHtml(string? markdown)
    {
        if (string.IsNullOrWhiteSpace(markdown)) return "";
        // Depth is bounded before parsing: a thousand nested quotes would otherwise cost seconds.
        markdown = DeepNesting().Replace(markdown, m => m.Value[..20]);
        try { return SafeHtml.Of(Markdig.Markdown.ToHtml(markdown, markdown.Split('\n').Any(IsWideRow) ? WithoutTables : Pipeline)); }
        // Too deep after all: the words as they are.
        catch (ArgumentException) { return $"<p>{System.Net.WebUtility.HtmlEncode(markdown).ReplaceLineEndings("<br>")}</p>"; }
    }

    /// <summary>A table with a hundred columns and short rows grows to megabytes; nobody reads one on a phone.</summary>
    private static bool IsWideRow(string line) => line.Count(c => c == '|') > 16;

    /// <summary>The same for one line: no paragraph around it.</summary>
    public static string LineToHtml(string line)
    {
        var html = ToHtml(line).Trim();
        return html.StartsWith("<p>", StringComparison.Ordinal)
            && html.EndsWith("</p>", StringComparison.Ordinal) && html.IndexOf("<p>", 3, StringComparison.Ordinal) < 0 ? html[3..^4] : html;
    }

    [GeneratedRegex(@"[>\-*+ \t\[\(!_~]{21,}", RegexOptions.None, 500)]
    private static partial Regex DeepNesting();
}
