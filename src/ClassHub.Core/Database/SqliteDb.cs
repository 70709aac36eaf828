using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ClassHub.Database;

/// <summary>The school's rows in one file beside the program.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : ClassHubDb(options)
{
    /// <summary>As it was set up: an open connection no longer tells its password.</summary>
    private readonly string connection = RelationalOptionsExtension.Extract(options).ConnectionString ?? "";
    private const int Constraint = 19, UniqueKey = 2067, PrimaryKey = 1555, Busy = 5;

    public override Snapshot Snapshot() => new SqliteSnapshot(connection);

    internal override bool IsClash(Exception problem) => problem.GetBaseException() is SqliteException { SqliteErrorCode: var code, SqliteExtendedErrorCode: var detail }
        && (code == Busy || (code == Constraint && detail is UniqueKey or PrimaryKey));

    /// <summary>There is one writer at a time anyway.</summary>
    internal override Task WaitForTurnAsync(Turn turn, CancellationToken stop) => Task.CompletedTask;
}
