using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Database;

/// <summary>What the tables of a school look like, so that a backup is put back only by a program that knows them.</summary>
/// <param name="Newest">The last migration that the database has seen.</param>
/// <param name="Tables">A hash of all tables and columns; none when the database is behind the program that looked.</param>
public sealed record Schema(string Newest, string? Tables)
{
    public static async Task<Schema> OfAsync(ClassHubDb db, CancellationToken stop)
    {
        var newest = (await db.Database.GetAppliedMigrationsAsync(stop)).LastOrDefault() ?? "";
        return new(newest, newest == db.Database.GetMigrations().Last() ? TablesOf(db) : null);
    }

    /// <summary>Whether the program behind this database can bring such tables up to its own.</summary>
    public bool IsKnownTo(ClassHubDb db)
    {
        var known = db.Database.GetMigrations().ToList();
        return known.Contains(Newest) && (Newest != known[^1] || Tables is null || Tables == TablesOf(db));
    }

    private static string TablesOf(ClassHubDb db) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        db.Model.GetRelationalModel().Tables.SelectMany(t => t.Columns, (t, c) => $"{t.Name}.{c.Name} {c.StoreType} {c.IsNullable}").Order(StringComparer.Ordinal)))));
}
