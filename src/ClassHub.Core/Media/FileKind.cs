using System.Text;

namespace ClassHub.Media;

/// <summary>What a file is, read from its first bytes. The browser's word and the name's ending are not believed.</summary>
public static class FileKind
{
    public const string Unknown = "application/octet-stream";

    internal static readonly (string Type, string Ending)[] Endings =
    [
        ("image/jpeg", ".jpg"), ("image/png", ".png"), ("image/gif", ".gif"), ("image/webp", ".webp"), ("image/heic", ".heic"), ("image/avif", ".avif"),
            ("image/bmp", ".bmp"), ("image/tiff", ".tif"),
        ("application/pdf", ".pdf"), ("audio/mpeg", ".mp3"), ("audio/mp4", ".m4a"), ("audio/ogg", ".ogg"), ("audio/wav", ".wav"), ("audio/webm", ".weba"),
            ("audio/flac", ".flac"), ("audio/amr", ".amr"),
        ("audio/aac", ".aac"), ("audio/aiff", ".aif"), ("audio/x-caf", ".caf"), ("video/mp4", ".mp4"), ("video/webm", ".webm"), ("video/quicktime", ".mov"),
            ("video/x-msvideo", ".avi"), ("video/mp2t", ".mts"),
        ("video/x-ms-asf", ".wmv"), ("video/mpeg", ".mpg"), ("application/zip", ".zip"), ("application/epub+zip", ".epub"), ("text/plain", ".txt"),
            .. ZipInside.Endings,
    ];

    /// <summary>The only kinds a browser may show inside a page; everything else is a download.</summary>
    public static bool MayBeShown(string type) => type is "image/jpeg" or "image/png" or "image/gif" or "image/webp"
        or "audio/mpeg" or "audio/mp4" or "audio/ogg" or "audio/wav" or "audio/webm" or "audio/flac" or "video/mp4" or "video/webm" or "video/quicktime";

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
        "application/epub+zip" => "Book",
        _ when type.StartsWith("image/", StringComparison.Ordinal) => "Picture",
        _ when IsSound(type) => "Sound",
        _ when IsVideo(type) => "Video",
        "text/plain" => "Text",
        _ when type.EndsWith("wordprocessingml.document", StringComparison.Ordinal) || type.Contains("ms-word", StringComparison.Ordinal)
            || type.EndsWith("opendocument.text", StringComparison.Ordinal) => "Document",
        _ when type.EndsWith("sheet", StringComparison.Ordinal) || type.Contains("ms-excel", StringComparison.Ordinal) => "Spreadsheet",
        _ when type.EndsWith("presentation", StringComparison.Ordinal) || type.Contains("ms-powerpoint", StringComparison.Ordinal) => "Slides",
        _ => "File",
    };

    /// <summary>"Picture": what the name of a file says that nobody knows by its bytes. None where names are no promise.</summary>
    public static string? Claim(string type, string name) => type != Unknown ? null
        : Endings.Where(e => IsPrepared(e.Type) && (EndsWith(name, e.Ending) || FileName.SameKind(Path.GetExtension(name), e.Ending)))
            .Select(e => InWords(e.Type)).FirstOrDefault();

    /// <param name="inside">What an archive says it is: see <see cref="ZipInside"/>.</param>
    public static string Sniff(ReadOnlySpan<byte> head, string? name, string? inside = null)
    {
        if (head is [0xFF, 0xD8, 0xFF, ..]) return "image/jpeg";
        if (head.StartsWith(Png)) return "image/png";
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return "image/gif";
        if (head.StartsWith("RIFF"u8) && head.Length >= 12)
            return Encoding.Latin1.GetString(head[8..12]) switch { "WEBP" => "image/webp", "WAVE" => "audio/wav", "AVI " => "video/x-msvideo", _ => Unknown };
        if (head.StartsWith(Pdf)) return "application/pdf";
        if (head.StartsWith("OggS"u8)) return "audio/ogg";
        if (head.StartsWith("ID3"u8) || head is [0xFF, 0xFB or 0xFA or 0xF3 or 0xF2 or 0xE3 or 0xE2, ..]) return "audio/mpeg";
        if (head is [0x1A, 0x45, 0xDF, 0xA3, ..]) return EndsWith(name, ".weba") ? "audio/webm" : "video/webm";
        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8)) return Boxed(head[8..12]) is var boxed && boxed == "video/mp4" && EndsWith(name, ".m4a") ? "audio/mp4" : boxed;
        // As cameras wrote films before there was a mark for them.
        if (head.Length >= 8 && EndsWith(name, ".mov") && Encoding.ASCII.GetString(head[4..8]) is "moov" or "mdat" or "wide" or "free" or "skip") return "video/quicktime";
        if (head is [(byte)'P', (byte)'K', 3, 4, ..]) return inside ?? Zipped(name);
        return OfDevices(head, name) ?? (IsText(head) && (EndsWith(name, ".txt") || EndsWith(name, ".md")) ? "text/plain" : Unknown);
    }

    /// <summary>What telephones, cameras, camcorders, scanners and older programs write, and no browser shows.</summary>
    private static string? OfDevices(ReadOnlySpan<byte> head, string? name)
    {
        if (head.StartsWith("#!AMR"u8)) return "audio/amr";
        if (head.StartsWith("fLaC"u8)) return "audio/flac";
        if (head.StartsWith("caff"u8)) return "audio/x-caf";
        if (head.Length >= 12 && head.StartsWith("FORM"u8) && Encoding.Latin1.GetString(head[8..12]) is "AIFF" or "AIFC") return "audio/aiff";
        if (head is [0xFF, 0xF1 or 0xF9, ..] && EndsWith(name, ".aac")) return "audio/aac";
        if (head is [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, ..]) return "video/x-ms-asf";
        if (head is [0, 0, 1, 0xBA, ..]) return "video/mpeg";
        if (EveryPacket(head, 0, 188) || EveryPacket(head, 4, 192)) return "video/mp2t";
        if (head.Length > 18 && head.StartsWith("BM"u8) && head[6..10].IndexOfAnyExcept((byte)0) < 0
            && head[14] is 12 or 40 or 52 or 56 or 64 or 108 or 124) return "image/bmp";
        // The raw photo of a camera begins like a scan; opened as one it would be its own small preview.
        return head is [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..]
            && (EndsWith(name, ".tif") || EndsWith(name, ".tiff") || FileName.Ending(name) == "") ? "image/tiff" : null;
    }

    private static bool EveryPacket(ReadOnlySpan<byte> head, int from, int length)
    {
        for (var at = from; at < head.Length; at += length) if (head[at] != 0x47) return false;
        return head.Length > from + 2 * length;
    }

    /// <summary>The head of a document or picture may stand behind a few bytes that a mail program or a line end left there.</summary>
    internal const int MostBefore = 1_024;
    private static ReadOnlySpan<byte> Pdf => "%PDF-"u8;
    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>What may stand behind other bytes, and where; to be believed only when the caged reader opened it. None when the name says something else, or
    /// when what stands before it could be a page.</summary>
    internal static (string Type, int At)? Behind(ReadOnlySpan<byte> head, string? name)
    {
        foreach (var (type, ending) in Endings.Where(e => e.Type is "application/pdf" or "image/jpeg" or "image/png"))
            if (FileName.Ending(name) is "" || EndsWith(name, ending) || FileName.SameKind(FileName.Ending(name), ending))
                if (head.IndexOf(type switch { "application/pdf" => Pdf, "image/png" => Png, _ => [0xFF, 0xD8, 0xFF] }) is > 0 and < MostBefore and var at
                    && !HasTag(head[..at])) return (type, at);
        return null;
    }

    private static bool HasTag(ReadOnlySpan<byte> before)
    {
        for (var at = 0; at < before.Length - 1; at++)
            if (before[at] == '<' && (char.IsAsciiLetter((char)before[at + 1]) || before[at + 1] is (byte)'!' or (byte)'?' or (byte)'/')) return true;
        return false;
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

    /// <summary>Where the inside of an archive does not say what it is, its name does.</summary>
    private static string Zipped(string? name) =>
        Endings.FirstOrDefault(e => e.Type.StartsWith("application/vnd", StringComparison.Ordinal) && EndsWith(name, e.Ending)).Type ?? "application/zip";

    private static bool IsText(ReadOnlySpan<byte> head) => head.Length > 0 && head.IndexOfAnyInRange((byte)0, (byte)8) < 0;

    private static bool EndsWith(string? name, string ending) => name?.Trim().EndsWith(ending, StringComparison.OrdinalIgnoreCase) == true;
}
