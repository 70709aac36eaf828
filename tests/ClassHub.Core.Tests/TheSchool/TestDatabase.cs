using System.Diagnostics;
using ClassHub.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ClassHub.Tests;

public enum Engine { Sqlite, Postgres }

/// <summary>A database of one test: a copy of a template that is migrated and peopled once in a process, gone when the test ends.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplateAsync);
    private static readonly Lazy<Task<string>> PostgresTemplate = new(MakePostgresTemplateAsync);
    private static readonly Lazy<string> Server = new(FindServer);
    private static int copies;

    private readonly Engine engine;
    private readonly string where;
    private readonly ServiceProvider services;

    private TestDatabase(Engine engine, string where)
    {
        (this.engine, this.where) = (engine, where);
        services = new ServiceCollection().AddSingleton(new WriteGate(oneAtATime: engine == Engine.Sqlite)).BuildServiceProvider();
    }

    public static async Task<TestDatabase> OpenAsync(Engine engine)
    {
        var number = Interlocked.Increment(ref copies);
        if (engine == Engine.Sqlite)
        {
            var file = Path.Combine(Path.GetDirectoryName(await SqliteTemplate.Value)!, $"{number}.db");
            await CopySqliteAsync(file);
            return new(engine, file);
        }
        var model = await PostgresTemplate.Value;
        var name = $"{model}_{number}";
        await OnServerAsync($"CREATE DATABASE {name} TEMPLATE {model}");
        return new(engine, Connection(name));
    }

    /// <summary>The peopled school as a SQLite file, for a whole program that is tested.</summary>
    public static async Task CopySqliteAsync(string file) => File.Copy(await SqliteTemplate.Value, file);

    /// <summary>Tables without a row in them, as at a first start.</summary>
    public static async Task<TestDatabase> OpenEmptyAsync(Engine engine)
    {
        var empty = await OpenBareAsync(engine);
        await using var db = empty.Open();
        await db.Database.MigrateAsync();
        return empty;
    }

    /// <summary>A place without tables, where a school could be put back: a database on the server, or no file at all.</summary>
    public static async Task<TestDatabase> OpenBareAsync(Engine engine)
    {
        var name = $"classhub_empty_{Environment.ProcessId}_{Interlocked.Increment(ref copies)}";
        if (engine == Engine.Postgres) await OnServerAsync($"CREATE DATABASE {name}");
        return new(engine, engine == Engine.Postgres ? Connection(name) : Path.Combine(Path.GetDirectoryName(await SqliteTemplate.Value)!, name + ".db"));
    }

    /// <summary>The file or connection string behind it.</summary>
    public string Where => where;

    /// <summary>The same without what the tests set for themselves. PostgreSQL only.</summary>
    public string WhereAlone => new NpgsqlConnectionStringBuilder(Server.Value) { Database = new NpgsqlConnectionStringBuilder(where).Database }.ToString();

    public ClassHubDb Open() => engine == Engine.Sqlite
        ? new SqliteDb(Options<SqliteDb>(o => o.UseClassHubSqlite(where)))
        : new PostgresDb(Options<PostgresDb>(o => o.UseClassHubPostgres(where)));

    private DbContextOptions<T> Options<T>(Action<DbContextOptionsBuilder> use) where T : ClassHubDb
    {
        var options = new DbContextOptionsBuilder<T>();
        use(options);
        return options.UseApplicationServiceProvider(services).Options;
    }

    /// <summary>The server refuses this database and ends what is under way, as when it is stopped; <see cref="ComeBackAsync"/> ends that. PostgreSQL
    /// only.</summary>
    public async Task GoAwayAsync()
    {
        var name = new NpgsqlConnectionStringBuilder(where).Database;
        await OnServerAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        await OnServerAsync($"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'");
    }

    public Task ComeBackAsync() => OnServerAsync($"ALTER DATABASE {new NpgsqlConnectionStringBuilder(where).Database} ALLOW_CONNECTIONS true");

    /// <summary>Closes what the pool holds open, as when the program stops.</summary>
    public void LetGo()
    {
        if (engine == Engine.Sqlite) SqliteConnection.ClearPool(new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = where, ForeignKeys = true, DefaultTimeout = 10 }.ToString()));
        else ClearPool();
    }

    /// <summary>The pool of the connection that a context really opens: its settings are added to.</summary>
    private void ClearPool()
    {
        using var db = Open();
        NpgsqlConnection.ClearPool((NpgsqlConnection)db.Database.GetDbConnection());
    }

    public async ValueTask DisposeAsync()
    {
        LetGo();
        if (engine == Engine.Sqlite)
        {
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(where)!, Path.GetFileName(where) + "*")) File.Delete(file);
        }
        else
        {
            await OnServerAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(where).Database} WITH (FORCE)");
        }
        await services.DisposeAsync();
    }

    /// <summary>In memory where the system offers it: these files need not survive anything. Gone when the process ends, if not before.</summary>
    public static string TemporaryFolder()
    {
        var folder = Directory.Exists("/dev/shm")
            ? Directory.CreateDirectory($"/dev/shm/classhub-{Environment.ProcessId}-{RandomKey.Hex()[..8]}").FullName
            : Directory.CreateTempSubdirectory("classhub-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => { if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true); };
        return folder;
    }

    private static async Task<string> MakeSqliteTemplateAsync()
    {
        var folder = TemporaryFolder();
        var file = Path.Combine(folder, "template.db");
        await using (var made = new TestDatabase(Engine.Sqlite, file + ".making"))
        {
            await using var db = made.Open();
            await Everybody.MoveInAsync(db);
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {file}");
        }
        return file;
    }

    private static async Task<string> MakePostgresTemplateAsync()
    {
        var name = $"classhub_{Environment.ProcessId}_{Environment.TickCount64}";
        await OnServerAsync($"CREATE DATABASE {name}");
        var made = new TestDatabase(Engine.Postgres, Connection(name));
        await using (var db = made.Open()) await Everybody.MoveInAsync(db);
        made.ClearPool();
        return name;
    }

    private static string Connection(string database) =>
        new NpgsqlConnectionStringBuilder(Server.Value) { Database = database, MaxPoolSize = 20, ConnectionIdleLifetime = 5, ConnectionPruningInterval = 2, MaxAutoPrepare = 200 }.ToString();

    private static async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server.Value) { Database = "postgres", Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The server that tests/run started; without it a private one, which lives as long as this process.</summary>
    private static string FindServer()
    {
        if (Environment.GetEnvironmentVariable("CLASSHUB_TEST_POSTGRES") is { Length: > 0 } given) return given;
        var start = new ProcessStartInfo("bash", [Repository.PathOf("tests/postgres"), $"{Environment.ProcessId}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var script = Process.Start(start)!;
        var problem = script.StandardError.ReadToEndAsync();
        var connection = script.StandardOutput.ReadToEnd().Trim();
        script.WaitForExit();
        return connection.StartsWith("Host=", StringComparison.Ordinal) ? connection : throw new InvalidOperationException($"No PostgreSQL for the tests. {problem.Result}");
    }
}
