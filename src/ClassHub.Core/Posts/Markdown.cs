using System.Text;
using System.Text.RegularExpressions;
using Ganss.Xss;
using Markdig;

namespace ClassHub.Posts;

/// <summary>Turns what a teacher typed into safe HTML: a small Markdown without raw HTML, then an allow-list.</summary>
public static partial class Markdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().UsePipeTables().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).UseSoftlineBreakAsHardlineBreak().Build();
    private static readonly MarkdownPipeline WithoutTables = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().UseSoftlineBreakAsHardlineBreak().Build();
    private static readonly HtmlSanitizer Sanitizer = MakeSanitizer();

    public static string ToHtml(string? markdown)
    {
        if (string.IsNullOrWhiteSpace(markdown)) return "";
        // Depth is bounded before parsing: a thousand nested quotes would otherwise cost seconds.
        markdown = DeepNesting().Replace(markdown, m => m.Value[..20]);
        try { return Sanitizer.Sanitize(Markdig.Markdown.ToHtml(markdown, markdown.Split('\n').Any(IsWideRow) ? WithoutTables : Pipeline)); }
        // Too deep after all: the words as they are.
        catch (ArgumentException) { return $"<p>{System.Net.WebUtility.HtmlEncode(markdown).ReplaceLineEndings("<br>")}</p>"; }
    }

    /// <summary>A table with a hundred columns and short rows grows to megabytes; nobody reads one on a phone.</summary>
    private static bool IsWideRow(string line) => line.Count(c => c == '|') > 16;

    /// <summary>The same for one line: no paragraph around it.</summary>
    public static string LineToHtml(string line)
    {
        var html = ToHtml(line).Trim();
        return html.StartsWith("<p>", StringComparison.Ordinal) && html.EndsWith("</p>", StringComparison.Ordinal) && html.IndexOf("<p>", 3, StringComparison.Ordinal) < 0 ? html[3..^4] : html;
    }

    /// <summary>The first words, without marks: for lists.</summary>
    public static string FirstWords(string? markdown, int most)
    {
        var text = Marks().Replace(markdown ?? "", "").ReplaceLineEndings(" ").Trim();
        return text.Length <= most ? text : string.Concat(text.AsSpan(0, text.LastIndexOf(' ', most) is > 0 and var end ? end : most), "…");
    }

    private static HtmlSanitizer MakeSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(["p", "br", "strong", "em", "del", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "a", "table", "thead", "tbody", "tr", "th", "td"]),
            AllowedAttributes = new HashSet<string>(["href", "start", "rel", "title"]),
            AllowedSchemes = new HashSet<string>(["http", "https", "mailto"]),
            UriAttributes = new HashSet<string>(["href"]),
        })
        { KeepChildNodes = true };
        sanitizer.PostProcessNode += (_, e) =>
        {
            if (e.Node is not AngleSharp.Dom.IElement { LocalName: "a" } link) return;
            var address = link.GetAttribute("href");
            // On Linux an address like "/x" counts as absolute, as a file, so the scheme is asked for too.
            if (address is null || !Uri.TryCreate(address, UriKind.Absolute, out var to) || to.Scheme is not ("http" or "https" or "mailto")) link.RemoveAttribute("href");
            else link.SetAttribute("rel", "noopener noreferrer nofollow ugc");
        };
        sanitizer.RemovingTag += (_, e) =>
        {
            // A picture from elsewhere would tell its server who reads: show its words instead.
            if (e.Tag is { LocalName: "img" } picture && picture.GetAttribute("alt") is { Length: > 0 } words)
            {
                e.Tag.Parent?.InsertBefore(e.Tag.Owner!.CreateTextNode(words), e.Tag);
                e.Tag.Remove();
                e.Cancel = true;
            }
            // The page has its own h1.
            if (e.Tag is { LocalName: "h1" or "h5" or "h6" } heading)
            {
                var smaller = heading.Owner!.CreateElement("h3");
                while (heading.FirstChild is { } child) smaller.AppendChild(child);
                heading.Replace(smaller);
                e.Cancel = true;
            }
        };
        return sanitizer;
    }

    [GeneratedRegex(@"[>\-*+ \t\[\(!_~]{21,}", RegexOptions.None, 500)]
    private static partial Regex DeepNesting();
    [GeneratedRegex(@"[*_~`#>]|\[(?=[^\]]*\]\()|\]\([^)]*\)", RegexOptions.None, 500)]
    private static partial Regex Marks();
}
