using System.Security.Cryptography;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Media;

/// <summary>Takes a file in piece by piece. The bytes come first and durably; when the last one is there the file gets its row, once, even if the server was killed in between.</summary>
public sealed class TakeUpload(ClassHubDb db, UnfinishedFiles unfinished, IFileStore store, KeepFile keep, FileLimits limits, TimeProvider clock)
{
    /// <exception cref="RuleBroken">Empty, too big, or the space of this pupil or class is used up.</exception>
    /// <exception cref="TooManyUploads">This person has begun too many and finished none.</exception>
    public async Task<Upload> StartAsync(string? name, long length, int ownerId, bool isStaff, int? classId, CancellationToken stop)
    {
        if (length <= 0) throw new RuleBroken($"“{PlainText.Line(name, 60)}” is empty. Choose it again.", "Files");
        if (length > limits.OneFile(isStaff)) throw new FileTooBig(limits.OneFile(isStaff));
        await keep.MustHaveSpaceAsync(ownerId, isStaff, classId, length, stop);
        store.MustHaveRoom();
        var key = FileKey.New();
        unfinished.Start(key);
        return await db.WriteAsync(async () =>
        {
            var now = clock.GetUtcNow();
            // Once more, one after the other.
            await keep.MustHaveSpaceAsync(ownerId, isStaff, classId, length, stop);
            if (await db.Uploads.CountAsync(u => u.OwnerId == ownerId && u.FileId == null && u.ExpiresAt > now, stop) >= Upload.MostOpen) throw new TooManyUploads();
            var upload = db.Uploads.Add(new Upload(key, name, length, ownerId, classId, now)).Entity;
            await db.SaveChangesAsync(stop);
            return upload;
        }, stop);
    }

    /// <summary>One's own upload, unless it is none's or over.</summary>
    public Task<Upload?> FindAsync(string key, int ownerId, CancellationToken stop) =>
        db.Uploads.AsNoTracking().SingleOrDefaultAsync(u => u.Key == key && u.OwnerId == ownerId, stop);

    /// <summary>How much of it is safe; none when its bytes are gone. A file that is whole but has no row yet gets it now.</summary>
    public async Task<long?> OffsetAsync(Upload upload, CancellationToken stop)
    {
        if (upload.IsFinished) return upload.Length;
        var length = unfinished.DurableLength(new FileKey(upload.Key));
        if (length < upload.Length) return length;
        try { await FinishAsync(upload, stop); }
        catch (FileNotFoundException) { return null; }
        return upload.Length;
    }

    /// <inheritdoc cref="UnfinishedFiles.AppendAsync"/>
    public async Task<long> AppendAsync(Upload upload, long offset, Stream content, (HashAlgorithmName Algorithm, byte[] Sum)? checksum, CancellationToken stop)
    {
        if (upload.IsFinished) throw new UploadElsewhere(upload.Length);
        store.MustHaveRoom();
        var length = await unfinished.AppendAsync(new FileKey(upload.Key), offset, upload.Length, content, checksum, stop);
        if (length == upload.Length) await FinishAsync(upload, CancellationToken.None);
        else if (upload.ExpiresAt < clock.GetUtcNow() + Upload.Lasts / 2)
            await db.WriteAsync(async () => { (await db.Uploads.SingleOrDefaultAsync(u => u.Id == upload.Id, stop))?.Continue(clock.GetUtcNow()); await db.SaveChangesAsync(stop); }, stop);
        return length;
    }

    /// <summary>The person does not want it any more.</summary>
    public async Task AbandonAsync(Upload upload, CancellationToken stop)
    {
        await db.WriteAsync(() => db.Uploads.Where(u => u.Id == upload.Id && u.FileId == null).ExecuteDeleteAsync(stop), stop);
        unfinished.Delete(new FileKey(upload.Key));
    }

    /// <summary>Hashed from the disk, not from what was received: what is told is what is there. The name is the key of the upload, so that doing it twice gives the same file.</summary>
    private async Task FinishAsync(Upload upload, CancellationToken stop)
    {
        await RememberSentAsync(upload, stop);
        var bytes = await store.AdoptAsync(unfinished.PathOf(new FileKey(upload.Key)), new FileKey(upload.Key), stop);
        var inside = await store.KindInsideAsync(bytes, stop);
        await db.WriteAsync(async () =>
        {
            var row = await db.Uploads.SingleAsync(u => u.Id == upload.Id, stop);
            if (row.IsFinished) return;
            var file = db.Files.Add(new StoredFile(bytes, row.Name, row.OwnerId, row.ClassId, clock.GetUtcNow(), inside)).Entity;
            await db.SaveChangesAsync(stop);
            row.Finish(file.Id);
            await db.SaveChangesAsync(stop);
        }, stop);
    }

    /// <summary>Before notes are overwritten: the device that sent the file asks whether it is here by the hash it had there.</summary>
    private async Task RememberSentAsync(Upload upload, CancellationToken stop)
    {
        if (upload.SentSha256 is not null || await unfinished.HashIfNotedAsync(new FileKey(upload.Key), stop) is not { } sent) return;
        await db.WriteAsync(async () =>
        {
            (await db.Uploads.SingleAsync(u => u.Id == upload.Id, stop)).Sent(sent);
            await db.SaveChangesAsync(stop);
        }, stop);
    }

    /// <summary>The hashes of these files as they were when they were sent.</summary>
    public async Task<IReadOnlyList<string>> AsSentAsync(IReadOnlyList<StoredFile> files, CancellationToken stop)
    {
        var keys = files.Select(f => f.Key).ToList();
        var sent = await db.Uploads.Where(u => keys.Contains(u.Key) && u.SentSha256 != null).ToDictionaryAsync(u => u.Key, u => u.SentSha256!, stop);
        return [.. files.Select(f => sent.GetValueOrDefault(f.Key, f.Sha256))];
    }

    /// <summary>When the first of these uploads began; none when there are none.</summary>
    public Task<DateTimeOffset?> BegunAtAsync(IReadOnlyList<string> keys, int ownerId, CancellationToken stop) => keys.Count == 0 ? Task.FromResult<DateTimeOffset?>(null)
        : db.Uploads.Where(u => keys.Contains(u.Key) && u.OwnerId == ownerId).MinAsync(u => (DateTimeOffset?)u.StartedAt, stop);

    /// <summary>The files that these uploads became, in this order.</summary>
    /// <exception cref="RuleBroken">One of them is not whole, or not theirs.</exception>
    public async Task<List<StoredFile>> FinishedAsync(IReadOnlyList<string> keys, int ownerId, CancellationToken stop)
    {
        if (keys.Count == 0) return [];
        var files = await db.Files.AsNoTracking().Where(f => keys.Contains(f.Key) && f.OwnerId == ownerId).ToListAsync(stop);
        if (files.Count != keys.Distinct().Count()) throw new RuleBroken("One of the files has not arrived whole. Choose it again.", "Files");
        return [.. keys.Distinct().Select(k => files.Single(f => f.Key == k))];
    }
}

public sealed class TooManyUploads() : Exception($"You have begun {Upload.MostOpen} files and finished none of them. Finish or remove one first.");

/// <param name="most">In bytes.</param>
public sealed class FileTooBig(long most) : Exception($"This file is too big. {Sizes.InWords(most)} is the most here.");
