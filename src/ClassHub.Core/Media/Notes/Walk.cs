using System.Buffers.Binary;
using System.Text;

namespace ClassHub.Media.Notes;

/// <summary>A way through the heads of a file, which ends whatever the file says: so many steps, so many places to change.</summary>
internal sealed class Walk(Stream file)
{
    private const int MostSteps = 1_000_000, MostPatches = 20_000;
    private int steps;

    public List<Patch> Patches { get; } = [];
    public long Length { get; } = file.Length;

    /// <summary>False when this file has been walked long enough.</summary>
    public bool MayStep() => ++steps <= MostSteps && Patches.Count < MostPatches;

    /// <summary>False when not all of it is there.</summary>
    public bool Read(long at, Span<byte> into)
    {
        if (at < 0 || at > Length - into.Length) return false;
        file.Position = at;
        return file.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) == into.Length;
    }

    /// <summary>Only what is not so already, so that a file that was cleaned has nothing to change.</summary>
    public void Change(long at, long length, ReadOnlySpan<byte> head)
    {
        if (length < head.Length || at < 0 || at > Length - length || length == 0 || IsSo(at, length, head)) return;
        Patches.Add(new(at, length, head.ToArray()));
    }

    public void Clear(long at, long length) => Change(at, length, []);

    private bool IsSo(long at, long length, ReadOnlySpan<byte> head)
    {
        var slice = new byte[(int)Math.Min(length, 4_096)];
        for (long done = 0; done < length; done += slice.Length)
        {
            var some = slice.AsSpan(0, (int)Math.Min(slice.Length, length - done));
            if (!Read(at + done, some)) return false;
            if (done == 0 && !some.StartsWith(head)) return false;
            if (some[(done == 0 ? head.Length : 0)..].IndexOfAnyExcept((byte)0) >= 0) return false;
        }
        return true;
    }

    public static uint Big(ReadOnlySpan<byte> four) => BinaryPrimitives.ReadUInt32BigEndian(four);
    public static uint Little(ReadOnlySpan<byte> four) => BinaryPrimitives.ReadUInt32LittleEndian(four);
    public static string Name(ReadOnlySpan<byte> four) => Encoding.Latin1.GetString(four);
}
