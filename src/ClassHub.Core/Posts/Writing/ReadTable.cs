using System.Text;
using System.Text.RegularExpressions;

namespace ClassHub.Posts;

/// <summary>A table: a line of cells, a line of dashes that says how they stand, and more lines of cells.</summary>
internal static partial class ReadTable
{
    public static (Table Table, int End)? At(string[] lines, int at)
    {
        if (at + 1 >= lines.Length || !lines[at].Contains('|', StringComparison.Ordinal) || !Dashes().IsMatch(lines[at + 1])) return null;
        var (head, dashes) = (Cells(lines[at]), Cells(lines[at + 1]));
        if (head.Count != dashes.Count) return null;
        var rows = new List<IReadOnlyList<string>> { head };
        // Short rows stay short: filled up to a hundred columns they would make megabytes of nothing.
        for (at += 2; at < lines.Length && lines[at].Contains('|', StringComparison.Ordinal); at++) rows.Add(Cells(lines[at]));
        return (new([.. dashes.Select(Alignment)], rows), at);
    }

    private static string Alignment(string dashes) => (dashes.StartsWith(':'), dashes.EndsWith(':')) switch
    {
        (true, true) => "center",
        (false, true) => "right",
        (true, false) => "left",
        (false, false) => "",
    };

    /// <summary>A stroke in code, or after a backslash, parts nothing.</summary>
    private static List<string> Cells(string line)
    {
        line = line.Trim();
        if (line.StartsWith('|')) line = line[1..];
        if (line.EndsWith('|') && !line.EndsWith("\\|", StringComparison.Ordinal)) line = line[..^1];
        var (cells, cell, isCode) = (new List<string>(), new StringBuilder(), false);
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '`' && (isCode || line.IndexOf('`', at + 1) > 0)) isCode = !isCode;
            if (line[at] == '\\' && at + 1 < line.Length && line[at + 1] == '|') { cell.Append('|'); at++; }
            else if (line[at] != '|' || isCode) cell.Append(line[at]);
            else { cells.Add(cell.ToString().Trim()); cell.Clear(); }
        }
        cells.Add(cell.ToString().Trim());
        return cells;
    }

    [GeneratedRegex(@"^ *(?=.*\|)\|?(?: *:?-+:? *\|)* *:?-+:? *\|? *$", RegexOptions.None, 1000)]
    private static partial Regex Dashes();
}
