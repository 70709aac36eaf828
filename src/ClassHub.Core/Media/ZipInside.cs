using System.Buffers.Binary;
using System.Text;

namespace ClassHub.Media;

/// <summary>What an archive is, by the names of what it holds: a telephone shares a document without its ending. Only the list of names is read, up to a
/// limit; nothing is unpacked.</summary>
public static class ZipInside
{
    /// <summary>The list lies at the end, behind at most 64 KB of words.</summary>
    private const int MostEnd = 66_000, MostList = 512 * 1024, MostNames = 4_000;
    private const string Office = "application/vnd.openxmlformats-officedocument.", Open = "application/vnd.oasis.opendocument.";

    internal static readonly (string Type, string Ending)[] Endings =
    [
        (Office + "wordprocessingml.document", ".docx"), (Office + "spreadsheetml.sheet", ".xlsx"), (Office + "presentationml.presentation", ".pptx"),
        ("application/vnd.ms-word.document.macroEnabled.12", ".docm"), ("application/vnd.ms-excel.sheet.macroEnabled.12", ".xlsm"),
            ("application/vnd.ms-powerpoint.presentation.macroEnabled.12", ".pptm"),
        (Open + "text", ".odt"), (Open + "presentation", ".odp"), (Open + "spreadsheet", ".ods"), (Open + "graphics", ".odg"),
    ];

    public static bool IsArchive(string type) => type is "application/zip" or "application/epub+zip" || Endings.Any(e => e.Type == type);

    /// <summary>Nothing when it is no archive, or one of no known kind.</summary>
    public static async Task<string?> KindInsideAsync(this IFileStore store, SavedBytes bytes, CancellationToken stop)
    {
        if (bytes.Head is not [(byte)'P', (byte)'K', 3, 4, ..]) return null;
        await using var file = await store.OpenAsync(bytes.Key, stop);
        return Of(file, bytes.Head);
    }

    internal static string? Of(Stream file, ReadOnlySpan<byte> head) => Said(head) ?? OfNames(Names(file));

    /// <summary>Books and open documents say it in their first piece, in plain letters.</summary>
    private static string? Said(ReadOnlySpan<byte> head)
    {
        if (head.Length < 38 || BinaryPrimitives.ReadUInt16LittleEndian(head[8..]) != 0 || BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) != 8
            || !head[30..38].SequenceEqual("mimetype"u8)) return null;
        var content = head[Math.Min(head.Length, 38 + BinaryPrimitives.ReadUInt16LittleEndian(head[28..]))..];
        var said = Encoding.ASCII.GetString(content[..Math.Min(content.Length, 100)]);
        return said.StartsWith("application/epub+zip", StringComparison.Ordinal) ? "application/epub+zip"
            : Endings.Where(e => said.StartsWith(e.Type, StringComparison.Ordinal)).Select(e => e.Type).FirstOrDefault();
    }

    private static string? OfNames(List<string> names)
    {
        if (!names.Contains("[Content_Types].xml")) return null;
        var hasProgram = names.Exists(n => n.EndsWith("/vbaProject.bin", StringComparison.Ordinal));
        var place = Array.FindIndex((string[])["word/", "xl/", "ppt/"], folder => names.Exists(n => n.StartsWith(folder, StringComparison.Ordinal)));
        return place < 0 ? null : Endings[hasProgram ? place + 3 : place].Type;
    }

    private static List<string> Names(Stream file)
    {
        var end = Read(file, Math.Max(0, file.Length - MostEnd), MostEnd);
        var at = end.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + 22 > end.Length) return [];
        var list = Read(file, BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(at + 16)),
            (int)Math.Min(MostList, BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(at + 12)))).AsSpan();
        var names = new List<string>();
        while (names.Count < MostNames && list.Length >= 46 && list.StartsWith("PK\u0001\u0002"u8))
        {
            var (name, more) = (BinaryPrimitives.ReadUInt16LittleEndian(list[28..]),
                BinaryPrimitives.ReadUInt16LittleEndian(list[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(list[32..]));
            if (46 + name > list.Length) break;
            names.Add(Encoding.Latin1.GetString(list.Slice(46, name)));
            list = list[Math.Min(list.Length, 46 + name + more)..];
        }
        return names;
    }

    private static byte[] Read(Stream file, long at, int most)
    {
        if (at >= file.Length) return [];
        var bytes = new byte[(int)Math.Min(most, file.Length - at)];
        file.Position = at;
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}
