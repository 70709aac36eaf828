using System.Buffers;
using System.Security.Cryptography;

namespace ClassHub.Media;

/// <summary>Files in a folder, spread over 256 subfolders. A file appears under its name only when its bytes are on the disk.</summary>
public sealed class DiskFileStore : IFileStore
{
    private const int Slice = 81_920;
    /// <summary>So many first bytes are told: the head of a document may stand behind a few others.</summary>
    internal const int HeadBytes = 2_048;
    /// <summary>Below this share of free space uploads are refused, so that the database can still write.</summary>
    private const double Reserve = 0.05;

    private readonly string files, unfinished;

    public DiskFileStore(string folder)
    {
        files = Path.Combine(folder, "files");
        unfinished = Path.Combine(folder, "unfinished");
        Directory.CreateDirectory(unfinished);
        for (var i = 0; i < 256; i++) Directory.CreateDirectory(Path.Combine(files, i.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
        DurableFile.SyncFolder(files);
        DurableFile.SyncFolder(folder);
    }

    public async Task<SavedBytes> SaveAsync(Stream content, long most, CancellationToken stop)
    {
        MustHaveRoom();
        var key = FileKey.New();
        var draft = Path.Combine(unfinished, key.Value);
        try
        {
            var saved = await WriteAsync(content, draft, key, most, stop);
            DurableFile.Publish(draft, PathOf(key));
            return saved;
        }
        catch (Exception problem)
        {
            File.Delete(draft);
            if (problem is IOException failed && DurableFile.IsFull(failed)) throw new NoRoomLeft();
            throw;
        }
    }

    public async Task<SavedBytes> AdoptAsync(string path, FileKey key, CancellationToken stop)
    {
        for (var again = false; ; again = true)
            try
            {
                if (File.Exists(PathOf(key)))
                {
                    // Whoever gave it its name may have been killed before the name was durable.
                    DurableFile.SyncFolder(Path.GetDirectoryName(PathOf(key))!);
                    return await ReadAsync(PathOf(key), key, stop);
                }
                OverwriteNotes(path);
                var bytes = await ReadAsync(path, key, stop);
                DurableFile.Publish(path, PathOf(key));
                return bytes;
            }
            catch (IOException) when (!again && File.Exists(PathOf(key))) { /* another request was quicker */ }
    }

    private static void OverwriteNotes(string path)
    {
        // Two requests may do so at once: they write the same.
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (!RecordingNotes.Overwrite(file)) return;
        file.Flush();
        try { DurableFile.Sync(file.SafeFileHandle); }
        catch (IOException)
        {
            // Asked again the system would say that all is well: see UnfinishedFiles.
            File.Delete(path);
            throw;
        }
    }

    private static async Task<SavedBytes> ReadAsync(string path, FileKey key, CancellationToken stop)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, Slice, useAsync: true);
        return await BytesOf(file, key, stop);
    }

    private static async Task<SavedBytes> BytesOf(FileStream file, FileKey key, CancellationToken stop)
    {
        var head = new byte[HeadBytes];
        file.Position = 0;
        head = head[..await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, stop)];
        file.Position = 0;
        return new(key, file.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop)), head);
    }

    private static async Task<SavedBytes> WriteAsync(Stream content, string path, FileKey key, long most, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var slice = ArrayPool<byte>.Shared.Rent(Slice);
        var head = Array.Empty<byte>();
        long size = 0;
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, useAsync: true);
            for (int read; (read = await content.ReadAtLeastAsync(slice.AsMemory(0, Slice), Slice, throwOnEndOfStream: false, stop)) > 0; size += read)
            {
                if (size + read > most) throw new RuleBroken($"This file is too big. {Sizes.InWords(most)} is the most here.", "Files");
                if (size == 0) head = slice[..Math.Min(read, HeadBytes)];
                hash.AppendData(slice, 0, read);
                await file.WriteAsync(slice.AsMemory(0, read), stop);
            }
            var hadNotes = RecordingNotes.Overwrite(file);
            await file.FlushAsync(stop);
            DurableFile.Sync(file.SafeFileHandle);
            if (hadNotes) return await BytesOf(file, key, stop);
        }
        finally { ArrayPool<byte>.Shared.Return(slice); }
        return new(key, size, Convert.ToHexStringLower(hash.GetHashAndReset()), head);
    }

    public async Task PutBackAsync(FileKey key, Stream content, CancellationToken stop)
    {
        var (draft, path) = (Path.Combine(unfinished, RandomKey.Hex()), PathOf(key));
        if (File.Exists(path)) throw new IOException("A file with this name is here already.");
        try
        {
            await using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true))
            {
                await content.CopyToAsync(file, Slice, stop);
                DurableFile.Sync(file.SafeFileHandle);
            }
            DurableFile.Publish(draft, path);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    public Task<Stream> OpenAsync(FileKey key, CancellationToken stop) =>
        Task.FromResult<Stream>(new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read, Slice, useAsync: true));

    public string PathForReading(FileKey key) => PathOf(key);

    public string NewWorkFolder() => Directory.CreateDirectory(Path.Combine(unfinished, RandomKey.Hex())).FullName;

    public Task DeleteAsync(FileKey key, CancellationToken stop)
    {
        File.Delete(PathOf(key));
        return Task.CompletedTask;
    }

    public IEnumerable<FileKey> Before(DateTimeOffset moment)
    {
        foreach (var left in new DirectoryInfo(unfinished).EnumerateFiles().Where(f => f.LastWriteTimeUtc < moment.UtcDateTime)) left.Delete();
        foreach (var left in new DirectoryInfo(unfinished).EnumerateDirectories().Where(f => f.LastWriteTimeUtc < moment.UtcDateTime)) left.Delete(recursive: true);
        return Stored().Where(f => f.LastWriteTimeUtc < moment.UtcDateTime).Select(f => new FileKey(f.Name)).Where(k => k.IsWellFormed);
    }

    public IEnumerable<FileKey> All() => Stored().Select(f => new FileKey(f.Name)).Where(k => k.IsWellFormed);

    private IEnumerable<FileInfo> Stored() => new DirectoryInfo(files).EnumerateFiles("*", SearchOption.AllDirectories);

    public void MustHaveRoom(long bytes = 0)
    {
        var disk = new DriveInfo(files);
        var left = disk.AvailableFreeSpace - bytes;
        if (left < disk.TotalSize * Reserve && left < 5_000 * Sizes.Mega)
            throw new NoRoomLeft();
    }

    private string PathOf(FileKey key) => key.IsWellFormed
        ? Path.Combine(files, key.Value[..2], key.Value)
        : throw new ArgumentException("Not a name of ours.", nameof(key));
}

/// <summary>The disk is nearly full: files are refused (507), everything else goes on.</summary>
public sealed class NoRoomLeft() : IOException("The school's disk is nearly full, so this file was not taken. Nothing else is lost. Please tell the school office.");
