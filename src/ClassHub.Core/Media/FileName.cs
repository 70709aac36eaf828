namespace ClassHub.Media;

/// <summary>What a file is called: as it came, tidied.</summary>
public static class FileName
{
    private const int Longest = 120, LongestEnding = 12;

    /// <summary>".docx", small; empty when what stands behind the last point is no ending: "Version 1.2", "Mr. Okafor".</summary>
    public static string Ending(string? name)
    {
        var ending = Path.GetExtension(name?.Trim() ?? "").ToLowerInvariant();
        return ending.Length is > 1 and <= LongestEnding && ending[1..].All(char.IsAsciiLetterOrDigit) && !ending[1..].All(char.IsAsciiDigit) ? ending : "";
    }

    /// <summary>Without folders, control or direction-changing characters; with an ending that says what the bytes are. What programs save as an archive of
    /// their own keeps its own ending.</summary>
    public static string Tidy(string? name, string type, DateTimeOffset now)
    {
        var tidy = Shorten(name, Longest).Trim('.', ' ');
        foreach (var bad in "<>:\"|?*") tidy = tidy.Replace(bad, '-');
        var wanted = FileKind.Endings.FirstOrDefault(e => e.Type == type).Ending;
        if (tidy == "") return $"file-{now:yyyy-MM-dd}{wanted}";
        return wanted is null || Fits(Path.GetExtension(tidy), type, wanted) ? tidy : tidy + wanted;
    }

    /// <summary>A line without folders, cut in the middle rather than at its ending.</summary>
    public static string Shorten(string? name, int most)
    {
        var line = PlainText.Line(name?.Split('/', '\\')[^1], 4_000);
        if (line.Length <= most) return line;
        var ending = Ending(line) == "" ? "" : Path.GetExtension(line);
        return PlainText.Line(line[..^ending.Length], most - ending.Length) + ending;
    }

    /// <summary>What telephones, recorders and programs call their files, in lower case.</summary>
    private static readonly HashSet<string> OfDevices =
    [
        "img", "vid", "dsc", "dscn", "dscf", "pxl", "mvi", "mov", "aud", "ptt", "wa", "gopr", "fb", "wp", "mp", "hd", "rpreplay", "final", "burst", "trim",
            "clip", "capture", "cam", "camera", "webcam",
        "screenshot", "screen", "shot", "recording", "recorded", "record", "recorder", "whatsapp", "signal", "received", "image", "video", "audio", "voice",
            "memo", "photo", "picture", "pic", "film", "movie", "sound",
        "file", "scan", "scanned", "new", "untitled", "unnamed", "copy", "edited", "at", "am", "pm", "utc", "z", "t", "explanation",
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "january", "february", "march", "april", "june", "july",
            "august", "september", "october", "november", "december",
        "mon", "tue", "wed", "thu", "fri", "sat", "sun",
    ];

    /// <summary>For those who look at it in a page: "Mr Okafor explains" instead of "VID_20261129_101010.mp4", "fraction wall" instead of
    /// "fraction_wall.mp4". What its kind does not say in words keeps its ending.</summary>
    /// <param name="by">Whose it is, where that helps.</param>
    public static string InWords(string name, string type, string? by)
    {
        var kind = FileKind.InWords(type);
        if (kind is "File" or "Text") return name;
        var stem = Path.GetFileNameWithoutExtension(name);
        if (FileKind.IsPrepared(type) && type != "application/pdf" && IsOfDevice(stem)) return by is null ? kind : FileKind.IsPlayed(type) ? $"{by} explains"
            : $"{kind} from {by}";
        var words = stem.Contains(' ', StringComparison.Ordinal) ? stem : stem.Replace('_', ' ').Replace('-', ' ');
        return PlainText.Line(words, Longest) is { Length: > 0 } said ? said : name;
    }

    private static bool IsOfDevice(string stem) => (stem.Length >= 16 && stem.All(c => char.IsAsciiHexDigit(c) || c == '-'))
        || new string([.. stem.Select(c => char.IsLetter(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(OfDevices.Contains);

    private static bool Fits(string ending, string type, string wanted) => ending.Equals(wanted, StringComparison.OrdinalIgnoreCase) || SameKind(ending, wanted)
        // Programs have endings of their own for archives: only one that promises something else is not enough.
        || (ZipInside.IsArchive(type) && Ending(ending) is not ("" or ".zip") && !FileKind.Endings.Any(e =>
            e.Ending.Equals(ending, StringComparison.OrdinalIgnoreCase) && !ZipInside.IsArchive(e.Type)));

    internal static bool SameKind(string ending, string wanted) => (ending.ToLowerInvariant(), wanted) is
        (".jpeg", ".jpg") or (".tiff", ".tif") or (".dib", ".bmp") or (".md", ".txt") or (".oga" or ".opus", ".ogg") or (".m4v" or ".3gp" or ".3g2", ".mp4")
            or (".m4b" or ".mp4" or ".3gp", ".m4a") or (".heif", ".heic")
        or (".weba" or ".mkv", ".webm") or (".webm", ".weba") or (".m2ts" or ".ts" or ".m2t", ".mts") or (".wma" or ".asf", ".wmv")
            or (".mpeg" or ".vob", ".mpg") or (".aiff", ".aif");
}
