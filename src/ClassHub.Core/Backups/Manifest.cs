using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClassHub.Database;
using ClassHub.Media;

namespace ClassHub.Backups;

/// <summary>What an archive holds, said by its last entry.</summary>
/// <param name="Program">The version of ClassHub that made it.</param>
/// <param name="Missing">Keys of files that the rows name and the store did not have.</param>
/// <param name="Damaged">Keys of files whose bytes were not the ones that came; they are in the archive as they were found.</param>
public sealed record Manifest(int Format, string Program, DateTimeOffset MadeAt, string Engine, IReadOnlyList<Manifest.Entry> Entries, IReadOnlyList<string> Missing, IReadOnlyList<string> Damaged)
{
    public sealed record Entry(string Name, long Size, string Sha256);

    /// <summary>What its tables look like; none in archives made before this was noted.</summary>
    public Schema? Schema { get; init; }

    public const string EntryName = "manifest.json";
    public const int NewestFormat = 1;
    private const string Files = "files";

    public static readonly string ThisProgram = typeof(Manifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The entry of the database's snapshot.</summary>
    [JsonIgnore] public Entry Database => Entries.Single(e => e.Name == Snapshot.Names[Engine]);
    [JsonIgnore] public IEnumerable<Entry> StoredFiles => Entries.Where(e => KeyOf(e.Name) is not null);

    /// <summary>"files/3f/3f0c…": as the store lays them out.</summary>
    public static string NameOf(FileKey key) => $"{Files}/{key.Value[..2]}/{key.Value}";

    /// <summary>Nothing when this is not exactly the name of a stored file.</summary>
    public static FileKey? KeyOf(string name) => name.Split('/') is [Files, _, var last] && new FileKey(last) is { IsWellFormed: true } key && NameOf(key) == name ? key : null;

    /// <summary>Whether it is whole in itself: one snapshot, every other entry a stored file, no name twice.</summary>
    [JsonIgnore]
    public bool IsSound => Entries is not null && Missing is not null && Damaged is not null && Engine is not null && Snapshot.Names.TryGetValue(Engine, out var snapshot)
        && Entries.All(e => e is { Name: not null, Sha256: not null } && (e.Name == snapshot || KeyOf(e.Name) is not null))
        && Entries.Select(e => e.Name).Distinct().Count() == Entries.Count && Entries.Any(e => e.Name == snapshot);

    public Task WriteAsync(Stream to, CancellationToken stop) => JsonSerializer.SerializeAsync(to, this, cancellationToken: stop);

    public static ValueTask<Manifest?> ReadAsync(Stream from, CancellationToken stop) => JsonSerializer.DeserializeAsync<Manifest>(from, cancellationToken: stop);
}
