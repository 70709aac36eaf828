using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace ClassHub.Posts;

/// <summary>The MathML that may stand in a page, and the same formula as a line of words.</summary>
internal static class MathMl
{
    private const string Infix = "=<>≤≥≠≈≡+−-×÷·±→⇒∈⊂∪∩";

    /// <summary>Not mtext, in which a browser reads elements of HTML: it is kept as mi.</summary>
    public static readonly IReadOnlyList<string> Elements = ["math", "mrow", "mi", "mn", "mo", "mspace", "mfrac", "msqrt", "mroot",
        "msup", "msub", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mstyle"];
    public static readonly IReadOnlyList<string> Attributes = ["display", "displaystyle", "scriptlevel", "mathvariant", "stretchy",
        "fence", "separator", "form", "largeop", "movablelimits", "accent", "accentunder", "linethickness", "columnalign"];

    /// <summary>Formula made by a program, without anything that is not on the list.</summary>
    /// <returns>None when there is no formula in it.</returns>
    public static (string MathMl, string Words)? Read(string made)
    {
        if (new HtmlParser().ParseDocument(made).QuerySelector("math") is not { } math) return null;
        var kept = new StringBuilder();
        Keep(math, kept);
        return (kept.ToString(), Words(math).Trim());
    }

    private static void Keep(INode node, StringBuilder kept)
    {
        if (node is IText text) kept.Append(WebUtility.HtmlEncode(text.Data));
        if (node is not IElement one) return;
        var name = one.LocalName == "mtext" ? "mi" : one.LocalName;
        var isKept = Elements.Contains(name);
        if (isKept)
        {
            kept.Append('<').Append(name);
            foreach (var attribute in one.Attributes.Where(a => Attributes.Contains(a.Name)))
                kept.Append(' ').Append(attribute.Name).Append("=\"").Append(WebUtility.HtmlEncode(attribute.Value)).Append('"');
            if (name == "math") kept.Append(" aria-hidden=\"true\"");
            else if (one.LocalName == "mtext") kept.Append(" mathvariant=\"normal\"");
            kept.Append('>');
        }
        foreach (var child in one.ChildNodes) Keep(child, kept);
        if (isKept) kept.Append("</").Append(name).Append('>');
    }

    private static string Words(IElement one)
    {
        var parts = one.Children.ToArray();
        return (one.LocalName, parts.Length) switch
        {
            ("mfrac", 2) => Grouped(parts[0]) + "/" + Grouped(parts[1]),
            ("msqrt", _) => "√" + Grouped(one),
            ("mroot", 2) => Raised(parts[1]) + "√" + Grouped(parts[0]),
            ("msup", 2) => Words(parts[0]) + Raised(parts[1]),
            ("msub" or "munder", 2) => Words(parts[0]) + Lowered(parts[1]),
            ("msubsup" or "munderover", 3) => Words(parts[0]) + Lowered(parts[1]) + Raised(parts[2]) + (parts[0].LocalName == "mo" ? " " : ""),
            ("mover", 2) => Words(parts[0]),
            ("mspace", _) => " ",
            ("mtable", _) => string.Join("; ", parts.Select(row => string.Join(", ", row.Children.Select(cell => Words(cell).Trim())))),
            ("mo", _) => Operator(one),
            (_, 0) => Plain(one),
            _ => string.Concat(parts.Select((part, n) => (n > 0 && part.LocalName == "mfrac" && parts[n - 1].LocalName == "mn" ? " " : "") + Words(part))),
        };
    }

    private static string Operator(IElement sign) => Plain(sign) is [var one] && Infix.Contains(one, StringComparison.Ordinal)
        && sign.PreviousElementSibling is not null && sign.GetAttribute("form") != "prefix" ? $" {one} " : Plain(sign);

    /// <summary>Without the operators that nobody sees.</summary>
    private static string Plain(IElement one) => string.Concat(one.TextContent.Where(c => c is not (>= '\u2061' and <= '\u2064')));

    private static string Grouped(IElement one) =>
        (one.LocalName == "msqrt" ? string.Concat(one.Children.Select(Words)) : Words(one)).Trim() is var words
        && (words.Length == 1 || words.All(char.IsLetterOrDigit)) ? words : $"({words})";

    private static string Raised(IElement one) => Words(one).Trim() is var words
        && words.All(char.IsAsciiDigit) ? string.Concat(words.Select(d => "⁰¹²³⁴⁵⁶⁷⁸⁹"[d - '0'])) : "^" + Grouped(one);
    private static string Lowered(IElement one) => Words(one).Trim() is var words
        && words.All(char.IsAsciiDigit) ? string.Concat(words.Select(d => "₀₁₂₃₄₅₆₇₈₉"[d - '0'])) : "_" + Grouped(one);
}
