namespace ClassHub.Browser.Tests.Faults;

/// <summary>A database on the private PostgreSQL of tests/run, asked by PostgreSQL's own program.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly string name;
    private PostgresDatabase(string name) => this.name = name;

    /// <summary>"Host=/tmp/…;Username=postgres".</summary>
    public static string? Server { get; } = Environment.GetEnvironmentVariable("CLASSHUB_TEST_POSTGRES") is { Length: > 0 } server ? server : null;
    private static string Host => Server!.Split(';').Select(part => part.Split('=', 2)).First(part => part[0] == "Host")[1];
    private static string Program => Directory.GetDirectories("/usr/lib/postgresql").Select(folder => folder + "/bin/psql").FirstOrDefault(File.Exists) ?? "psql";

    public string Connection => $"{Server};Database={name};Maximum Pool Size=40";

    public static async Task<PostgresDatabase> NewAsync()
    {
        var database = new PostgresDatabase($"classhub_browser_{Guid.NewGuid():N}");
        await AskAsync("postgres", $"CREATE DATABASE {database.name}");
        return database;
    }

    /// <summary>Rows as lines, columns divided by |.</summary>
    public async Task<string[]> RowsAsync(string sql) => (await AskAsync(name, sql)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Task<string> AskAsync(string database, string sql) => Command.RunAsync(Program, "-h", Host, "-U", "postgres", "-d", database, "-At", "-c", sql);

    public async ValueTask DisposeAsync() => await AskAsync("postgres", $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
}
