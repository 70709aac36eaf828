using System.Security.Cryptography;
using ClassHub.Media;

namespace ClassHub.Web.Pages.Backups;

/// <summary>The archive on its way into an empty place, of which there is one at a time. Where there are no people there is no row of it: a server that starts anew has forgotten it, as it has its set-up code.</summary>
public sealed class ArrivingArchive(UnfinishedFiles unfinished, IFileStore store)
{
    private (FileKey Key, long Length)? now;

    /// <exception cref="NoRoomLeft">The disk has no space for it.</exception>
    public FileKey Start(long length)
    {
        if (now is { } before) unfinished.Delete(before.Key);
        store.MustHaveRoom();
        var key = FileKey.New();
        unfinished.Start(key);
        now = (key, length);
        return key;
    }

    /// <summary>In bytes; none when this is not the one that is on its way.</summary>
    public long? LengthOf(string key) => now is { } arriving && arriving.Key.Value == key ? arriving.Length : null;

    /// <inheritdoc cref="UnfinishedFiles.DurableLength"/>
    public long? Offset(string key) => LengthOf(key) is null ? null : unfinished.DurableLength(new(key));

    /// <inheritdoc cref="UnfinishedFiles.AppendAsync"/>
    public Task<long> AppendAsync(string key, long offset, Stream content, (HashAlgorithmName Algorithm, byte[] Sum)? checksum, CancellationToken stop)
    {
        store.MustHaveRoom();
        return unfinished.AppendAsync(new(key), offset, LengthOf(key) ?? throw new UploadElsewhere(null), content, checksum, stop);
    }

    public void Abandon(string key)
    {
        if (LengthOf(key) is null) return;
        now = null;
        unfinished.Delete(new(key));
    }

    /// <summary>Where it lies when all of it is there; from now on it is the caller's.</summary>
    public string? TakeWhole(string? key)
    {
        if (key is null || LengthOf(key) is not { } length || unfinished.DurableLength(new(key)) != length) return null;
        now = null;
        return unfinished.PathOf(new(key));
    }
}
