using Npgsql;

namespace ClassHub.Database;

/// <summary>A PostgreSQL database is copied by pg_dump, which reads the very state from which the files' rows were taken. Hangfire's jobs stay behind: the rows are the schedule.</summary>
internal sealed class PostgresSnapshot(string connection) : Snapshot
{
    public const string Name = "PostgreSQL";

    public override string Engine => Name;

    public override async Task<IReadOnlyList<FileRow>> TakeAsync(string file, CancellationToken stop)
    {
        await using var school = await OpenAsync(stop);
        await using var one = await school.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        if (!await AskAsync(school, """SELECT to_regclass('"Files"') IS NOT NULL;""", stop)) throw new RuleBroken("There is no school in this database yet, so there is nothing to back up. Check ConnectionStrings:ClassHub.");
        var files = new List<FileRow>();
        await using (var command = new NpgsqlCommand(FileRows, school))
        await using (var rows = await command.ExecuteReaderAsync(stop))
            while (await rows.ReadAsync(stop)) files.Add(new(rows.GetString(0), rows.GetString(1), rows.GetInt64(2), rows.GetString(3)));
        await using var export = new NpgsqlCommand("SELECT pg_export_snapshot();", school);
        var state = (string)(await export.ExecuteScalarAsync(stop))!;

        await PostgresProgram.RunAsync("pg_dump", connection, school.PostgreSqlVersion.Major,
            ["--format=custom", "--no-owner", "--no-privileges", "--exclude-schema=hangfire", $"--snapshot={state}", $"--file={file}"], stop);
        return files;
    }

    public override async Task MustBeEmptyAsync(CancellationToken stop)
    {
        await using var place = await OpenAsync(stop);
        if (await AskAsync(place, """SELECT to_regclass('"People"') IS NULL OR to_regclass('"Files"') IS NULL;""", stop))
        {
            if (await AskAsync(place, "SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema());", stop)) throw NotEmpty();
        }
        else if (await AskAsync(place, """SELECT EXISTS (SELECT 1 FROM "People") OR EXISTS (SELECT 1 FROM "Files");""", stop)) throw NotEmpty();
    }

    public override async Task PutBackAsync(string file, CancellationToken stop)
    {
        await MustBeEmptyAsync(stop);
        int server;
        await using (var place = await OpenAsync(stop)) server = place.PostgreSqlVersion.Major;
        var name = new NpgsqlConnectionStringBuilder(connection).Database?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
        await PostgresProgram.RunAsync("pg_restore", connection, server,
            ["--single-transaction", "--clean", "--if-exists", "--no-owner", "--no-privileges", $"--dbname=dbname='{name}'", file], stop);
        // What this program has prepared names tables that are no more.
        await using var old = new NpgsqlConnection(connection);
        NpgsqlConnection.ClearPool(old);
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken stop)
    {
        var opened = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ToString());
        await opened.OpenAsync(stop);
        return opened;
    }

    private static async Task<bool> AskAsync(NpgsqlConnection place, string question, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(question, place);
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }
}
