using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Media;

/// <summary>Bytes that may leave the school under an address.</summary>
/// <param name="IsOurs">Made by us, so it may be shown as a page of its own; what came from somebody is at most a picture or a sound inside one of our pages.</param>
/// <param name="IsFinal">The same bytes for ever, so the browser need not ask again.</param>
public sealed record Sent(Func<CancellationToken, Task<Stream>> OpenAsync, string ContentType, string Tag, string Name, DateTimeOffset At, bool IsOurs, bool IsFinal);

/// <summary>Which bytes go out for a file. Whoever asks has been let in already.</summary>
public sealed class SendFile(ClassHubDb db, IFileStore store)
{
    /// <summary>The file with this key, or the one of which a version has it; from those that <paramref name="visible"/> lets through.</summary>
    public async Task<StoredFile?> FindAsync(IQueryable<StoredFile> visible, string key, CancellationToken stop)
    {
        if (!new FileKey(key).IsWellFormed) return null;
        if (await visible.AsNoTracking().SingleOrDefaultAsync(f => f.Key == key, stop) is { } file) return file;
        var ofFile = await db.Renditions.Where(r => r.Key == key).Select(r => r.FileId).FirstOrDefaultAsync(stop);
        return ofFile == 0 ? null : await visible.AsNoTracking().SingleOrDefaultAsync(f => f.Id == ofFile, stop);
    }

    /// <summary>Nothing when this file may not leave the school as it came, and nothing can be shown in its place.</summary>
    /// <param name="personId">Who asks: their own photo they may have back whatever it is.</param>
    public async Task<Sent?> RunAsync(StoredFile file, string key, int personId, CancellationToken stop)
    {
        if (await InsteadOfAsync(file, key, stop) is { } rendition)
            return new(s => store.OpenAsync(new(rendition.Key), s), rendition.ContentType, rendition.Sha256, NameOf(file, rendition.ContentType),
                file.CreatedAt, IsOurs: true, IsFinal: key == rendition.Key || file.PreparedAt is not null);
        if (CleanPicture.Knows(file.ContentType))
            return new(async s => CleanPicture.Of(await store.OpenAsync(new(file.Key), s), file.ContentType), file.ContentType, file.Sha256 + "-clean", file.Name, file.CreatedAt, IsOurs: false, IsFinal: true);
        // A photo of a kind that we cannot clean says where it was taken. One that could not be opened here can only go as it came.
        if (file.ContentType.StartsWith("image/", StringComparison.Ordinal) && file.OwnerId != personId && file.Trouble is null) return null;
        return new(s => store.OpenAsync(new(file.Key), s), file.ContentType, file.Sha256, file.Name, file.CreatedAt, IsOurs: false, IsFinal: file.PreparedAt is not null);
    }

    /// <summary>What no browser plays keeps the ending that the device gave it.</summary>
    private static string NameOf(StoredFile file, string type) => type == FileKind.Unknown ? file.Name
        : FileName.Tidy(Path.GetFileNameWithoutExtension(file.Name), type, file.CreatedAt);

    private async Task<Rendition?> InsteadOfAsync(StoredFile file, string key, CancellationToken stop)
    {
        var all = db.Renditions.AsNoTracking().Where(r => r.FileId == file.Id);
        if (key != file.Key) return await all.SingleOrDefaultAsync(r => r.Key == key, stop);
        // A film that could not be copied without its notes goes as the best that was made of it.
        if (FileKind.IsPlayed(file.ContentType)) return await all.Where(r => r.Kind == RenditionKind.Whole || r.Kind == RenditionKind.Video || r.Kind == RenditionKind.Sound)
            .OrderByDescending(r => r.Kind == RenditionKind.Whole).ThenByDescending(r => r.Kind == RenditionKind.Video).ThenByDescending(r => r.Size).FirstOrDefaultAsync(stop);
        // Of a scan of several pages more was meant than the first.
        if (file is { ContentType: "image/tiff", Trouble: not null }) return null;
        return FileKind.MayBeShown(file.ContentType) || !FileKind.IsPrepared(file.ContentType) || file.ContentType == "application/pdf" ? null
            : await all.Where(r => r.Kind == RenditionKind.Picture && r.ContentType == "image/jpeg").OrderByDescending(r => r.Width).FirstOrDefaultAsync(stop);
    }
}
