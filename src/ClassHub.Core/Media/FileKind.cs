using System.Text;

namespace ClassHub.Media;

/// <summary>What a file is, read from its first bytes. The browser's word and the name's ending are not believed.</summary>
public static class FileKind
{
    public const string Unknown = "application/octet-stream";

    private static readonly (string Type, string Ending)[] Endings =
    [
        ("image/jpeg", ".jpg"), ("image/png", ".png"), ("image/gif", ".gif"), ("image/webp", ".webp"), ("image/heic", ".heic"), ("image/avif", ".avif"),
        ("application/pdf", ".pdf"), ("audio/mpeg", ".mp3"), ("audio/mp4", ".m4a"), ("audio/ogg", ".ogg"), ("audio/wav", ".wav"), ("audio/webm", ".weba"),
        ("video/mp4", ".mp4"), ("video/webm", ".webm"), ("video/quicktime", ".mov"), ("application/zip", ".zip"), ("text/plain", ".txt"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
        ("application/vnd.oasis.opendocument.text", ".odt"), ("application/vnd.oasis.opendocument.presentation", ".odp"),
    ];

    /// <summary>The only kinds a browser may show inside a page; everything else is a download.</summary>
    public static bool MayBeShown(string type) => type is "image/jpeg" or "image/png" or "image/gif" or "image/webp"
        or "audio/mpeg" or "audio/mp4" or "audio/ogg" or "audio/wav" or "audio/webm" or "video/mp4" or "video/webm" or "video/quicktime";

    /// <summary>Kinds that every browser in use shows or plays. A voice that Chromium records (WebM) is silent on an older iPad.</summary>
    public static bool OpensEverywhere(string type) => type is "image/jpeg" or "image/png" or "image/gif" or "audio/mpeg" or "audio/mp4" or "audio/wav" or "video/mp4";

    /// <summary>Kinds of which smaller versions, or versions that every browser shows, are made.</summary>
    public static bool IsPrepared(string type) => type.StartsWith("image/", StringComparison.Ordinal) || IsSound(type) || IsVideo(type) || type == "application/pdf";

    public static bool IsPicture(string type) => type is "image/jpeg" or "image/png" or "image/gif" or "image/webp";
    public static bool IsSound(string type) => type.StartsWith("audio/", StringComparison.Ordinal);
    public static bool IsVideo(string type) => type.StartsWith("video/", StringComparison.Ordinal);
    public static bool IsPlayed(string type) => IsSound(type) || IsVideo(type);

    /// <summary>"PDF", "Picture", "Sound": for people.</summary>
    public static string InWords(string type) => type switch
    {
        "application/pdf" => "PDF",
        _ when type.StartsWith("image/", StringComparison.Ordinal) => "Picture",
        _ when IsSound(type) => "Sound",
        _ when IsVideo(type) => "Video",
        "text/plain" => "Text",
        _ when type.EndsWith("wordprocessingml.document", StringComparison.Ordinal) || type.EndsWith("opendocument.text", StringComparison.Ordinal) => "Document",
        _ when type.EndsWith("spreadsheetml.sheet", StringComparison.Ordinal) => "Spreadsheet",
        _ when type.EndsWith("presentation", StringComparison.Ordinal) => "Slides",
        _ => "File",
    };

    /// <summary>"Picture": what the name of a file says that nobody knows by its bytes. None where names are no promise.</summary>
    public static string? Claim(string type, string name) => type != Unknown ? null
        : Endings.Where(e => IsPrepared(e.Type) && (EndsWith(name, e.Ending) || SameKind(Path.GetExtension(name), e.Ending))).Select(e => InWords(e.Type)).FirstOrDefault();

    public static string Sniff(ReadOnlySpan<byte> head, string? name)
    {
        if (head is [0xFF, 0xD8, 0xFF, ..]) return "image/jpeg";
        if (head is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..]) return "image/png";
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return "image/gif";
        if (head.StartsWith("RIFF"u8) && head.Length >= 12) return head[8..12].SequenceEqual("WEBP"u8) ? "image/webp" : head[8..12].SequenceEqual("WAVE"u8) ? "audio/wav" : Unknown;
        if (head.StartsWith("%PDF-"u8)) return "application/pdf";
        if (head.StartsWith("OggS"u8)) return "audio/ogg";
        if (head.StartsWith("ID3"u8) || head is [0xFF, 0xFB or 0xFA or 0xF3 or 0xF2 or 0xE3 or 0xE2, ..]) return "audio/mpeg";
        if (head is [0x1A, 0x45, 0xDF, 0xA3, ..]) return EndsWith(name, ".weba") ? "audio/webm" : "video/webm";
        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8)) return Boxed(head[8..12]) is var boxed && boxed == "video/mp4" && EndsWith(name, ".m4a") ? "audio/mp4" : boxed;
        // As cameras wrote films before there was a mark for them.
        if (head.Length >= 8 && EndsWith(name, ".mov") && Encoding.ASCII.GetString(head[4..8]) is "moov" or "mdat" or "wide" or "free" or "skip") return "video/quicktime";
        if (head is [(byte)'P', (byte)'K', 3, 4, ..]) return Zipped(name);
        return IsText(head) && (EndsWith(name, ".txt") || EndsWith(name, ".md")) ? "text/plain" : Unknown;
    }

    private static string Boxed(ReadOnlySpan<byte> brand) => Encoding.ASCII.GetString(brand) switch
    {
        "heic" or "heix" or "hevc" or "mif1" or "msf1" => "image/heic",
        "avif" or "avis" => "image/avif",
        "crx " => Unknown, // the raw photo of a camera
        "M4A " or "M4B " => "audio/mp4",
        "qt  " => "video/quicktime",
        _ => "video/mp4",
    };

    /// <summary>Office documents are zips; we never open them, so here the ending decides between two kinds of download.</summary>
    private static string Zipped(string? name) =>
        Endings.FirstOrDefault(e => e.Type.StartsWith("application/vnd", StringComparison.Ordinal) && EndsWith(name, e.Ending)).Type ?? "application/zip";

    private static bool IsText(ReadOnlySpan<byte> head) => head.Length > 0 && head.IndexOfAnyInRange((byte)0, (byte)8) < 0;

    private static bool EndsWith(string? name, string ending) => name?.Trim().EndsWith(ending, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The name without folders, control or direction-changing characters; with an ending that says what the bytes are.</summary>
    public static string TidyName(string? name, string type, DateTimeOffset now)
    {
        var tidy = PlainText.Line(name?.Split('/', '\\')[^1], 120).Trim('.', ' ');
        foreach (var bad in "<>:\"|?*") tidy = tidy.Replace(bad, '-');
        var wanted = Endings.FirstOrDefault(e => e.Type == type).Ending;
        if (tidy == "") return $"file-{now:yyyy-MM-dd}{wanted}";
        var ending = Path.GetExtension(tidy);
        return wanted is null || ending.Equals(wanted, StringComparison.OrdinalIgnoreCase) || SameKind(ending, wanted) ? tidy : tidy + wanted;
    }

    private static bool SameKind(string ending, string wanted) => (ending.ToLowerInvariant(), wanted) is
        (".jpeg", ".jpg") or (".md", ".txt") or (".oga" or ".opus", ".ogg") or (".m4v" or ".3gp", ".mp4") or (".m4b", ".m4a") or (".heif", ".heic") or (".weba" or ".mkv", ".webm")
        // What schools' programs save as a zip of their own: drawings, books, music, Scratch and GeoGebra.
        or (".ods" or ".odg" or ".odf" or ".epub" or ".sb2" or ".sb3" or ".ggb" or ".mscz" or ".pages" or ".numbers" or ".key" or ".notebook" or ".flipchart", ".zip");
}
