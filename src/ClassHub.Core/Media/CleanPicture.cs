using System.Buffers.Binary;

namespace ClassHub.Media;

/// <summary>A photo as it came, without what the camera noted in it: place, time, device, a smaller picture of itself, words of programs, and whatever was hung on behind. The picture itself is not touched, and which way up it is stays. Read by the standards: JPEG (ITU-T T.81 annex B), PNG (W3C), WebP (RFC 9649), GIF89a.</summary>
public static class CleanPicture
{
    public static bool Knows(string type) => type is "image/jpeg" or "image/png" or "image/webp" or "image/gif";

    /// <summary>What is kept of the picture, in order. From where it cannot be understood nothing is kept.</summary>
    public static Stream Of(Stream picture, string type)
    {
        var parts = new PartsStream(picture);
        switch (type)
        {
            case "image/jpeg": Jpeg(picture, parts, Start(picture, type)); break;
            case "image/png": Png(picture, parts, Start(picture, type)); break;
            case "image/webp": WebP(picture, parts); break;
            case "image/gif": Gif(picture, parts); break;
            default: throw new ArgumentException("Not a kind of picture that can be cleaned.", nameof(type));
        }
        return parts;
    }

    /// <summary>Behind what was left before the head, where it was opened all the same.</summary>
    private static long Start(Stream file, string type)
    {
        var head = new byte[2 * FileKind.MostBefore];
        file.Position = 0;
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return FileKind.Sniff(head, null) == FileKind.Unknown && FileKind.Behind(head, null) is { } found && found.Type == type ? found.At : 0;
    }

    private static void Jpeg(Stream file, PartsStream parts, long start)
    {
        parts.Keep(start, 2);
        Span<byte> head = stackalloc byte[18];
        for (var at = start + 2; Read(file, at, head[..4]) && head[0] == 0xFF;)
        {
            var (marker, length) = (head[1], (long)BinaryPrimitives.ReadUInt16BigEndian(head[2..]) + 2);
            if (marker == 0xFF) { at++; continue; }                                    // filling
            if (marker == 0xD9) { parts.Keep(at, 2); return; }
            if (at + length > file.Length || length < 4) return;
            if (marker == 0xE1 && Turned(file, at + 4, length - 4) is > 1 and <= 8 and var turned) parts.Add(Upright(turned));
            else if (marker is < 0xE0 or > 0xEF and not 0xFE || (Read(file, at + 4, head[..14]) && IsOfThePicture(marker, head))) parts.Keep(at, length);
            at += length;
            if (marker == 0xDA) at = KeepUntilMarker(file, at, parts);
        }
    }

    /// <summary>JFIF's density, the colours, and how Adobe mixed them. Not JFXX, which is a smaller picture of the picture.</summary>
    private static bool IsOfThePicture(byte marker, ReadOnlySpan<byte> head) => marker switch
    {
        0xE0 => head.StartsWith("JFIF\0"u8),
        0xE2 => head.StartsWith("ICC_PROFILE\0"u8),
        0xEE => head.StartsWith("Adobe"u8),
        _ => false,
    };

    /// <summary>The lines of the picture go on until a marker that is neither a zero in disguise nor a restart.</summary>
    private static long KeepUntilMarker(Stream file, long from, PartsStream parts)
    {
        var slice = new byte[64 * 1024];
        var (at, isMarker) = (from, false);
        file.Position = from;
        for (int read; (read = file.Read(slice)) > 0; at += read)
            for (var i = 0; i < read; i++)
            {
                if (isMarker && slice[i] is not (0 or 0xFF or >= 0xD0 and <= 0xD7))
                {
                    parts.Keep(from, at + i - 1 - from);
                    return at + i - 1;
                }
                isMarker = slice[i] == 0xFF;
            }
        parts.Keep(from, file.Length - from);
        return file.Length;
    }

    /// <summary>1 to 8, as Exif counts them (tag 0x0112 of its first directory); 0 when it is not said.</summary>
    private static int Turned(Stream file, long at, long length)
    {
        var exif = new byte[Math.Min(length, 4_096)];
        if (!Read(file, at, exif) || !exif.AsSpan().StartsWith("Exif\0\0"u8) || exif.Length < 14) return 0;
        var tiff = exif.AsSpan(6);
        var isLittle = tiff.StartsWith("II"u8);
        var directory = Number(tiff, 4, 4, isLittle);
        for (var i = 0; i < Number(tiff, directory, 2, isLittle); i++)
            if (Number(tiff, directory + 2 + i * 12L, 2, isLittle) == 0x0112) return (int)Number(tiff, directory + 2 + i * 12L + 8, 2, isLittle);
        return 0;
    }

    private static long Number(ReadOnlySpan<byte> tiff, long at, int bytes, bool isLittle)
    {
        if (at < 0 || at + bytes > tiff.Length) return 0;
        var from = tiff.Slice((int)at, bytes);
        return bytes == 2 ? isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(from) : BinaryPrimitives.ReadUInt16BigEndian(from)
            : isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(from) : BinaryPrimitives.ReadUInt32BigEndian(from);
    }

    /// <summary>An Exif segment that says which way up, and nothing else.</summary>
    private static byte[] Upright(int turned) =>
        [0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)turned, 0, 0, 0, 0, 0, 0];

    private static readonly HashSet<string> OfPng = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"];

    private static void Png(Stream file, PartsStream parts, long start)
    {
        parts.Keep(start, 8);
        Span<byte> head = stackalloc byte[8];
        for (var at = start + 8; Read(file, at, head);)
        {
            var (length, name) = (BinaryPrimitives.ReadUInt32BigEndian(head) + 12L, System.Text.Encoding.ASCII.GetString(head[4..]));
            if (at + length > file.Length) return;
            if (OfPng.Contains(name)) parts.Keep(at, length);
            if (name == "IEND") return;
            at += length;
        }
    }

    private static void WebP(Stream file, PartsStream parts)
    {
        var kept = new List<(long At, long Length)>();
        Span<byte> head = stackalloc byte[18];
        byte[]? features = null;
        for (long at = 12; Read(file, at, head[..8]);)
        {
            var (length, name) = (BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) + 8L, System.Text.Encoding.ASCII.GetString(head[..4]));
            length += length % 2;
            if (at + length > file.Length) break;
            if (name == "VP8X" && length == 18 && Read(file, at, head))
            {
                head[8] &= 0b1111_0011;                                                // neither Exif nor XMP follows
                features = head.ToArray();
            }
            else if (name is "VP8 " or "VP8L" or "ALPH" or "ANIM" or "ANMF" or "ICCP") kept.Add((at, length));
            at += length;
        }
        var size = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)(4 + (features?.Length ?? 0) + kept.Sum(k => k.Length)));
        parts.Add([.. "RIFF"u8, .. size, .. "WEBP"u8, .. features ?? []]);
        foreach (var (at, length) in kept) parts.Keep(at, length);
    }

    private static void Gif(Stream file, PartsStream parts)
    {
        var head = new byte[14];
        if (!Read(file, 0, head.AsSpan(0, 13))) return;
        var at = 13L + Colours(head[10]);
        parts.Keep(0, at);
        while (Read(file, at, head.AsSpan(0, 1)))
        {
            var from = at;
            switch (head[0])
            {
                case 0x2C when Read(file, at, head.AsSpan(0, 10)):
                    at = AfterBlocks(file, at + 11 + Colours(head[9]));
                    parts.Keep(from, at - from);
                    break;
                case 0x21 when Read(file, at, head):
                    at = AfterBlocks(file, at + 2);
                    if (head[1] == 0xF9 || (head[1] == 0xFF && head.AsSpan(3).StartsWith("NETSCAPE2.0"u8[..11]))) parts.Keep(from, at - from);
                    break;
                case 0x3B: parts.Keep(at, 1); return;
                default: return;
            }
        }
    }

    private static int Colours(byte packed) => (packed & 0x80) == 0 ? 0 : 3 << ((packed & 7) + 1);

    private static long AfterBlocks(Stream file, long at)
    {
        Span<byte> length = stackalloc byte[1];
        while (Read(file, at, length) && length[0] != 0) at += length[0] + 1;
        return Math.Min(at + 1, file.Length);
    }

    private static bool Read(Stream file, long at, Span<byte> into)
    {
        if (at < 0 || at + into.Length > file.Length) return false;
        file.Position = at;
        file.ReadExactly(into);
        return true;
    }
}
