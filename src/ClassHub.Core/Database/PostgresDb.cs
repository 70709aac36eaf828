using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ClassHub.Database;

/// <summary>The school's rows on a PostgreSQL server, when a school outgrows one machine.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : ClassHubDb(options)
{
    /// <summary>As it was set up: an open connection no longer tells its password.</summary>
    private readonly string connection = RelationalOptionsExtension.Extract(options).ConnectionString ?? "";

    internal int MostConnections => new NpgsqlConnectionStringBuilder(connection).MaxPoolSize;

    internal override IQueryable<string> Columns() => Database.SqlQuery<string>($"""
        SELECT t.relname || '.' || c.attname || ' ' || format_type(c.atttypid, c.atttypmod) || CASE WHEN c.attnotnull THEN ' NOT NULL' ELSE '' END AS "Value"
        FROM pg_attribute c JOIN pg_class t ON t.oid = c.attrelid
        WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r' AND c.attnum > 0 AND NOT c.attisdropped
        """);

    /// <summary>Of servers that start at the same second one changes the tables, and the others look at them afterwards.</summary>
    public override async Task MigrateAsync(CancellationToken stop)
    {
        await MakeAsync(stop);
        Database.SetCommandTimeout(TimeSpan.FromHours(1));
        await Database.OpenConnectionAsync(stop);
        try
        {
            await Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({(long)Turn.SetUp})", stop);
            await base.MigrateAsync(stop);
        }
        finally
        {
            await Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({(long)Turn.SetUp})", CancellationToken.None);
            await Database.CloseConnectionAsync();
            Database.SetCommandTimeout(null);
        }
    }

    private async Task MakeAsync(CancellationToken stop)
    {
        var creator = this.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(stop)) return;
        try { await creator.CreateAsync(stop); }
        // Another server was quicker.
        catch (PostgresException there) when (there.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation) { }
    }

    /// <summary>
    /// The index knows in which rows all the words are; whether they stand one after the other is read from the row. The expressions are those of the indexes.
    /// A tsvector holds a megabyte, so the words of a recording count up to 300,000 characters, about five hours; what is longer has no index and is read.
    /// </summary>
    internal override IQueryable<int> PostsWith(LookedFor words)
    {
        var all = string.Join(" & ", words.Words.Select(w => $"'{w}'")) + (words.IsBeginning ? ":*" : "");
        var (phrase, pattern) = (words.Words.Count > 1 ? words.Pattern : "", words.Pattern);
        return Database.SqlQuery<int>($"""
            SELECT "Id" AS "Value" FROM "Posts" WHERE array_to_tsvector(string_to_array("Words", ' ')) @@ {all}::tsquery
              AND ({phrase} = '' OR strpos(' ' || "Words" || ' ', {phrase}) > 0)
            UNION SELECT "PostId" FROM "PostFiles" WHERE "FileId" IN (
            SELECT "Id" FROM "Files" WHERE array_to_tsvector(string_to_array("Words", ' ')) @@ {all}::tsquery
              AND ({phrase} = '' OR strpos(' ' || "Words" || ' ', {phrase}) > 0)
            UNION SELECT "FileId" FROM "Captions" WHERE array_to_tsvector(string_to_array(left("Words", 300000), ' ')) @@ {all}::tsquery
              AND ({phrase} = '' OR strpos(' ' || "Words" || ' ', {phrase}) > 0)
            UNION SELECT "FileId" FROM "Captions" WHERE length("Words") > 300000 AND strpos(' ' || "Words" || ' ', {pattern}) > 0)
            """);
    }

    public override Snapshot Snapshot() => new PostgresSnapshot(connection);

    internal override bool IsClash(Exception problem) => problem.GetBaseException() is PostgresException
    {
        SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
    };

    internal override Task WaitForTurnAsync(Turn turn, CancellationToken stop) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({(long)turn})", stop);

    internal override Task WaitForWorkAsync(int taskId, int pupilId, CancellationToken stop) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({taskId}, {pupilId})", stop);
}
