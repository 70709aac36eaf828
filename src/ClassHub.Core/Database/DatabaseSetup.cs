using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ClassHub.Database;

/// <summary>How each engine is opened; used alike by the app, the tests and the load program.</summary>
public static class DatabaseSetup
{
    /// <summary>WAL, every commit on the disk before it is answered, one connection pool for the process.</summary>
    public static DbContextOptionsBuilder UseClassHubSqlite(this DbContextOptionsBuilder options, string file) => options
        .UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 10 }.ToString(), sqlite => sqlite.MigrationsAssembly(typeof(SqliteDb).Assembly))
        .AddInterceptors(SqlitePragmas.Instance)
        .ConfigureWarnings(Quiet);

    public static DbContextOptionsBuilder UseClassHubPostgres(this DbContextOptionsBuilder options, string connection) => options
        .UseNpgsql(Connections.ForPages(connection), postgres => postgres.MigrationsAssembly(typeof(PostgresDb).Assembly))
        .ConfigureWarnings(Quiet);

    /// <summary>What failed is told of by whoever asked: a clash that is tried again is no failure, and the first start on PostgreSQL asks for tables that are
    /// not there yet.</summary>
    private static void Quiet(WarningsConfigurationBuilder warnings) => warnings.Ignore(CoreEventId.ManyServiceProvidersCreatedWarning).Log(
        (RelationalEventId.CommandError, LogLevel.Debug), (RelationalEventId.ConnectionError, LogLevel.Debug),
            (RelationalEventId.TransactionError, LogLevel.Debug),
        (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug),
            (CoreEventId.QueryIterationFailed, LogLevel.Debug));

    private sealed class SqlitePragmas : DbConnectionInterceptor
    {
        public static readonly SqlitePragmas Instance = new();
        private static readonly ConditionalWeakTable<SQLitePCL.sqlite3, object> Told = [];
        private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA mmap_size=134217728; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData data) => Set(connection);
        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData data, CancellationToken stop = default)
        {
            Set(connection);
            return Task.CompletedTask;
        }

        /// <summary>Pragmas stick to a pooled connection: only a new one is told.</summary>
        private static void Set(DbConnection connection)
        {
            // EF looks whether the file exists through a read-only connection, which may not turn WAL on in a restored copy.
            if (connection.ConnectionString.Contains("Mode=ReadOnly", StringComparison.OrdinalIgnoreCase)) return;
            if (((SqliteConnection)connection).Handle is not { } handle || !Told.TryAdd(handle, handle)) return;
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }
    }
}
