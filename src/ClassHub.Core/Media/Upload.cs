namespace ClassHub.Media;

/// <summary>A file on its way in. It is continued after every broken connection, and becomes a <see cref="StoredFile"/> under the same key when all of it is there. How much is there is said by the bytes on the disk alone.</summary>
public sealed class Upload
{
    /// <summary>After its last change; then the sweep takes what came.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);
    /// <summary>Unfinished uploads of one person.</summary>
    public const int MostOpen = 20;

    public int Id { get; private set; }
    /// <summary>In its address, and the name of its bytes.</summary>
    public string Key { get; private set; } = "";
    public int OwnerId { get; private set; }
    /// <summary>The class whose space it takes.</summary>
    public int? ClassId { get; private set; }
    /// <summary>As the person called it.</summary>
    public string Name { get; private set; } = "";
    /// <summary>In bytes, once it is whole.</summary>
    public long Length { get; private set; }
    public DateTimeOffset StartedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    /// <summary>What was sent, where the notes of a device were overwritten in it: 64 hexadecimal digits. None where it was kept as it came.</summary>
    public string? SentSha256 { get; private set; }
    /// <summary>What it became.</summary>
    public int? FileId { get; private set; }

    private Upload() { }

    public Upload(FileKey key, string? name, long length, int ownerId, int? classId, DateTimeOffset now)
    {
        (Key, Length, OwnerId, ClassId, StartedAt, ExpiresAt) = (key.Value, length, ownerId, classId, now, now + Lasts);
        Name = FileName.Shorten(name, 200);
    }

    public bool IsFinished => FileId is not null;
    public bool IsExpired(DateTimeOffset now) => !IsFinished && ExpiresAt <= now;

    public void Sent(string sha256) => SentSha256 ??= sha256;
    public void Finish(int fileId) => FileId ??= fileId;
    /// <summary>Something came, so it lasts as long again.</summary>
    public void Continue(DateTimeOffset now) => ExpiresAt = now + Lasts;
}
