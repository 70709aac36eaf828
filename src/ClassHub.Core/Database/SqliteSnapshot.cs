using System.Data.Common;
using ClassHub.Media;
using Microsoft.Data.Sqlite;

namespace ClassHub.Database;

/// <summary>A SQLite database is copied by the engine itself, which reads one state of it while others write.</summary>
internal sealed class SqliteSnapshot(string connection) : Snapshot
{
    public const string Name = "SQLite";
    private readonly string place = Path.GetFullPath(new SqliteConnectionStringBuilder(connection).DataSource);

    public override string Engine => Name;

    public override async Task<IReadOnlyList<FileRow>> TakeAsync(string file, CancellationToken stop)
    {
        if (!File.Exists(place)) throw new RuleBroken("There is no school here yet, so there is nothing to back up. Check ClassHub:DataFolder.");
        await DurableFile.CreatePrivate(file).DisposeAsync();
        await using (var school = await OpenAsync(place, SqliteOpenMode.ReadWrite, stop))
        {
            await using var copy = school.CreateCommand();
            (copy.CommandText, copy.CommandTimeout) = ("VACUUM INTO $file;", 0);
            copy.Parameters.AddWithValue("$file", file);
            await copy.ExecuteNonQueryAsync(stop);
        }
        await using var snapshot = await OpenAsync(file, SqliteOpenMode.ReadOnly, stop);
        return await ReadAsync(snapshot, FileRows, row => new FileRow(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetString(3)), stop);
    }

    public override async Task MustBeEmptyAsync(CancellationToken stop)
    {
        if (!File.Exists(place)) return;
        await using var school = await OpenAsync(place, SqliteOpenMode.ReadWrite, stop);
        var tables = await ReadAsync(school, "SELECT name FROM sqlite_master WHERE type = 'table';", row => row.GetString(0), stop);
        if (tables.Count > 0 && !(tables.Contains("People") && tables.Contains("Files"))) throw NotEmpty();
        if (tables.Count > 0 && (await ReadAsync(school, """SELECT 1 FROM "People" UNION ALL SELECT 1 FROM "Files" LIMIT 1;""", row => row.GetInt32(0), stop)).Count > 0) throw NotEmpty();
    }

    public override async Task MustBeStoppedAsync(CancellationToken stop)
    {
        if (!File.Exists(place)) return;
        await using var school = await OpenAsync(place, SqliteOpenMode.ReadWrite, stop);
        // The engine leaves this mode only when nobody else has the file open.
        try { await ReadAsync(school, "PRAGMA journal_mode=DELETE;", row => row.GetString(0), stop); }
        catch (SqliteException busy) when (busy.SqliteErrorCode == 5) { throw new RuleBroken("ClassHub is running on this data folder. Stop it first, then restore."); }
    }

    /// <summary>The engine copies page by page, in one transaction.</summary>
    public override async Task PutBackAsync(string file, CancellationToken stop)
    {
        await MustBeEmptyAsync(stop);
        var isNew = !File.Exists(place);
        if (isNew) await DurableFile.CreatePrivate(place).DisposeAsync();
        try
        {
            await using var from = await OpenAsync(file, SqliteOpenMode.ReadOnly, stop);
            await using var to = await OpenAsync(place, SqliteOpenMode.ReadWrite, stop);
            await ReadAsync(to, "PRAGMA synchronous=FULL;", _ => true, stop);
            await Task.Run(() => from.BackupDatabase(to), CancellationToken.None);
        }
        catch when (isNew)
        {
            File.Delete(place);
            throw;
        }
        DurableFile.SyncFolder(Path.GetDirectoryName(place)!);
    }

    /// <summary>The engine's own look at every page, index and reference.</summary>
    public static async Task<string?> ProblemInAsync(string file, CancellationToken stop)
    {
        try
        {
            await using var snapshot = await OpenAsync(file, SqliteOpenMode.ReadOnly, stop);
            var pages = await ReadAsync(snapshot, "PRAGMA integrity_check(1);", row => row.GetString(0), stop);
            if (pages is not ["ok"]) return pages.FirstOrDefault() ?? "it cannot be read";
            var tables = await ReadAsync(snapshot, "PRAGMA foreign_key_check;", row => row.GetString(0), stop);
            return tables.Count > 0 ? $"{tables.Count} rows point at nothing, the first in {tables[0]}" : null;
        }
        catch (SqliteException unreadable) { return unreadable.Message; }
    }

    private static async Task<SqliteConnection> OpenAsync(string file, SqliteOpenMode mode, CancellationToken stop)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 10 }.ToString());
        await connection.OpenAsync(stop);
        return connection;
    }

    private static async Task<List<T>> ReadAsync<T>(SqliteConnection connection, string sql, Func<DbDataReader, T> read, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync(stop);
        var found = new List<T>();
        while (await rows.ReadAsync(stop)) found.Add(read(rows));
        return found;
    }
}
