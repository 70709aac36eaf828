using System.Buffers;
using System.Security.Cryptography;

namespace ClassHub.Media;

/// <summary>What some bytes are, found by reading them all.</summary>
public sealed record Bytes(long Size, string Sha256)
{
    private const int Slice = 81_920;

    /// <summary>Reads to the end, or <paramref name="most"/> bytes, and writes each slice to <paramref name="copy"/>, when there is one.</summary>
    public static async Task<Bytes> ReadAsync(Stream content, Stream? copy, CancellationToken stop, long most = long.MaxValue)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var slice = ArrayPool<byte>.Shared.Rent(Slice);
        long size = 0;
        try
        {
            for (int read; (read = await content.ReadAsync(slice.AsMemory(0, (int)Math.Min(Slice, most - size)), stop)) > 0; size += read)
            {
                hash.AppendData(slice, 0, read);
                if (copy is not null) await copy.WriteAsync(slice.AsMemory(0, read), stop);
            }
        }
        finally { ArrayPool<byte>.Shared.Return(slice); }
        return new(size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
