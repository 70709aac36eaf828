using System.Diagnostics;
using ClassHub.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Load.Seeding;

/// <summary>A filled database to measure on: made once a day for each size and model, then copied for every run (PostgreSQL: used as it is).</summary>
public sealed class SeededSchool(SchoolSize size, string? postgres, string folder)
{
    private readonly DateTime today = DateTime.UtcNow.Date.AddHours(7);

    public string DataFolder => Path.Combine(folder, "data");
    private string WorkFile => Path.Combine(DataFolder, "classhub.db");
    public LargeSchool School { get; private set; } = null!;

    public async Task PrepareAsync()
    {
        var started = Stopwatch.GetTimestamp();
        if (Directory.Exists(DataFolder)) Directory.Delete(DataFolder, recursive: true);
        Directory.CreateDirectory(DataFolder);
        if (postgres is not null) { await FillPostgresAsync(); return; }

        await using var model = Sqlite("unused.db");
        var seeded = Path.Combine(folder, $"{size.Name}-{model.Database.GetMigrations().Last()}-{Shape(model)}-{today:yyyyMMdd}.db");
        if (!File.Exists(seeded))
        {
            var part = seeded + ".part";
            File.Delete(part);
            await using (var db = Sqlite(part)) await FillAsync(db);
            SqliteConnection.ClearAllPools();
            File.Move(part, seeded);
            Console.Error.WriteLine($"Seeded {size.Name} in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s, {new FileInfo(seeded).Length / 1_000_000} MB.");
        }
        School = new LargeSchool(new BulkRows(model), size, today);
        File.Copy(seeded, WorkFile);
    }

    /// <summary>The one migration is rewritten while there is no release, so its name alone does not tell models apart.</summary>
    private static string Shape(ClassHubDb db) => RandomHash(db.Database.GenerateCreateScript());
    private static string RandomHash(string text) => Convert.ToHexStringLower(RandomKey.HashOf(text).AsSpan(0, 4));

    public ClassHubDb Open() => postgres is null ? Sqlite(WorkFile) : Postgres();

    private static SqliteDb Sqlite(string file) => new(new DbContextOptionsBuilder<SqliteDb>().UseClassHubSqliteFor(file).Options);
    private PostgresDb Postgres() => new(new DbContextOptionsBuilder<PostgresDb>().UseClassHubPostgresFor(postgres!).Options);

    private async Task FillAsync(ClassHubDb db)
    {
        await db.Database.MigrateAsync();
        await db.Database.OpenConnectionAsync();
        // Only here: a half-made file is thrown away.
        if (postgres is null) await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys=OFF; PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF; PRAGMA cache_size=-400000;");
        School = new LargeSchool(new BulkRows(db), size, today);
        await School.FillAsync();
        await db.People.Where(p => p.Id == 1).ExecuteUpdateAsync(set => set.SetProperty(p => p.IsOffice, true));
        if (postgres is null) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;");
        await db.Database.CloseConnectionAsync();
    }

    private async Task FillPostgresAsync()
    {
        await using var db = Postgres();
        School = new LargeSchool(new BulkRows(db), size, today);
        await db.Database.MigrateAsync();
        var setUp = new DateTimeOffset(today.AddDays(-300));
        if (await db.Schools.AnyAsync(s => s.SetUpAt == setUp) && await db.People.CountAsync() == size.Pupils + size.Teachers + 61) return;
        if (await db.People.AnyAsync()) throw new InvalidOperationException("This PostgreSQL database holds another school. Give the load program an empty one.");
        await FillAsync(db);
        await db.Database.ExecuteSqlRawAsync("ANALYZE");
    }
}

internal static class Options
{
    private static readonly IServiceProvider Gate = new ServiceCollection().AddSingleton(new WriteGate(oneAtATime: true)).BuildServiceProvider();

    public static DbContextOptionsBuilder<SqliteDb> UseClassHubSqliteFor(this DbContextOptionsBuilder<SqliteDb> options, string file) => (DbContextOptionsBuilder<SqliteDb>)options.UseClassHubSqlite(file).UseApplicationServiceProvider(Gate);
    public static DbContextOptionsBuilder<PostgresDb> UseClassHubPostgresFor(this DbContextOptionsBuilder<PostgresDb> options, string connection) => (DbContextOptionsBuilder<PostgresDb>)options.UseClassHubPostgres(connection).UseApplicationServiceProvider(Gate);
}
