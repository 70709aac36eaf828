using System.Net;
using System.Text.RegularExpressions;

namespace ClassHub.Posts;

/// <summary>Turns what a teacher typed into safe HTML: a small Markdown of ours without raw HTML, then an allow-list.</summary>
public static partial class Markdown
{
    public static string ToHtml(string? typed) => ToHtml(new Written(typed ?? ""));

    public static string ToHtml(Written written) => written.Rules switch
    {
        WritingRules.First => FirstMarkdown.ToHtml(written.Text),
        WritingRules.Second => SafeHtml.Of(WriteBlocks.ToHtml(ReadBlocks.Of(written.Text), written)),
    };

    /// <summary>The first words, without marks: for lists.</summary>
    public static string FirstWords(string? typed, int most)
    {
        var html = WriteBlocks.ToHtml(ReadBlocks.Of(typed ?? ""), new(typed ?? ""));
        var untagged = Tags().Replace(html, tag => tag.Value is ['<', '/', ..] or "<br>" && !Within().IsMatch(tag.Value) ? " " : "");
        var text = Blanks().Replace(WebUtility.HtmlDecode(untagged), " ").Trim();
        return text.Length <= most ? text : string.Concat(text.AsSpan(0, text.LastIndexOf(' ', most) is > 0 and var end ? end : most), "…");
    }

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();
    [GeneratedRegex("^</(strong|em|del|code|a|span|m[a-z]+)>", RegexOptions.None, 1000)]
    private static partial Regex Within();
    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
