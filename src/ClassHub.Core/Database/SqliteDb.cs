using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Database;

/// <summary>The school's rows in one file beside the program.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : ClassHubDb(options)
{
    private const int Constraint = 19, UniqueKey = 2067, PrimaryKey = 1555, Busy = 5;

    internal override bool IsClash(Exception problem) => problem.GetBaseException() is SqliteException { SqliteErrorCode: var code, SqliteExtendedErrorCode: var detail }
        && (code == Busy || (code == Constraint && detail is UniqueKey or PrimaryKey));

    /// <summary>There is one writer at a time anyway.</summary>
    internal override Task WaitForTurnAsync(Turn turn, CancellationToken stop) => Task.CompletedTask;
}
