namespace ClassHub.Media;

/// <summary>Where the bytes live: a folder now, object storage when a school outgrows one machine.</summary>
public interface IFileStore
{
    /// <summary>What a device noted in a film or sound is overwritten first (<see cref="RecordingNotes"/>). Returns only when the bytes would survive a power
    /// cut. Reads at most <paramref name="most"/> bytes.</summary>
    /// <exception cref="RuleBroken">More bytes than allowed; nothing is kept.</exception>
    /// <exception cref="IOException">Not saved.</exception>
    Task<SavedBytes> SaveAsync(Stream content, long most, CancellationToken stop);
    /// <summary>Makes a whole file of ours that lies outside the store one of its own, without the notes of a device, and returns what its bytes are. Asked
    /// again after a crash it gives the same answer.</summary>
    /// <exception cref="FileNotFoundException">It is neither there nor in the store.</exception>
    Task<SavedBytes> AdoptAsync(string path, FileKey key, CancellationToken stop);
    /// <param name="bytes">So many are to come.</param>
    /// <exception cref="NoRoomLeft">The rest of the disk is kept for the database.</exception>
    void MustHaveRoom(long bytes = 0);
    /// <summary>Puts bytes of a backup back under the name they had, as durably as new ones.</summary>
    /// <exception cref="IOException">Not saved, or something has this name already.</exception>
    Task PutBackAsync(FileKey key, Stream content, CancellationToken stop);
    Task<Stream> OpenAsync(FileKey key, CancellationToken stop);
    /// <summary>Where another program finds the bytes, to read only.</summary>
    string PathForReading(FileKey key);
    /// <summary>A new folder beside the files, for what is needed only for a while; what is left of it is swept away after a day.</summary>
    string NewWorkFolder();
    Task DeleteAsync(FileKey key, CancellationToken stop);
    /// <summary>Names of what lies in the store and was written before the given moment: for the sweep.</summary>
    IEnumerable<FileKey> Before(DateTimeOffset moment);
    IEnumerable<FileKey> All();
}

/// <param name="Head">The first bytes, at most 2,048: what kind of file it is is read from here, never from its name.</param>
public sealed record SavedBytes(FileKey Key, long Size, string Sha256, byte[] Head);
