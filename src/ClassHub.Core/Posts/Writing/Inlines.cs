using System.Net;
using System.Text;

namespace ClassHub.Posts;

/// <summary>The words of one block as HTML: emphasis, code, links, pictures, formulae. Whatever is no mark is encoded as typed.</summary>
internal sealed class Inlines
{
    private const int LongestLink = 2_000;

    private readonly string text;
    private readonly Written from;
    private readonly bool isInLink;
    private readonly Emphasis emphasis = new();
    private readonly StringBuilder words = new();
    private int at;

    private Inlines(string text, Written from, bool isInLink) => (this.text, this.from, this.isInLink) = (text, from, isInLink);

    public static string ToHtml(string text, Written from) => new Inlines(text, from, isInLink: false).Html();

    private string Html()
    {
        var addresses = isInLink ? new() : new Queue<Addresses.Found>(Addresses.In(text));
        while (at < text.Length)
        {
            while (addresses.Count > 0 && addresses.Peek().At < at) addresses.Dequeue();
            if (addresses.Count > 0 && addresses.Peek().At == at) TakeAddress(addresses.Dequeue());
            else if (!Taken()) words.Append(text[at++]);
        }
        Flush();
        return emphasis.ToHtml();
    }

    private bool Taken() => text[at] switch
    {
        '\\' => TakeEscaped(),
        '`' => TakeCode(),
        '$' => TakeFormula(),
        '!' => at + 1 < text.Length && text[at + 1] == '[' && TakePicture(),
        '[' => !isInLink && TakeLink(),
        '*' or '_' or '~' => TakeEmphasis(),
        '\n' => Take(1, "<br>"),
        ' ' => TakeBlanks(),
        _ => false,
    };

    /// <summary>Blanks that somebody typed one after another are all seen.</summary>
    private bool TakeBlanks()
    {
        if (at + 1 >= text.Length || text[at + 1] != ' ') return false;
        words.Append('\u00A0');
        at++;
        return true;
    }

    private bool TakeEscaped()
    {
        if (at + 1 >= text.Length || !"`*_~[]$|!<>#+-.)".Contains(text[at + 1], StringComparison.Ordinal)) return false;
        words.Append(text[at + 1]);
        at += 2;
        return true;
    }

    private bool TakeCode()
    {
        var mark = Run(text, at);
        for (var end = text.IndexOf('`', at + mark); end >= 0; end = text.IndexOf('`', end))
        {
            var run = Run(text, end);
            if (run == mark)
            {
                var code = text[(at + mark)..end].Replace('\n', ' ');
                if (code.Length > 2 && code[0] == ' ' && code[^1] == ' ' && !string.IsNullOrWhiteSpace(code)) code = code[1..^1];
                return Take(end + run - at, $"<code>{Encode(code)}</code>");
            }
            end += run;
        }
        words.Append('`', mark);
        at += mark;
        return true;
    }

    /// <summary>A dollar opens before a sign and closes after one; before a number, or after one, it is a price.</summary>
    private bool TakeFormula()
    {
        if (Formula.At(text, at) is not { } formula) return false;
        from.Wanted?.Add(formula);
        return Take(formula.Length + 2, Formula.ToHtml(formula, from.Formulae));
    }

    private bool TakePicture()
    {
        if (Link(at + 1) is not { } link) return false;
        var picture = from.Pictures.FirstOrDefault(p => string.Equals(p.Name, link.Address, StringComparison.OrdinalIgnoreCase));
        // A picture from elsewhere would tell its server who reads: its words are shown instead.
        var instead = link.Words != "" ? link.Words : link.Address.Contains("://", StringComparison.Ordinal) ? "picture" : link.Address;
        return Take(link.End - at, picture is null ? Encode(instead)
            : $"<img src=\"{Encode(picture.Address)}\" alt=\"{Encode(link.Words)}\" loading=\"lazy\""
                + (picture is { Width: { } w, Height: { } h } ? $" width=\"{w}\" height=\"{h}\">" : ">"));
    }

    private bool TakeLink()
    {
        if (Link(at) is not { } link || Addresses.Href(link.Address) is not { } href) return false;
        return Take(link.End - at, $"<a href=\"{Encode(href)}\">{new Inlines(link.Words, from, isInLink: true).Html()}</a>");
    }

    private void TakeAddress(Addresses.Found found) =>
        Take(found.Length, $"<a href=\"{Encode(found.Href)}\">{Encode(text.Substring(found.At, found.Length))}</a>");

    private bool TakeEmphasis()
    {
        var run = Run(text, at);
        var (before, after) = (at == 0 ? ' ' : text[at - 1], at + run >= text.Length ? ' ' : text[at + run]);
        var (mark, isBesideWord) = (text[at], (Func<char, bool>)(c => char.IsLetterOrDigit(c) && (text[at] == '_' || !Scripts.LeavesNoBlanks(c))));
        var opens = !char.IsWhiteSpace(after) && !isBesideWord(before);
        var closes = !char.IsWhiteSpace(before) && !isBesideWord(after);
        // More than three make a gap to write in.
        if (run > 3 || (!opens && !closes)) words.Append(mark, run);
        else
        {
            Flush();
            emphasis.Add(mark, run, opens, closes);
        }
        at += run;
        return true;
    }

    /// <summary>“[words](address)” at this place.</summary>
    private (string Words, string Address, int End)? Link(int open)
    {
        var close = Closing(open, '[', ']');
        if (close < 0 || close + 1 >= text.Length || text[close + 1] != '(') return null;
        var end = Closing(close + 1, '(', ')');
        if (end < 0) return null;
        var address = text[(close + 2)..end].Trim();
        if (address.EndsWith('"') && address.IndexOf(" \"", StringComparison.Ordinal) is > 0 and var title) address = address[..title].Trim();
        return (text[(open + 1)..close], address.Trim('<', '>'), end + 1);
    }

    private int Closing(int open, char opening, char closing)
    {
        var depth = 0;
        for (var i = open; i < text.Length && i - open < LongestLink; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == opening) depth++;
            else if (text[i] == closing && --depth == 0) return i;
            else if (text[i] == '\n' && opening == '(') return -1;
        }
        return -1;
    }

    private bool Take(int length, string html)
    {
        Flush();
        emphasis.Add(html);
        at += length;
        return true;
    }

    private void Flush()
    {
        if (words.Length > 0) emphasis.Add(Encode(words.ToString()));
        words.Clear();
    }

    private static int Run(string text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] == text[at]) end++;
        return end - at;
    }

    private static string Encode(string typed) => WebUtility.HtmlEncode(typed);
}
