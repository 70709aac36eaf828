using System.Net;
using System.Text.RegularExpressions;

namespace ClassHub.Media;

/// <summary>The words of a cue without what files put around them: styles, positions, marks of HTML. Who speaks stays.</summary>
internal static partial class CueText
{
    public static string OfFile(string line, bool isVtt)
    {
        var words = Voice().Replace(line, "$1: ");
        words = Tag().Replace(words, "");
        if (!isVtt) words = Place().Replace(words, "");
        return Typed(WebUtility.HtmlDecode(words));
    }

    /// <summary>An arrow inside the words would end them.</summary>
    public static string Typed(string line) => PlainText.Line(line.Replace("-->", "→", StringComparison.Ordinal), int.MaxValue);

    [GeneratedRegex(@"<v(?:\.[^\s>]*)?\s+([^<>]{1,100})>", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Voice();
    /// <summary>"3 &lt; 5" is no tag.</summary>
    [GeneratedRegex(@"<(?:/?[A-Za-z][^<>]*|[0-9][0-9:.]*|/)>", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Tag();
    [GeneratedRegex(@"\{\\[^{}]*\}", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Place();
}
