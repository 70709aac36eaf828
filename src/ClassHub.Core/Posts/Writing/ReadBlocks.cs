using System.Globalization;
using System.Text.RegularExpressions;

namespace ClassHub.Posts;

/// <summary>Reads lines as blocks. Only what is meant as a mark is one: everything else stays as it was typed.</summary>
internal sealed partial class ReadBlocks
{
    /// <summary>Lists in lists in quotations; deeper down marks are words.</summary>
    private const int Deepest = 8;
    /// <summary>Lines that say whether a sign is one.</summary>
    private const int Around = 20;

    private readonly string[] lines;
    private readonly int depth;
    private readonly List<Block> read = [];
    /// <summary>The number that goes on with the last numbered list.</summary>
    private int next = 1;
    private int at;

    private ReadBlocks(string[] lines, int depth) => (this.lines, this.depth) = (lines, depth);

    public static IReadOnlyList<Block> Of(string text)
    {
        var isCode = false;
        return Of([.. text.Split('\n').Select(line => (isCode ^= Fence().IsMatch(line)) ? line : line.Replace("\t", "    ", StringComparison.Ordinal))], 0);
    }

    private static List<Block> Of(string[] lines, int depth)
    {
        var reading = new ReadBlocks(lines, depth);
        while (reading.at < lines.Length) reading.One();
        return reading.read;
    }

    private void One()
    {
        if (IsBlank(at)) at++;
        else if (!Other()) TakeParagraph();
    }

    /// <summary>Any block but a paragraph.</summary>
    private bool Other() => TakeCode() || TakeHeading() || TakeLine() || TakeTable() || TakeQuotation() || TakeList();

    private void TakeParagraph()
    {
        var text = new List<string> { lines[at++].Trim() };
        var before = read.Count;
        while (at < lines.Length && !IsBlank(at) && !Other()) text.Add(lines[at++].Trim());
        read.Insert(before, new Paragraph(string.Join('\n', text)));
    }

    private bool TakeCode()
    {
        if (Fence().Match(lines[at]) is not { Success: true } fence) return false;
        var (indent, mark) = (fence.Groups[1].Length, fence.Groups[2].Value);
        var code = new List<string>();
        while (++at < lines.Length && !(lines[at].Trim() is var end && end.Length >= mark.Length && end.All(c => c == mark[0])))
            code.Add(Without(lines[at], indent));
        at++;
        read.Add(new CodeBlock(string.Join('\n', code)));
        return true;
    }

    private bool TakeHeading()
    {
        if (HeadingLine().Match(lines[at]) is not { Success: true } heading) return false;
        read.Add(new Heading(heading.Groups[1].Length, heading.Groups[2].Value));
        (at, next) = (at + 1, 1);
        return true;
    }

    /// <summary>Not from underscores: a line of those is for an answer.</summary>
    private bool TakeLine()
    {
        if (!Separator().IsMatch(lines[at]) || (at > 0 && !IsBlank(at - 1))) return false;
        read.Add(new Line());
        at++;
        return true;
    }

    private bool TakeTable()
    {
        if (ReadTable.At(lines, at) is not { } found) return false;
        read.Add(found.Table);
        at = found.End;
        return true;
    }

    /// <summary>One line that begins with “&gt;” is greater than something.</summary>
    private bool TakeQuotation()
    {
        if (depth >= Deepest || !IsQuoted(at) || !IsQuoted(at + 1)) return false;
        var inside = new List<string>();
        for (; IsQuoted(at); at++) inside.Add(lines[at].TrimStart()[1..] is [' ', .. var words] ? words : lines[at].TrimStart()[1..]);
        read.Add(new Quotation(Of([.. inside], depth + 1)));
        return true;
    }

    private bool TakeList()
    {
        if (depth >= Deepest || Mark(at) is not { } mark || !Begins(mark)) return false;
        var items = new List<Item>();
        for (var number = mark.Number; at < lines.Length && Mark(at) is { } one && one.Number == number && one.IsBeside(mark) && IsMeant(one); number++)
        {
            items.Add(TakeItem(one));
            if (one.Number is { } last) next = last + 1;
            SkipBlanksBefore(mark);
        }
        read.Add(new ItemList(mark.Number, items));
        return true;
    }

    /// <summary>A number begins a list when another counts on from it, or goes on with the last list.</summary>
    private bool Begins(ListMark mark) => mark.Number switch
    {
        null => IsMeant(mark),
        1 => IsCountedOn(mark),
        var number => number == next,
    };

    /// <summary>Its line and whatever is indented below it.</summary>
    private Item TakeItem(ListMark mark)
    {
        var inside = new List<string> { mark.Words };
        int? indent = null;
        for (at++; at < lines.Length; at++)
        {
            if (IsBlank(at)) { if (!GoesOnInside(mark)) break; inside.Add(""); continue; }
            if (Indent(at) <= mark.Indent || Mark(at)?.IsBeside(mark) == true) break;
            inside.Add(Without(lines[at], indent ??= Indent(at)));
        }
        return new(mark.Words, [.. Of([.. inside], depth + 1)]);
    }

    /// <summary>After a blank line what is indented as far as an item's words belongs to it still.</summary>
    private bool GoesOnInside(ListMark mark)
    {
        var after = FirstWritten(at);
        return after < lines.Length && Indent(after) > mark.Indent + 1;
    }

    private void SkipBlanksBefore(ListMark mark)
    {
        var after = FirstWritten(at);
        if (after < lines.Length && Mark(after)?.IsBeside(mark) == true) at = after;
    }

    private int FirstWritten(int from)
    {
        while (from < lines.Length && IsBlank(from)) from++;
        return from;
    }

    private bool IsCountedOn(ListMark one)
    {
        var after = at + 1;
        while (after < lines.Length && (IsBlank(after) || (Indent(after) > one.Indent && Mark(after)?.IsBeside(one) != true))) after++;
        return after < lines.Length && Mark(after) is { } two && two.IsBeside(one) && two.Number == one.Number + 1;
    }

    /// <summary>A sign before a number is an item only when two of the lines around it, with the same sign, begin with words.</summary>
    private bool IsMeant(ListMark mark)
    {
        if (!mark.IsSign) return true;
        var words = 0;
        foreach (var step in new[] { -1, 1 })
            for (var near = at + step; near >= 0 && near < lines.Length && Math.Abs(near - at) <= Around && words < 2 && !IsBlank(near); near += step)
            {
                if (Indent(near) > mark.Indent + 1) continue;
                if (Mark(near) is not { } other || !other.IsBeside(mark)) break;
                if (!other.IsSign) words++;
            }
        return words >= 2;
    }

    /// <param name="Kind">The sign or, of a number, what stands after it.</param>
    /// <param name="IsSign">It stands before a number, as in “- 5 °C”.</param>
    private sealed record ListMark(int Indent, char Kind, int? Number, string Words, bool IsSign)
    {
        public bool IsBeside(ListMark other) => Kind == other.Kind && Math.Abs(Indent - other.Indent) <= 1;
    }

    private ListMark? Mark(int line)
    {
        if (Bullet().Match(lines[line]) is { Success: true } bullet)
        {
            var (sign, words) = (bullet.Groups["mark"].Value[0], bullet.Groups["words"].Value);
            return new(bullet.Groups["indent"].Length, sign, null, words, sign is '-' or '+' && char.IsDigit(words[0]));
        }
        return Numbered().Match(lines[line]) is { Success: true } numbered
            ? new(numbered.Groups[1].Length, numbered.Groups[3].Value[0], int.Parse(numbered.Groups[2].Value, CultureInfo.InvariantCulture),
                numbered.Groups[4].Value, false)
            : null;
    }

    private bool IsBlank(int line) => string.IsNullOrWhiteSpace(lines[line]);
    private bool IsQuoted(int line) => line < lines.Length && lines[line].TrimStart() is ['>', ..];
    private int Indent(int line) => lines[line].Length - lines[line].TrimStart(' ').Length;
    private static string Without(string line, int indent) => line[Math.Min(indent, line.Length - line.TrimStart(' ').Length)..];

    [GeneratedRegex(@"^(\s*)(`{3,}|~{3,})[^`]*$", RegexOptions.None, 1000)]
    private static partial Regex Fence();
    [GeneratedRegex(@"^ {0,3}(#{1,6}) +(\S.*?)(?: +#+)? *$", RegexOptions.None, 1000)]
    private static partial Regex HeadingLine();
    [GeneratedRegex(@"^ {0,3}(?:(?:- ?){3,}|(?:\* ?){3,}) *$", RegexOptions.None, 1000)]
    private static partial Regex Separator();
    /// <summary>The marks of Markdown and those that word processors write.</summary>
    [GeneratedRegex(@"^(?<indent> *)(?:(?<mark>[-+*·]) +|(?<mark>[•◦▪‣●○■⁃\uF0B7]) *)(?<words>\S.*)$", RegexOptions.None, 1000)]
    private static partial Regex Bullet();
    [GeneratedRegex(@"^( *)([0-9]{1,3})([.)]) +(\S.*)$", RegexOptions.None, 1000)]
    private static partial Regex Numbered();
}
