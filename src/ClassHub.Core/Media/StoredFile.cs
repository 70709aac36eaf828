namespace ClassHub.Media;

/// <summary>The meaning of some bytes: what they are called, of which kind, whose. Where they belong is said by the rows that point here.</summary>
public sealed class StoredFile
{
    public int Id { get; private set; }
    public string Key { get; private set; } = "";
    /// <summary>As the person called it, tidied for showing; never used as a path.</summary>
    public string Name { get; private set; } = "";
    /// <summary>The words of the name, by which it is found; none for a row from before they were kept.</summary>
    public string? Words { get; private set; }
    /// <summary>Found in the bytes, not taken from the browser.</summary>
    public string ContentType { get; private set; } = "";
    /// <summary>In bytes.</summary>
    public long Size { get; private set; }
    /// <summary>64 hexadecimal digits.</summary>
    public string Sha256 { get; private set; } = "";
    public int OwnerId { get; private set; }
    /// <summary>The class whose space it takes; none for a roster file.</summary>
    public int? ClassId { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    /// <summary>When something first pointed here; what nothing claims within a day is swept away.</summary>
    public DateTimeOffset? ClaimedAt { get; private set; }
    /// <summary>When the bytes were last compared with the hash; none before the first night.</summary>
    public DateTimeOffset? CheckedAt { get; private set; }
    /// <summary>Since when the bytes are known to be missing or changed.</summary>
    public DateTimeOffset? DamagedAt { get; private set; }
    /// <summary>When smaller versions were made, or it was clear that none can be; none while that is still to do.</summary>
    public DateTimeOffset? PreparedAt { get; private set; }
    /// <summary>Since when somebody makes them.</summary>
    public DateTimeOffset? PreparingSince { get; private set; }
    /// <summary>Why there is no smaller version, as a sentence.</summary>
    public string? Trouble { get; private set; }
    /// <summary>How long a recording plays; none when nobody knows.</summary>
    public int? Seconds { get; private set; }

    private StoredFile() { }

    /// <param name="inside">What an archive says it is.</param>
    public StoredFile(SavedBytes bytes, string? name, int ownerId, int? classId, DateTimeOffset now, string? inside = null)
    {
        (Key, Size, Sha256, OwnerId, ClassId, CreatedAt) = (bytes.Key.Value, bytes.Size, bytes.Sha256, ownerId, classId, now);
        ContentType = FileKind.Sniff(bytes.Head, name, inside);
        Name = FileName.Tidy(name, ContentType, now);
        KeepWords();
        // What may be a document behind other bytes is looked at, too.
        if (!FileKind.IsPrepared(ContentType) && (ContentType != FileKind.Unknown || FileKind.Behind(bytes.Head, name) is null)) PreparedAt = now;
    }

    public void KeepWords() => Words = Fold.Words(Name);
    public void Claim(DateTimeOffset now) => ClaimedAt ??= now;
    public void LetGo() => ClaimedAt = null;
    public void Checked(bool isWhole, DateTimeOffset now) => (CheckedAt, DamagedAt) = (now, isWhole ? null : DamagedAt ?? now);

    /// <param name="type">What it turned out to be when it was opened.</param>
    public void Prepared(string type, string? trouble, int? seconds, DateTimeOffset now)
    {
        (PreparedAt, PreparingSince, Trouble, Seconds) = (now, null, trouble, seconds);
        // What nobody knew by its bytes has no ending of ours yet.
        if (ContentType == FileKind.Unknown && type != FileKind.Unknown) Name = FileName.Tidy(Name, type, CreatedAt);
        ContentType = type;
    }
}
