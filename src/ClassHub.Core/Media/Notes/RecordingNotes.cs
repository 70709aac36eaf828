using ClassHub.Media.Notes;

namespace ClassHub.Media;

/// <summary>Bytes of a file that are replaced by as many others: by <paramref name="Head"/>, and by noughts up to the length.</summary>
internal readonly record struct Patch(long At, long Length, byte[] Head);

/// <summary>What a device noted in a film or sound: place, time, its own name, the name of a program. Overwritten where it stands by free space of equal
/// length, so that
/// nothing else moves: the file stays as valid as it was and its pictures and sounds are not touched. Only heads are read and nothing is decoded; what cannot
/// be understood stays.
/// Read by the standards: ISO 14496-12 and QuickTime, Matroska (RFC 9559), RIFF, FLAC (RFC 9639), ID3.</summary>
public static class RecordingNotes
{
    private static readonly byte[] Noughts = new byte[64 * 1024];

    public static bool AreIn(Stream file) => Find(file).Count > 0;

    /// <summary>Writes over the notes, and tells whether there were any. Done twice it is done once: what was stopped half-way is begun again.</summary>
    public static bool Overwrite(Stream file)
    {
        var patches = Find(file);
        foreach (var (at, length, head) in patches)
        {
            // The words first: a head that already says "free" would hide what is left of them.
            file.Position = at + head.Length;
            for (var left = length - head.Length; left > 0; left -= Noughts.Length) file.Write(Noughts, 0, (int)Math.Min(left, Noughts.Length));
            file.Position = at;
            file.Write(head);
        }
        return patches.Count > 0;
    }

    private static List<Patch> Find(Stream file)
    {
        var walk = new Walk(file);
        Span<byte> head = stackalloc byte[12];
        if (!walk.Read(0, head)) return [];
        if (head[4..8].SequenceEqual("ftyp"u8)) { if (!FileKind.Sniff(head, null).StartsWith("image/", StringComparison.Ordinal)) Boxes.Find(walk); }
        else if (Boxes.MayBegin(head[4..8])) Boxes.Find(walk);
        else if (head is [0x1A, 0x45, 0xDF, 0xA3, ..]) Matroska.Find(walk);
        else if (head[..4].SequenceEqual("RIFF"u8)) Chunks.Find(walk);
        else if (head[..4].SequenceEqual("fLaC"u8)) Tags.Flac(walk);
        if (FileKind.Sniff(head, null) == "audio/mpeg") Tags.Id3(walk);
        return walk.Patches;
    }
}
