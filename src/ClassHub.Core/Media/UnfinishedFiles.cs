using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ClassHub.Media;

/// <summary>The bytes of uploads on their way. What is told of a length is on the disk; a second writer of the same file is turned away.</summary>
public sealed class UnfinishedFiles
{
    private const int Slice = 65_536;
    /// <summary>At most so many bytes wait to be made durable while more arrive.</summary>
    private const int SyncEvery = 4 << 20;
    private readonly string folder;

    public UnfinishedFiles(string dataFolder)
    {
        folder = Path.Combine(dataFolder, "uploads");
        Directory.CreateDirectory(folder);
        DurableFile.SyncFolder(dataFolder);
    }

    /// <exception cref="NoRoomLeft">The disk has no space for it.</exception>
    public void Start(FileKey key)
    {
        try
        {
            using (var file = new FileStream(PathOf(key), FileMode.CreateNew, FileAccess.Write)) Sync(file.SafeFileHandle, key);
            DurableFile.SyncFolder(folder);
        }
        catch (IOException full) when (DurableFile.IsFull(full)) { throw new NoRoomLeft(); }
    }

    /// <summary>How many bytes would survive a power cut at this moment; none when there is no such file.</summary>
    /// <exception cref="UploadBusy">A request still writes to it, or asks the same.</exception>
    public long? DurableLength(FileKey key)
    {
        if (!File.Exists(PathOf(key))) return null;
        try
        {
            using var file = OpenAlone(key);
            var length = file.Length;
            Sync(file.SafeFileHandle, key);
            return length;
        }
        catch (UploadElsewhere) { return null; }
    }

    /// <summary>A disk that fails to confirm bytes tells so once; asked again it says that all is well although they are lost. So nothing of the file is believed any more, before anybody else may look at it: it begins anew.</summary>
    private void Sync(SafeFileHandle file, FileKey key)
    {
        try { DurableFile.Sync(file); }
        catch (IOException)
        {
            File.Delete(PathOf(key));
            try { DurableFile.SyncFolder(folder); }
            catch (IOException) { /* the failure to tell is the first one */ }
            throw;
        }
    }

    /// <summary>Adds what arrives until the connection ends, and returns the durable length. With a <paramref name="checksum"/> all of it counts or nothing.</summary>
    /// <exception cref="UploadBusy">Another request writes to it.</exception>
    /// <exception cref="UploadElsewhere">It has another length than the sender thinks.</exception>
    /// <exception cref="ChecksumWrong">The bytes are not those that were sent; they are gone again.</exception>
    /// <exception cref="NoRoomLeft">The disk is full. What fitted stays, and the rest may come when there is space.</exception>
    public async Task<long> AppendAsync(FileKey key, long offset, long length, Stream content, (HashAlgorithmName Algorithm, byte[] Sum)? checksum, CancellationToken stop)
    {
        await using var file = OpenAlone(key);
        if (file.Length != offset) throw new UploadElsewhere(file.Length);
        file.Seek(0, SeekOrigin.End);
        using var hash = checksum is { } wanted ? IncrementalHash.CreateHash(wanted.Algorithm) : null;
        var isWhole = false;
        try
        {
            await CopyAsync(content, file, key, length - offset, hash, stop);
            isWhole = true;
            if (checksum is { } sum && !hash!.GetHashAndReset().AsSpan().SequenceEqual(sum.Sum)) { isWhole = false; throw new ChecksumWrong(); }
        }
        catch (IOException full) when (DurableFile.IsFull(full)) { throw new NoRoomLeft(); }
        finally
        {
            // A broken connection keeps what came; only a promise of all or nothing takes it back.
            if (!isWhole && checksum is not null) file.SetLength(offset);
            Sync(file.SafeFileHandle, key);
        }
        return file.Length;
    }

    private async Task CopyAsync(Stream content, FileStream file, FileKey key, long most, IncrementalHash? hash, CancellationToken stop)
    {
        var slice = ArrayPool<byte>.Shared.Rent(Slice);
        var waiting = 0;
        try
        {
            for (int read; most > 0 && (read = await content.ReadAsync(slice.AsMemory(0, (int)Math.Min(Slice, most)), stop)) > 0; most -= read)
            {
                hash?.AppendData(slice, 0, read);
                // What has arrived is written although the sender may be gone by now.
                await file.WriteAsync(slice.AsMemory(0, read), CancellationToken.None);
                if ((waiting += read) < SyncEvery) continue;
                Sync(file.SafeFileHandle, key);
                waiting = 0;
            }
        }
        finally { ArrayPool<byte>.Shared.Return(slice); }
    }

    /// <summary>What was sent, when a device left notes in it; else none, as when it is gone already.</summary>
    public async Task<string?> HashIfNotedAsync(FileKey key, CancellationToken stop)
    {
        if (!File.Exists(PathOf(key))) return null;
        await using var file = new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (!RecordingNotes.AreIn(file)) return null;
        file.Position = 0;
        return (await Bytes.ReadAsync(file, null, stop)).Sha256;
    }

    /// <summary>The whole file, to become a stored one.</summary>
    public string PathOf(FileKey key) => key.IsWellFormed ? Path.Combine(folder, key.Value) : throw new ArgumentException("Not a name of ours.", nameof(key));

    public void Delete(FileKey key) => File.Delete(PathOf(key));

    /// <summary>What nobody has added to since the given moment.</summary>
    public IEnumerable<FileKey> Before(DateTimeOffset moment) => new DirectoryInfo(folder).EnumerateFiles()
        .Where(f => f.LastWriteTimeUtc < moment.UtcDateTime).Select(f => new FileKey(f.Name)).Where(k => k.IsWellFormed);

    private FileStream OpenAlone(FileKey key)
    {
        try { return new FileStream(PathOf(key), FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, useAsync: true); }
        catch (FileNotFoundException) { throw new UploadElsewhere(null); }
        catch (IOException) { throw new UploadBusy(); }
    }
}

/// <summary>Two requests wrote to the same upload; the later one may try again.</summary>
public sealed class UploadBusy() : Exception("This file is being sent already. Wait a moment.");

/// <param name="length">How much is there; none when nothing is.</param>
public sealed class UploadElsewhere(long? length) : Exception("This file continues somewhere else.")
{
    public long? Length => length;
}

public sealed class ChecksumWrong() : Exception("The bytes changed on their way. They were not kept; send them again.");
