using System.Buffers.Binary;

namespace ClassHub.Media.Notes;

/// <summary>MP4, QuickTime and 3GP: boxes in boxes, each with its length and four letters.</summary>
internal static class Boxes
{
    /// <summary>At the top nothing else is of the film itself.</summary>
    private static readonly HashSet<string> OfTheFilm = ["ftyp", "styp", "moov", "moof", "mdat", "imda", "sidx", "ssix", "mfra", "pdin", "pnot", "wide",
        "free", "skip"];
    private static readonly HashSet<string> Folders = ["moov", "trak", "mdia", "minf", "mvex", "moof", "traf"];
    private static readonly HashSet<string> Notes = ["udta", "meta", "keys", "ilst", "uuid", "xml ", "bxml"];
    private const int Deepest = 8;

    /// <summary>As cameras began films before there was a mark for them.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> name) => Walk.Name(name) is "moov" or "mdat" or "wide" or "free" or "skip";

    public static void Find(Walk walk)
    {
        // What has no film in it is something else, and is left alone.
        if (!In(walk, 0, walk.Length, 0)) walk.Patches.Clear();
    }

    private static bool In(Walk walk, long from, long to, int depth)
    {
        Span<byte> head = stackalloc byte[16];
        var (isFilm, isTop) = (false, depth == 0);
        for (var at = from; at <= to - 8 && walk.MayStep() && walk.Read(at, head[..8]);)
        {
            var (length, name, own) = ((long)Walk.Big(head), Walk.Name(head[4..8]), 8);
            if (length == 1 && walk.Read(at, head)) (length, own) = ((long)Math.Min(long.MaxValue, BinaryPrimitives.ReadUInt64BigEndian(head[8..])), 16);
            else if (length == 0 && isTop) length = to - at;
            if (length < own || length > to - at || name.Any(letter => letter is < ' ' or > '~' and not '©')) break;
            isFilm |= name == "moov";
            if (name is "free" or "skip") walk.Clear(at + own, length - own);
            else if (Notes.Contains(name) || (isTop && !OfTheFilm.Contains(name)))
            {
                "free"u8.CopyTo(head[4..]);
                walk.Change(at, length, head[..own]);
            }
            else if (name is "mvhd" or "tkhd" or "mdhd") Times(walk, at + own, length - own);
            else if (Folders.Contains(name) && depth < Deepest) In(walk, at + own, at + length, depth + 1);
            at += length;
        }
        return isFilm;
    }

    /// <summary>When it was made and changed: a version, three bytes, and two numbers of four or of eight bytes.</summary>
    private static void Times(Walk walk, long at, long length)
    {
        Span<byte> version = stackalloc byte[1];
        if (walk.Read(at, version)) walk.Clear(at + 4, Math.Min(version[0] == 1 ? 16 : 8, Math.Max(0, length - 4)));
    }
}
