using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ClassHub.Database;

/// <summary>The school's rows in one file beside the program.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : ClassHubDb(options)
{
    /// <summary>As it was set up: an open connection no longer tells its password.</summary>
    private readonly string connection = RelationalOptionsExtension.Extract(options).ConnectionString ?? "";
    private const int Constraint = 19, UniqueKey = 2067, PrimaryKey = 1555;

    internal override IQueryable<string> Columns() => Database.SqlQuery<string>($"""
        SELECT t.name || '.' || c.name || ' ' || c.type || CASE WHEN c."notnull" THEN ' NOT NULL' ELSE '' END AS "Value"
        FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'
        """);

    /// <summary>The index knows in which rows all the words are; whether they stand one after the other is read from the row.</summary>
    internal override IQueryable<int> PostsWith(LookedFor words)
    {
        var all = string.Join(" AND ", words.Words.Select(w => $"\"{w}\"")) + (words.IsBeginning ? "*" : "");
        var phrase = words.Words.Count > 1 ? words.Pattern : "";
        return Database.SqlQuery<int>($"""
            SELECT rowid AS "Value" FROM "PostsIndex" WHERE "PostsIndex" MATCH {all}
              AND ({phrase} = '' OR EXISTS (SELECT 1 FROM "Posts" p WHERE p."Id" = "PostsIndex".rowid AND instr(' ' || p."Words" || ' ', {phrase}) > 0))
            UNION SELECT "PostId" FROM "PostFiles" WHERE "FileId" IN (
            SELECT rowid FROM "FilesIndex" WHERE "FilesIndex" MATCH {all}
              AND ({phrase} = '' OR EXISTS (SELECT 1 FROM "Files" f WHERE f."Id" = "FilesIndex".rowid AND instr(' ' || f."Words" || ' ', {phrase}) > 0))
            UNION SELECT rowid FROM "CaptionsIndex" WHERE "CaptionsIndex" MATCH {all}
              AND ({phrase} = '' OR EXISTS (SELECT 1 FROM "Captions" c WHERE c."FileId" = "CaptionsIndex".rowid
                AND instr(' ' || c."Words" || ' ', {phrase}) > 0)))
            """);
    }

    public override Snapshot Snapshot() => new SqliteSnapshot(connection);

    internal override bool IsClash(Exception problem) => problem.GetBaseException() is SqliteException { SqliteErrorCode: Constraint, SqliteExtendedErrorCode: UniqueKey or PrimaryKey };

    /// <summary>A start that was killed while it migrated leaves a note that it still does, and every later start would wait for it. One program at a time opens this file, so the note is old.</summary>
    public override async Task MigrateAsync(CancellationToken stop)
    {
        if (await Database.CanConnectAsync(stop) && await Database.SqlQuery<int>($"SELECT count(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(stop) > 0)
            await Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", stop);
        await base.MigrateAsync(stop);
    }

    /// <summary>There is one writer at a time anyway.</summary>
    internal override Task WaitForTurnAsync(Turn turn, CancellationToken stop) => Task.CompletedTask;
    internal override Task WaitForWorkAsync(int taskId, int pupilId, CancellationToken stop) => Task.CompletedTask;
}
