using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ClassHub.Database;

/// <summary>What the tables of a school look like, so that a program changes and puts back only tables that it knows.</summary>
/// <param name="Newest">The last migration that the database has seen.</param>
/// <param name="Tables">A hash of all tables and columns; none when the database is behind the program that looked.</param>
public sealed record Schema(string Newest, string? Tables)
{
    public static async Task<Schema> OfAsync(ClassHubDb db, CancellationToken stop)
    {
        var newest = (await db.Database.GetAppliedMigrationsAsync(stop)).LastOrDefault() ?? "";
        return new(newest, newest == db.Database.GetMigrations().Last() ? HashOf(ColumnsAt(db, newest)) : null);
    }

    /// <summary>Whether the program behind this database can bring such tables up to its own.</summary>
    public bool IsKnownTo(ClassHubDb db) => db.Database.GetMigrations().Contains(Newest) && (Tables is null || Tables == HashOf(ColumnsAt(db, Newest)));

    /// <summary>Before its first version ClassHub rewrote its one migration with every change, so that a database may name a migration we know and still have other tables.</summary>
    /// <exception cref="RuleBroken">The tables are not those that its migrations make, or a newer program made them.</exception>
    public static async Task MustBeOursAsync(ClassHubDb db, CancellationToken stop)
    {
        if ((await db.Database.GetAppliedMigrationsAsync(stop)).LastOrDefault() is not { } newest) return;
        if (!db.Database.GetMigrations().Contains(newest)) throw new RuleBroken($"This database was used by a newer ClassHub (it knows “{newest}”). Nothing was changed. Start that version, or a newer one.");
        var expected = ColumnsAt(db, newest).ToHashSet();
        var ours = expected.Select(TableOf).ToHashSet();
        var there = (await db.Columns().ToListAsync(stop)).Where(c => ours.Contains(TableOf(c))).ToHashSet();
        var others = there.Except(expected).Concat(expected.Except(there)).Order(StringComparer.Ordinal).ToList();
        if (others.Count == 0) return;
        throw new RuleBroken($"This database was made by a ClassHub from before its first version, and its tables are others than this program knows ({others[0]}{(others.Count > 1 ? $" and {others.Count - 1} more" : "")}). " +
            "Nothing was changed. Go on with the program that made it, or start this one with an empty database.");
    }

    private static string TableOf(string column) => column[..column.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>As the engine itself tells them: "People.Forename TEXT NOT NULL".</summary>
    private static IEnumerable<string> ColumnsAt(ClassHubDb db, string migration) =>
        RelationalAt(db, migration).Tables.SelectMany(t => t.Columns, (t, c) => $"{t.Name}.{c.Name} {c.StoreType}{(c.IsNullable ? "" : " NOT NULL")}").Order(StringComparer.Ordinal);

    private static IRelationalModel RelationalAt(ClassHubDb db, string migration)
    {
        var known = db.GetService<IMigrationsAssembly>();
        if (migration == known.Migrations.Keys.Last()) return db.Model.GetRelationalModel();
        var then = known.CreateMigration(known.Migrations[migration], db.Database.ProviderName!).TargetModel;
        return db.GetService<IModelRuntimeInitializer>().Initialize(then).GetRelationalModel();
    }

    private static string HashOf(IEnumerable<string> columns) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', columns))));
}
