namespace ClassHub.Media.Notes;

/// <summary>What stands before and behind music: titles, covers, words of programs.</summary>
internal static class Tags
{
    private const byte Application = 2, Comment = 4, Picture = 6, Padding = 1;

    public static void Flac(Walk walk)
    {
        Span<byte> head = stackalloc byte[4];
        for (long at = 4; walk.MayStep() && walk.Read(at, head);)
        {
            var (isLast, kind, length) = ((head[0] & 0x80) != 0, head[0] & 0x7F, (long)(head[1] << 16 | head[2] << 8 | head[3]));
            if (length > walk.Length - at - 4) return;
            if (kind == Padding) walk.Clear(at + 4, length);
            else if (kind is Application or Comment or Picture) walk.Change(at, 4 + length, [(byte)(head[0] & 0x80 | Padding), head[1], head[2], head[3]]);
            if (isLast) return;
            at += 4 + length;
        }
    }

    /// <summary>The tag before the sound becomes one that holds nothing; the 128 bytes behind it keep only their mark.</summary>
    public static void Id3(Walk walk)
    {
        Span<byte> head = stackalloc byte[10];
        if (walk.Read(0, head) && head.StartsWith("ID3"u8) && head[6..].IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0)
        {
            var length = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9];
            walk.Clear(5, 1);
            walk.Clear(10, Math.Min(walk.Length - 10, (head[5] & 0x10) == 0 ? length : length + 10L));
        }
        if (walk.Length >= 128 && walk.Read(walk.Length - 128, head) && head.StartsWith("TAG"u8)) walk.Clear(walk.Length - 125, 125);
    }
}
