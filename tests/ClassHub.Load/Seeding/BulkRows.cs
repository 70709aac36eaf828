using System.Data.Common;
using ClassHub.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClassHub.Load.Seeding;

/// <summary>Puts many rows into one table, past EF: a prepared statement on SQLite, COPY on PostgreSQL.</summary>
public sealed class BulkRows(ClassHubDb db)
{
    public async Task PutAsync(string table, string[] columns, IEnumerable<object?[]> rows)
    {
        var connection = db.Database.GetDbConnection();
        if (connection is NpgsqlConnection postgres) await CopyAsync(postgres, table, columns, rows);
        else Insert((SqliteConnection)connection, table, columns, rows);
    }

    /// <summary>One row as the school itself makes it.</summary>
    public async Task AddAsync(object row)
    {
        db.Add(row);
        await db.SaveChangesAsync();
    }

    private static string Names(string[] columns) => string.Join(", ", columns.Select(c => $"\"{c}\""));

    private static void Insert(SqliteConnection connection, string table, string[] columns, IEnumerable<object?[]> rows)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"INSERT INTO \"{table}\" ({Names(columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => "$p" + i))})";
        var values = columns.Select((_, i) => command.Parameters.AddWithValue("$p" + i, DBNull.Value)).ToArray();
        foreach (var row in rows)
        {
            for (var i = 0; i < values.Length; i++) values[i].Value = row[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string table, string[] columns, IEnumerable<object?[]> rows)
    {
        await using (var copy = await connection.BeginBinaryImportAsync($"COPY \"{table}\" ({Names(columns)}) FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var row in rows)
            {
                await copy.StartRowAsync();
                foreach (var value in row)
                    if (value is null) await copy.WriteNullAsync(); else await copy.WriteAsync(value);
            }
            await copy.CompleteAsync();
        }
        if (!columns.Contains("Id") || table == "Tasks" || table == "School") return;
        await using var next = connection.CreateCommand();
        next.CommandText = $"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'Id'), (SELECT max(\"Id\") FROM \"{table}\"))";
        await next.ExecuteNonQueryAsync();
    }
}
