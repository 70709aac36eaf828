namespace ClassHub.Media.Notes;

/// <summary>AVI and WAV: pieces with four letters and a length, in even places.</summary>
internal static class Chunks
{
    private static readonly HashSet<string> Folders = ["hdrl", "strl", "AVIX"];
    private static readonly HashSet<string> Lists = ["INFO", "exif", "Exif", "XMP "];
    private static readonly HashSet<string> Notes = ["IDIT", "ISMP", "strd", "strn", "bext", "iXML", "axml", "cart", "id3 ", "ID3 ", "_PMX", "XMP "];
    private const int Deepest = 6;

    public static void Find(Walk walk)
    {
        Span<byte> kind = stackalloc byte[4];
        if (walk.Read(8, kind) && Walk.Name(kind) is "AVI " or "WAVE") In(walk, 12, walk.Length, 0);
    }

    private static void In(Walk walk, long from, long to, int depth)
    {
        Span<byte> head = stackalloc byte[12];
        for (var at = from; at <= to - 8 && walk.MayStep() && walk.Read(at, head[..8]);)
        {
            var (length, name) = ((long)Walk.Little(head[4..]), Walk.Name(head[..4]));
            if (length > to - at - 8) return;
            var list = name is "LIST" or "RIFF" && length >= 4 && walk.Read(at, head) ? Walk.Name(head[8..]) : "";
            if (list != "" && Folders.Contains(list) && depth < Deepest) In(walk, at + 12, at + 8 + length, depth + 1);
            else if (name == "JUNK") walk.Clear(at + 8, length);
            else if (Notes.Contains(name) || Lists.Contains(list))
            {
                "JUNK"u8.CopyTo(head);
                walk.Change(at, 8 + length, head[..8]);
            }
            at += 8 + length + length % 2;
        }
    }
}
