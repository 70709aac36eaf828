using System.Globalization;
using ClassHub.Database;
using ClassHub.Load.Driving;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Load.Rush;

/// <summary>Processor time of a PostgreSQL server on this machine: its main process and all that it started.</summary>
public sealed class DatabaseServer
{
    private readonly int? main;

    private DatabaseServer(int? main) => this.main = main;

    /// <summary>Found through the process that answers one's own connection. None on SQLite, or when the server is elsewhere.</summary>
    public static async Task<DatabaseServer> FindAsync(ClassHubDb db)
    {
        if (!db.Database.IsNpgsql()) return new(null);
        var own = await db.Database.SqlQuery<int>($"SELECT pg_backend_pid() AS \"Value\"").SingleAsync();
        return new(File.Exists($"/proc/{own}/stat") ? Parent(own) : null);
    }

    public double Seconds()
    {
        if (main is not { } server) return 0;
        var all = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(n => n!.All(char.IsAsciiDigit)).Select(n => int.Parse(n!, CultureInfo.InvariantCulture));
        var sum = Machine.Of(server);
        foreach (var process in all)
            try { if (Parent(process) == server) sum += Machine.Of(process); }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException) { /* it ended meanwhile */ }
        return sum;
    }

    private static int Parent(int process)
    {
        var fields = File.ReadAllText($"/proc/{process}/stat");
        return int.Parse(fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
