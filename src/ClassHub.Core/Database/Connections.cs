using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClassHub.Database;

/// <summary>How many connections one server asks PostgreSQL for at most. Whoever comes when all are taken waits for one; two servers fit into max_connections =
/// 100, with a few left for a backup and for somebody who looks.</summary>
public static class Connections
{
    public const int OfPages = 36, OfJobs = 10;
    private const int LongestWait = 10;

    /// <summary>What the school wrote into its connection string counts. Statements that come again are prepared: planning them each time took more of the
    /// server than running them.</summary>
    public static string ForPages(string connection) =>
        With(connection, OfPages, settings => { if (!connection.Contains("Auto Prepare", StringComparison.OrdinalIgnoreCase)) settings.MaxAutoPrepare = 200; });

    /// <summary>The alarm clock has a pool of its own, so that a rush does not stop it.</summary>
    public static string ForJobs(string connection) => With(connection, OfJobs, settings => settings.MaxPoolSize = OfJobs);

    private static string With(string connection, int most, Action<NpgsqlConnectionStringBuilder> also)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        if (!settings.ShouldSerialize("Maximum Pool Size")) settings.MaxPoolSize = most;
        if (!settings.ShouldSerialize("Timeout")) settings.Timeout = LongestWait;
        settings.MinPoolSize = Math.Min(settings.MinPoolSize, settings.MaxPoolSize);
        also(settings);
        return settings.ToString();
    }

    /// <summary>Says in a sentence for the technician when PostgreSQL has fewer than two servers like this one may ask for; none when it has enough, or this is
    /// SQLite.</summary>
    public static async Task<string?> WarningAsync(ClassHubDb db, CancellationToken stop)
    {
        if (db is not PostgresDb postgres) return null;
        var there = await db.Database.SqlQuery<int>($"""
            SELECT LEAST(current_setting('max_connections')::int
                    - current_setting('superuser_reserved_connections')::int - COALESCE(current_setting('reserved_connections', true)::int, 0),
                (SELECT NULLIF(datconnlimit, -1) FROM pg_database WHERE datname = current_database()),
                    (SELECT NULLIF(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user)) AS "Value"
            """).SingleAsync(stop);
        var asked = postgres.MostConnections + OfJobs;
        return 2 * asked <= there ? null
            : $"PostgreSQL gives {there} connections, and this server may ask for {asked}: " +
                $"{(asked > there ? "in a rush some are refused" : "a second server beside it would be refused some in a rush")}. " +
            $"Raise max_connections, or set \"Maximum Pool Size\" in ConnectionStrings:ClassHub to {Math.Max(1, there / 2 - OfJobs)} or less.";
    }
}
