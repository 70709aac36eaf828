namespace ClassHub.Media;

/// <summary>Parts of another stream and bytes of our own, read as one. Can be read from any place, for range requests.</summary>
internal sealed class PartsStream(Stream source) : Stream
{
    /// <summary>No picture is made of more; what is would only cost memory.</summary>
    private const int Most = 10_000;
    private readonly List<(long Start, long At, long Length, byte[]? Own)> parts = [];
    private long length, position;

    public void Keep(long at, long many)
    {
        many = Math.Min(many, source.Length - at);
        if (many <= 0 || parts.Count >= Most) return;
        // What follows on is the same part.
        if (parts.Count > 0 && parts[^1] is { Own: null } last && last.At + last.Length == at) parts[^1] = last with { Length = last.Length + many };
        else parts.Add((length, at, many, null));
        length += many;
    }

    public void Add(byte[] own)
    {
        parts.Add((length, 0, own.Length, own));
        length += own.Length;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken stop = default)
    {
        var (part, into, many) = Here(buffer.Length);
        if (many == 0) return 0;
        var slice = buffer[..many];
        if (part.Own is { } own) own.AsMemory(into, many).CopyTo(slice);
        else
        {
            source.Position = part.At + into;
            many = await source.ReadAsync(slice, stop);
        }
        position += many;
        return many;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var (part, into, many) = Here(buffer.Length);
        if (many == 0) return 0;
        if (part.Own is { } own) own.AsSpan(into, many).CopyTo(buffer);
        else
        {
            source.Position = part.At + into;
            many = source.Read(buffer[..many]);
        }
        position += many;
        return many;
    }

    private ((long Start, long At, long Length, byte[]? Own) Part, int Into, int Many) Here(int most)
    {
        var part = parts.FindLast(p => p.Start <= position);
        var into = position - part.Start;
        return (part, (int)Math.Min(into, int.MaxValue), (int)Math.Max(0, Math.Min(most, part.Length - into)));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;
    public override long Position { get => position; set => position = value; }
    public override long Seek(long offset, SeekOrigin origin) => position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => position + offset, _ => length + offset };
    public override void Flush() { }
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) source.Dispose();
        base.Dispose(disposing);
    }

    public override async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await base.DisposeAsync();
    }
}
