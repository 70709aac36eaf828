using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Ganss.Xss;

namespace ClassHub.Posts;

/// <summary>The last gate: whatever made the HTML, only these elements and attributes leave it.</summary>
internal static partial class SafeHtml
{
    private static readonly HtmlSanitizer Sanitizer = MakeSanitizer();

    public static string Of(string html) => Sanitizer.Sanitize(html);

    private static HtmlSanitizer MakeSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(["p", "br", "strong", "em", "del", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "a",
                "table", "thead", "tbody", "tr", "th", "td", "img", "span",
                .. MathMl.Elements]),
            AllowedAttributes = new HashSet<string>(["href", "start", "rel", "title", "dir", "align", "src", "alt", "loading", "width", "height",
                "class", "aria-hidden", .. MathMl.Attributes]),
            AllowedClasses = new HashSet<string>([Formula.Class, Formula.WordsClass]),
            AllowedSchemes = new HashSet<string>(["http", "https", "mailto"]),
            UriAttributes = new HashSet<string>(["href"]),
        })
        { KeepChildNodes = true };
        sanitizer.PostProcessNode += (_, e) =>
        {
            if (e.Node is not IElement one) return;
            if (one.LocalName == "a") Vouch(one);
            // Only the school's own files: any other address would tell its server who reads.
            if (one.LocalName == "img" && !OwnFile().IsMatch(one.GetAttribute("src") ?? ""))
                one.Replace(one.Owner!.CreateTextNode(one.GetAttribute("alt") ?? ""));
        };
        sanitizer.RemovingTag += (_, e) =>
        {
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

    private static void Vouch(IElement link)
    {
        var address = link.GetAttribute("href");
        // On Linux an address like "/x" counts as absolute, as a file, so the scheme is asked for too.
        if (address is null || !Uri.TryCreate(address, UriKind.Absolute, out var to) || to.Scheme is not ("http" or "https" or "mailto"))
            link.RemoveAttribute("href");
        else link.SetAttribute("rel", "noopener noreferrer nofollow ugc");
    }

    [GeneratedRegex(@"^/files/[0-9a-f]{32}(/[0-9a-z.-]+)?$", RegexOptions.None, 1000)]
    private static partial Regex OwnFile();
}
