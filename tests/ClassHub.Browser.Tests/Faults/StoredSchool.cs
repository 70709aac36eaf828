using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>A version as it lies in the data folder; the hashes are those of the bytes on the disk.</summary>
public sealed record StoredVersion(long Id, long SubmissionId, int TaskId, int PupilId, int Number, int NewestNumber, string Key, string Text, string Receipt, IReadOnlyList<string> FileHashes);

/// <summary>A data folder read without ClassHub's own code.</summary>
public sealed class StoredSchool : IDisposable
{
    private readonly string folder;
    private readonly SqliteConnection db;

    public StoredSchool(string folder)
    {
        this.folder = folder;
        db = Open(folder);
    }

    public static SqliteConnection Open(string folder)
    {
        var db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "classhub.db"), Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString());
        db.Open();
        return db;
    }

    public IEnumerable<string> Damage()
    {
        foreach (var row in Rows("PRAGMA integrity_check", r => r.GetString(0))) if (row != "ok") yield return $"damaged: {row}";
        foreach (var row in Rows("PRAGMA foreign_key_check", r => r.GetString(0))) yield return $"torn: a row of {row} points at nothing";
    }

    public List<StoredVersion> Versions(IReadOnlySet<int> tasks)
    {
        var files = Rows("SELECT a.VersionId, f.Key, f.Sha256 FROM SubmissionFiles a JOIN Files f ON f.Id = a.FileId ORDER BY a.VersionId, a.Place", r => (Version: r.GetInt64(0), Key: r.GetString(1), Told: r.GetString(2))).ToLookup(f => f.Version);
        return [.. Rows("SELECT v.Id, v.SubmissionId, s.TaskId, s.PupilId, v.Number, s.Number, v.Key, v.Text, v.Receipt FROM SubmissionVersions v JOIN Submissions s ON s.Id = v.SubmissionId",
            r => new StoredVersion(r.GetInt64(0), r.GetInt64(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetString(6), r.GetString(7), r.GetString(8), []))
            .Where(v => tasks.Contains(v.TaskId))
            .Select(v => v with { FileHashes = [.. files[v.Id].Select(f => Hash(f.Key, f.Told))] })];
    }

    private string Hash(string key, string told)
    {
        var path = Path.Combine(folder, "files", key[..2], key);
        if (!File.Exists(path)) return "missing";
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        return hash == told ? hash : $"{hash} instead of {told}";
    }

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    public void Dispose() => db.Dispose();
}
