namespace ClassHub.Backups;

/// <summary>Ends where the disk stops giving bytes, and remembers that it did.</summary>
internal sealed class UntilUnreadable(Stream inner) : Stream
{
    public bool IsCut { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken stop = default)
    {
        try { return IsCut ? 0 : await inner.ReadAsync(buffer, stop); }
        catch (IOException)
        {
            IsCut = true;
            return 0;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
