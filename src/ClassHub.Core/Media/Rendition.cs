namespace ClassHub.Media;

public enum RenditionKind
{
    /// <summary>A recording itself, copied without what the device noted in it, and so that one can jump in it. Sent in place of the file that came.</summary>
    Whole,
    Video,
    Sound,
    Picture,
    /// <summary>One moment of a video, shown before it plays.</summary>
    Poster,
    /// <summary>A page of a document, as a picture.</summary>
    Page,
}

/// <summary>A version of a file that we made: smaller, or so that every browser shows it. It can be made again at any time, so nothing of it is backed up.</summary>
public sealed class Rendition
{
    public int Id { get; private set; }
    public int FileId { get; private set; }
    public StoredFile File { get; private set; } = null!;
    public RenditionKind Kind { get; private set; }
    public string Key { get; private set; } = "";
    public string ContentType { get; private set; } = "";
    /// <summary>In bytes.</summary>
    public long Size { get; private set; }
    /// <summary>64 hexadecimal digits.</summary>
    public string Sha256 { get; private set; } = "";
    /// <summary>In pixels; 0 for sound and for what was only copied.</summary>
    public int Width { get; private set; }
    public int Height { get; private set; }
    /// <summary>Which page, from 1; 0 for what is no page.</summary>
    public int Number { get; private set; }

    private Rendition() { }

    public Rendition(int fileId, SavedBytes bytes, Made made)
    {
        (FileId, Key, Size, Sha256) = (fileId, bytes.Key.Value, bytes.Size, bytes.Sha256);
        (Kind, ContentType, Width, Height, Number) = (made.Kind, made.ContentType, made.Width, made.Height, made.Number);
    }
}

/// <summary>What was made and lies in a folder of ours, not yet kept.</summary>
public sealed record Made(RenditionKind Kind, string ContentType, string Path, int Width = 0, int Height = 0, int Number = 0);
