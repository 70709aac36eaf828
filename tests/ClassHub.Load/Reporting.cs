using System.Globalization;
using System.Text;
using ClassHub.Load.Driving;

namespace ClassHub.Load;

/// <summary>Everything is said in Markdown, as it can stand in the README.</summary>
public sealed class Reporting
{
    private readonly List<(Case Case, Measured[] Measured, int? Statements)> rows = [];

    public void Add(Case @case, Measured[] measured, int? statements) => rows.Add((@case, measured, statements));

    private double Best(Func<Case, bool> which) => rows.FirstOrDefault(r => which(r.Case)).Measured?[^1].ASecond ?? 0;

    public string Table()
    {
        var text = new StringBuilder("| page | req/s 1 | req/s 8 | req/s 32 | p50 ms | p99 ms | CPU us | bytes | SQL | of empty | of bare | others |\n|-|-:|-:|-:|-:|-:|-:|-:|-:|-:|-:|-:|\n");
        var (empty, bare) = (Best(c => c.Name == Cases.Empty), Best(c => c.IsBare));
        foreach (var (@case, m, statements) in rows)
        {
            var last = m[^1];
            text.Append(CultureInfo.InvariantCulture, $"| {@case.Name} | {string.Join(" | ", m.Select(x => x.ASecond.ToString("N0", CultureInfo.InvariantCulture)))} | {last.P50:0.0} | {last.P99:0.0} | {last.CpuMicroseconds:0} | {last.Bytes:0} | {statements?.ToString(CultureInfo.InvariantCulture) ?? "-"} | {Share(last.ASecond, empty)} | {Share(last.ASecond, bare)} | {m.Max(x => x.Others):P0} |")
                .Append(m.Sum(x => x.Wrong) is > 0 and var wrong ? $" **{wrong} wrong answers**" : "").Append('\n');
        }
        return text.Append("\np50, p99, CPU, bytes and shares are those at 32 connections; CPU is the program's own, user and system. `others` is the share of both cores that work other than the program and the driver took, at the worst of the three.\n").ToString();
    }

    private static string Share(double value, double of) => of > 0 ? (value / of).ToString("P0", CultureInfo.InvariantCulture) : "-";
}
