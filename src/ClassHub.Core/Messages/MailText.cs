using System.Net;
using System.Text;

namespace ClassHub.Messages;

/// <summary>What one message says, from which its text and its HTML are made: the same words in both, nothing from anywhere else, nothing that follows
/// anybody.</summary>
public sealed class MailBody
{
    private abstract record Part(string Words);
    private sealed record Paragraph(string Words) : Part(Words);
    private sealed record Heading(string Words) : Part(Words);
    private sealed record Section(string Words, IReadOnlyList<string> Lines) : Part(Words);
    private sealed record Link(string Words, string Address) : Part(Words);

    private readonly List<Part> parts = [];

    public bool IsEmpty => parts.Count == 0;

    public MailBody Say(string paragraph) => With(new Paragraph(paragraph));
    public MailBody Head(string words) => With(new Heading(words));
    public MailBody Open(string words, string address) => With(new Link(words, address));

    /// <summary>Nothing when there is nothing in it; of more than <paramref name="most"/> lines it tells how many there are besides.</summary>
    public MailBody List(string head, IReadOnlyList<string> lines, int most = int.MaxValue, int? all = null)
    {
        var more = (all ?? lines.Count) - Math.Min(lines.Count, most);
        return lines.Count == 0 ? this : With(new Section(head, [.. lines.Take(most), .. more > 0 ? [$"and {more} more"] : Array.Empty<string>()]));
    }

    public MailBody Add(MailBody other)
    {
        parts.AddRange(other.parts);
        return this;
    }

    private MailBody With(Part part)
    {
        parts.Add(part);
        return this;
    }

    public string Text
    {
        get
        {
            var text = new StringBuilder();
            foreach (var part in parts)
                text.Append(part switch
                {
                    Heading head => head.Words + "\n",
                    Section section => section.Words + ":\n" + string.Concat(section.Lines.Select(l => $"- {l}\n")) + "\n",
                    Link link => $"{link.Words}:\n{link.Address}\n\n",
                    _ => part.Words + "\n\n",
                });
            return text.ToString().TrimEnd('\n') + "\n";
        }
    }

    public string Html
    {
        get
        {
            var html = new StringBuilder("<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">")
                .Append("<meta name=\"viewport\" content=\"width=device-width\"></head><body>\n");
            foreach (var part in parts)
                html.Append(part switch
                {
                    Heading head => $"<h2 dir=\"auto\">{Safe(head.Words)}</h2>\n",
                    Section section => $"<p><b>{Safe(section.Words)}:</b></p>\n<ul>"
                        + string.Concat(section.Lines.Select(l => $"<li dir=\"auto\">{Safe(l)}</li>")) + "</ul>\n",
                    Link link => $"<p>{Safe(link.Words)}:<br><a href=\"{Safe(link.Address)}\">{Safe(link.Address)}</a></p>\n",
                    _ => $"<p dir=\"auto\">{Safe(part.Words).Replace("\n", "<br>", StringComparison.Ordinal)}</p>\n",
                });
            return html.Append("</body></html>\n").ToString();
        }
    }

    /// <summary>What fits on a locked screen: its first three lines, and that there are more, or else its first words.</summary>
    public string Brief => parts.OfType<Section>().SelectMany(s => s.Lines).ToList() is { Count: > 0 } lines
        ? string.Join('\n', lines.Take(3).Concat(lines.Count > 3 ? ["…"] : []))
        : PlainText.Line(Text, 200);

    private static string Safe(string words) => WebUtility.HtmlEncode(words);
}

/// <summary>One message as it goes out.</summary>
/// <param name="To">None: there is no e-mail, only the person's own devices.</param>
/// <param name="School">In whose name it comes.</param>
/// <param name="Unsubscribe">The address that ends such messages; none for what a person asked for or must hear.</param>
/// <param name="ToldUntil">What happened up to then is told with it.</param>
public sealed record MailText(string? To, string School, string Subject, MailBody Body, string? Unsubscribe = null, DateTimeOffset? ToldUntil = null)
{
    public string Text => Body.Text;
    public string Brief => Body.Brief;
}
