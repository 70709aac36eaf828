using System.Net;
using System.Text;

namespace ClassHub.Posts;

/// <summary>Blocks as HTML. Each stretch of words finds its own direction.</summary>
internal sealed class WriteBlocks(Written from)
{
    private readonly StringBuilder html = new();

    public static string ToHtml(IEnumerable<Block> blocks, Written from)
    {
        var writing = new WriteBlocks(from);
        foreach (var block in blocks) writing.Add(block);
        return writing.html.ToString();
    }

    /// <summary>What stands in a list item: its first words without a paragraph around them.</summary>
    public static string ToHtml(Item item, Written from) => item.Blocks is [Paragraph first, .. var rest]
        ? Inlines.ToHtml(first.Text, from) + ToHtml(rest, from) : ToHtml(item.Blocks, from);

    private void Add(Block block)
    {
        switch (block)
        {
            case Paragraph p: html.Append("<p dir=\"auto\">").Append(Inlines.ToHtml(p.Text, from)).Append("</p>"); break;
            // The page has its own h1.
            case Heading h when Math.Clamp(h.Level, 2, 4) is var level:
                html.Append($"<h{level} dir=\"auto\">").Append(Inlines.ToHtml(h.Text, from)).Append($"</h{level}>");
                break;
            case CodeBlock code: html.Append("<pre dir=\"ltr\"><code>").Append(WebUtility.HtmlEncode(code.Text)).Append("</code></pre>"); break;
            case Line: html.Append("<hr>"); break;
            case Quotation q: html.Append("<blockquote dir=\"auto\">").Append(ToHtml(q.Blocks, from)).Append("</blockquote>"); break;
            case ItemList list: Add(list); break;
            case Table table: Add(table); break;
        }
    }

    private void Add(ItemList list)
    {
        var tag = list.First is null ? "ul" : "ol";
        html.Append('<').Append(tag).Append(list.First is > 1 ? $" start=\"{list.First}\"" : "").Append('>');
        foreach (var item in list.Items) html.Append("<li dir=\"auto\">").Append(ToHtml(item, from)).Append("</li>");
        html.Append("</").Append(tag).Append('>');
    }

    private void Add(Table table)
    {
        html.Append("<table>");
        for (var row = 0; row < table.Rows.Count; row++)
        {
            html.Append(row switch { 0 => "<thead><tr>", 1 => "<tbody><tr>", _ => "<tr>" });
            for (var column = 0; column < table.Rows[row].Count; column++)
            {
                var (tag, align) = (row == 0 ? "th" : "td", column < table.Alignments.Count ? table.Alignments[column] : "");
                html.Append('<').Append(tag).Append(align != "" ? $" align=\"{align}\"" : "").Append(" dir=\"auto\">")
                    .Append(Inlines.ToHtml(table.Rows[row][column], from)).Append("</").Append(tag).Append('>');
            }
            html.Append(row == 0 ? "</tr></thead>" : "</tr>");
        }
        html.Append(table.Rows.Count > 1 ? "</tbody></table>" : "</table>");
    }
}
