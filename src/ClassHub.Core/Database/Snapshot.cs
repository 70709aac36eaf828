namespace ClassHub.Database;

/// <summary>The whole database as one file: taken while others write, put back into an empty place.</summary>
public abstract class Snapshot
{
    /// <summary>The two engines as an archive names them, each with the name of its file there.</summary>
    public static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string> { [SqliteSnapshot.Name] = "classhub.db", [PostgresSnapshot.Name] = "classhub.dump" };

    /// <summary>A file that the rows of a snapshot name.</summary>
    public sealed record FileRow(string Key, string Name, long Size, string Sha256);

    protected const string FileRows = """SELECT "Key", "Name", "Size", "Sha256" FROM "Files" ORDER BY "Key";""";

    public abstract string Engine { get; }

    /// <summary>Writes the snapshot and says which files its rows name.</summary>
    /// <exception cref="RuleBroken">There is no school here, or the engine's own program failed.</exception>
    public abstract Task<IReadOnlyList<FileRow>> TakeAsync(string file, CancellationToken stop);

    /// <exception cref="RuleBroken">There are people or files here.</exception>
    public abstract Task MustBeEmptyAsync(CancellationToken stop);

    /// <summary>Asked by another program than the one that serves the school. PostgreSQL does not tell its visitors apart.</summary>
    /// <exception cref="RuleBroken">ClassHub is running here.</exception>
    public virtual Task MustBeStoppedAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>All rows are there afterwards, or none, also for a server that has the empty place open.</summary>
    public abstract Task PutBackAsync(string file, CancellationToken stop);

    /// <summary>What is wrong inside a snapshot, as far as it can be seen without putting it back; nothing when it is well.</summary>
    public static Task<string?> ProblemInAsync(string engine, string file, CancellationToken stop) =>
        engine == SqliteSnapshot.Name ? SqliteSnapshot.ProblemInAsync(file, stop) : Task.FromResult<string?>(null);

    protected static RuleBroken NotEmpty() => new("There is a school here already, so nothing was restored. Restore into an empty data folder and an empty database.");
}
