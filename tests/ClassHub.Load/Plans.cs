using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ClassHub.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Load;

/// <summary>Asks SQLite how it would find the rows of the statements that the pages sent, and names those that read a whole table.</summary>
public static partial class Plans
{
    [GeneratedRegex("/\\d+")] private static partial Regex Number();
    [GeneratedRegex("@\\w+")] private static partial Regex Parameter();

    [GeneratedRegex("(?:FROM|JOIN) \"\\w+\" AS \"(\\w+)\"")] private static partial Regex Table();

    public static string Doubtful(ClassHubDb db, string statementsFile, bool all)
    {
        if (db.Database.GetDbConnection() is not SqliteConnection connection) return "";
        connection.Open();
        var text = new StringBuilder();
        var seen = new HashSet<string>();
        var doubtful = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var request in File.ReadAllText(statementsFile).Split('\f', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = request.Split('\v');
            foreach (var sql in parts.Skip(1).Where(s => seen.Add(s)))
            {
                var plan = PlanOf(connection, sql);
                if (all) text.Append(CultureInfo.InvariantCulture, $"\n{parts[0]}\n{sql}\n    {string.Join("\n    ", plan)}\n");
                else doubtful.UnionWith(plan.Where(line => IsDoubtful(line, sql)).Select(line => $"- {Number().Replace(parts[0], "/…")}: {line}\n"));
            }
        }
        text.AppendJoin("", doubtful);
        return text.Length == 0 ? "No statement of these pages reads a whole table or sorts with a temporary tree.\n" : text.ToString();
    }

    private static bool IsDoubtful(string line, string sql) => line.StartsWith("USE TEMP B-TREE", StringComparison.Ordinal)
        // What a statement has found already is read again without harm; only tables are big.
        || (line.Split(' ') is ["SCAN", var name, ..] && Table().Matches(sql).Any(m => m.Groups[1].Value == name));

    private static List<string> PlanOf(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in Parameter().Matches(sql).Select(m => m.Value).Distinct()) command.Parameters.AddWithValue(name, 1);
        var plan = new List<string>();
        using var reader = command.ExecuteReader();
        while (reader.Read()) plan.Add(reader.GetString(3));
        return plan;
    }
}
