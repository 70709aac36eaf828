using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;

namespace ClassHub.Rosters;

/// <summary>A line of a table: its number as an editor shows it, and what is wrong with its characters or quotation marks.</summary>
internal sealed record RosterLine(int Number, string[] Cells, string? Fault)
{
    public bool IsEmpty => Cells.All(string.IsNullOrWhiteSpace);
    /// <summary>The cell as one clean line; empty when the column or the cell is not there.</summary>
    public string this[int column] => column >= 0 && column < Cells.Length ? PlainText.Line(AsText(Cells[column]), RosterLimits.Cell) : "";

    /// <summary>="000123", by which spreadsheets keep the zeros of a number, is 000123.</summary>
    private static string AsText(string cell) =>
        cell.Length >= 3 && cell.StartsWith("=\"", StringComparison.Ordinal) && cell.EndsWith('"') ? cell[2..^1] : cell;
}

/// <summary>A CSV file as lines and cells, whatever separates them. Refuses what is too big before it has read it all.</summary>
internal static partial class RosterTable
{
    /// <summary>In bytes: as many full cells as a line may have.</summary>
    private const int LongestLine = RosterLimits.Columns * RosterLimits.Cell;

    public static IEnumerable<RosterLine> Read(ReadOnlyMemory<byte> bytes, int mostRows, Encoding? old = null)
    {
        // Its quotation marks do not stand where those of a CSV file do.
        var text = FormulaText().Replace(RosterText.Of(bytes.Span, old), "\"$1\"");
        var isBad = false;
        var options = new CsvReaderOptions
        {
            Separator = SeparatorOf(text),
            HasHeader = false,
            TrackLineNumbers = true,
            MaxRecordSize = LongestLine,
            OnMalformedRecord = _ => isBad = true,
        };
        using var reader = CsvReader.Create(new StringReader(text), options);
        for (var rows = 0; Next(reader); isBad = false)
        {
            var line = (int)reader.LineNumber;
            if (++rows > mostRows + 1) throw new RuleBroken($"This file has more than {mostRows:N0} lines. Split it, by year for example. Nothing was changed.", "Files");
            if (reader.FieldCount > RosterLimits.Columns) throw new RuleBroken($"Line {line} has more than {RosterLimits.Columns} columns. Is this a roster? Nothing was changed.", "Files");
            if (HasLongCell(reader)) throw TooLong(line);
            yield return new(line, reader.Current.ToArray(), HasNoText(reader.Current.ToString()) ? "has characters that are no text. Save the file as CSV (UTF-8) again" : isBad ? "has a quotation mark in the wrong place" : null);
        }
    }

    [GeneratedRegex(@"(?<=^|[,;\t\r\n])=""([^""\r\n]*)""(?=[,;\t\r\n]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex FormulaText();

    private static bool Next(CsvReader reader)
    {
        try { return reader.Read(); }
        catch (CsvFormatException problem) { throw TooLong(problem.LineNumber); }
    }

    private static bool HasLongCell(CsvReader reader)
    {
        if (reader.RawRecord.Length <= RosterLimits.Cell) return false;
        for (var i = 0; i < reader.FieldCount; i++)
            if (reader.GetSpan(i).Length > RosterLimits.Cell) return true;
        return false;
    }

    private static RuleBroken TooLong(long line) =>
        new($"One cell in line {line} is longer than {RosterLimits.Cell:N0} characters. Perhaps a quotation mark is missing there. Nothing was changed.", "Files");

    /// <summary>What stands most often between the cells of the first line.</summary>
    private static char SeparatorOf(string text)
    {
        Span<int> counts = stackalloc int[3];
        var isQuoted = false;
        foreach (var letter in text.AsSpan().TrimStart("\r\n"))
        {
            if (letter == '"') isQuoted = !isQuoted;
            else if (isQuoted) continue;
            else if (letter is '\r' or '\n') break;
            else if (",;\t".IndexOf(letter) is >= 0 and var which) counts[which]++;
        }
        return counts[2] > counts[0] && counts[2] >= counts[1] ? '\t' : counts[1] > counts[0] ? ';' : ',';
    }

    private static bool HasNoText(string raw)
    {
        foreach (var letter in raw)
            if (letter == '\uFFFD' || (char.IsControl(letter) && letter is not ('\r' or '\n' or '\t'))) return true;
        return false;
    }
}
