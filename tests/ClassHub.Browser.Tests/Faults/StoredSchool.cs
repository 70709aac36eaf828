using System.Globalization;
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

/// <summary>Rows as tests need them, without a page.</summary>
internal static class Rows
{
    /// <summary>The number it asks for, or nothing that means anything.</summary>
    public static long Run(this SqliteConnection db, string sql, params (string Name, object Value)[] values)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return Convert.ToInt64(command.ExecuteScalar() ?? 0, CultureInfo.InvariantCulture);
    }

    /// <summary>A task like the first one of the class, but nobody has begun it, everybody owes it, and it is open for ever.</summary>
    public static int NewTask(this SqliteConnection db, int classId, string title) => (int)db.Run("""
        BEGIN IMMEDIATE;
        INSERT INTO Posts (ClassId, Kind, AuthorId, Title, Body, IsForAll, PublishAt, AnnouncedAt, CreatedAt, EditedAt, Version)
            SELECT p.ClassId, p.Kind, p.AuthorId, $title, '', 1, p.PublishAt, p.AnnouncedAt, p.CreatedAt, p.EditedAt, 0
            FROM Posts p JOIN Tasks t ON t.Id = p.Id WHERE p.ClassId = $class AND p.PublishAt IS NOT NULL ORDER BY p.PublishAt LIMIT 1;
        INSERT INTO Tasks (Id, ClassId, Ways, Grace, StepCount, OnTodayUntil) SELECT Id, ClassId, 3, 'NextMorning', 0, '2100-01-01 00:00:00' FROM Posts WHERE Id = last_insert_rowid();
        COMMIT;
        SELECT max(Id) FROM Posts;
        """, ("$class", classId), ("$title", title));
}
