using System.Buffers.Binary;
using System.Numerics;

namespace ClassHub.Media.Notes;

/// <summary>Matroska and WebM: elements, each with a number that says what it is, and a length that a browser which records may not know yet.</summary>
internal static class Matroska
{
    private const uint Root = 0x18538067, Cluster = 0x1F43B675, SeekHead = 0x114D9B74, Seek = 0x4DBB, SeekId = 0x53AB, Info = 0x1549A966, Tags = 0x1254C367,
        Attachments = 0x1941A469,
        Title = 0x7BA9, Date = 0x4461, FileName = 0x7384, NameBefore = 0x3C83AB, NameAfter = 0x3E83BB, Sum = 0xBF, Void = 0xEC;

    private readonly record struct Element(uint Id, long At, long Body, long? Length)
    {
        public long End => Body + (Length ?? 0);
    }

    public static void Find(Walk walk)
    {
        // A film and its clusters are stepped into: what they hold stands in one row, and where they end need not be known.
        for (long at = 0; walk.MayStep() && Read(walk, at, walk.Length) is { } element; at = element.End)
        {
            if (element is { Id: Root } or { Id: Cluster, Length: null }) element = element with { Length = 0 };
            else if (element.Length is null) return;
            else if (element.Id is Tags or Attachments) Free(walk, element);
            else if (element.Id == Void) walk.Clear(element.Body, element.End - element.Body);
            else if (element.Id is Info or SeekHead) In(walk, element);
        }
    }

    private static void In(Walk walk, Element folder)
    {
        var before = walk.Patches.Count;
        var sums = new List<Element>();
        for (var at = folder.Body; walk.MayStep() && Read(walk, at, folder.End) is { Length: not null } element; at = element.End)
        {
            if (element.Id is Title or Date or FileName or NameBefore or NameAfter || (element.Id == Seek && LeadsToNotes(walk, element))) Free(walk, element);
            else if (element.Id == Sum) sums.Add(element);
        }
        // Its sum would no longer be right.
        if (walk.Patches.Count > before) foreach (var sum in sums) Free(walk, sum);
    }

    private static bool LeadsToNotes(Walk walk, Element seek)
    {
        Span<byte> id = stackalloc byte[4];
        for (var at = seek.Body; walk.MayStep() && Read(walk, at, seek.End) is { Length: not null } element; at = element.End)
            if (element is { Id: SeekId, Length: 4 } && walk.Read(element.Body, id)) return Walk.Big(id) is Tags or Attachments;
        return false;
    }

    private static void Free(Walk walk, Element element)
    {
        var all = element.End - element.At;
        Span<byte> head = stackalloc byte[9];
        if (all <= 128) walk.Change(element.At, all, [(byte)Void, (byte)(0x80 | (all - 2))]);
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(head[1..], all - 9);
            (head[0], head[1]) = ((byte)Void, 0x01);
            walk.Change(element.At, all, head);
        }
    }

    private static Element? Read(Walk walk, long at, long end)
    {
        if (Number(walk, at, end, mayHold: 4, keepsMark: true) is not { } id || Number(walk, at + id.Bytes, end, mayHold: 8,
            keepsMark: false) is not { } length) return null;
        var body = at + id.Bytes + length.Bytes;
        return length.Value is { } known && known > end - body ? null : new((uint)id.Value!, at, body, length.Value);
    }

    /// <summary>The noughts before the first one say how many bytes it has; all ones mean that nobody knows.</summary>
    private static (long? Value, int Bytes)? Number(Walk walk, long at, long end, int mayHold, bool keepsMark)
    {
        Span<byte> all = stackalloc byte[8];
        if (at >= end || !walk.Read(at, all[..1])) return null;
        var bytes = BitOperations.LeadingZeroCount((uint)all[0]) - 23;
        if (bytes > mayHold || at + bytes > end || !walk.Read(at, all[..bytes])) return null;
        long value = keepsMark ? all[0] : all[0] & (0xFF >> bytes), unknown = 0xFF >> bytes;
        for (var i = 1; i < bytes; i++) (value, unknown) = (value << 8 | all[i], unknown << 8 | 0xFF);
        return (!keepsMark && value == unknown ? null : value, bytes);
    }
}
