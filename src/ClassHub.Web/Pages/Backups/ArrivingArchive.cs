using System.Security.Cryptography;
using ClassHub.Media;

namespace ClassHub.Web.Pages.Backups;

/// <summary>The archive on its way into an empty place, of which there is one at a time. Where there are no people there is no row of it: a server that starts anew has forgotten it, as it has its set-up code.</summary>
public sealed class ArrivingArchive(UnfinishedFiles unfinished, IFileStore store)
{
    private sealed record Arriving(FileKey Key, long Length);
    private Arriving? now;

    /// <summary>The newest counts: what was on its way before is gone.</summary>
    /// <exception cref="NoRoomLeft">The disk has no space for it and, once more, for what is in it.</exception>
    public FileKey Start(long length)
    {
        store.MustHaveRoom(length > long.MaxValue / 2 ? long.MaxValue : 2 * length);
        var key = FileKey.New();
        unfinished.Start(key);
        if (Interlocked.Exchange(ref now, new(key, length)) is { } before) unfinished.Delete(before.Key);
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
        if (now is { } arriving && arriving.Key.Value == key && Interlocked.CompareExchange(ref now, null, arriving) == arriving) unfinished.Delete(arriving.Key);
    }

    /// <summary>Where it lies when all of it is there; from now on it is the caller's.</summary>
    /// <exception cref="RuleBroken">It is not all there, or still arriving.</exception>
    public string TakeWhole(string key)
    {
        try
        {
            if (now is { } arriving && arriving.Key.Value == key && unfinished.DurableLength(arriving.Key) == arriving.Length && Interlocked.CompareExchange(ref now, null, arriving) == arriving)
                return unfinished.PathOf(arriving.Key);
        }
        catch (UploadBusy) { throw new RuleBroken("The file is still arriving. Try again in a moment."); }
        catch (IOException) { /* not durable: it is not believed */ }
        throw new RuleBroken("The file has not arrived whole. Choose it again.");
    }
}
