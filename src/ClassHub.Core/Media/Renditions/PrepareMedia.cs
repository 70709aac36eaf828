using System.Data.Common;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Media.Renditions;

/// <summary>One server makes one thing smaller at a time.</summary>
public sealed class PreparingTurn
{
    internal SemaphoreSlim One { get; } = new(1);
    /// <summary>Whether this server knows that what was made is still there.</summary>
    internal bool HasLooked { get; set; }
}

/// <summary>Every ten seconds: makes smaller versions of what came, the smallest file first. What cannot be made is said on the file; the file itself is never touched.</summary>
public sealed class PrepareMedia(ClassHubDb db, IFileStore store, MediaTools tools, PreparingTurn turn, TimeProvider clock)
{
    /// <summary>A server says so often that it still makes what it began; when it has been silent for so long it is thought dead, and another begins.</summary>
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(1), Silent = TimeSpan.FromMinutes(5);

    private sealed record Next(int Id, string Key, string Name, string ContentType, long Size, int? ClassId);

    public async Task RunAsync(CancellationToken stop)
    {
        if (!await turn.One.WaitAsync(0, stop)) return;
        try
        {
            if (!turn.HasLooked) await ForgetLostAsync(stop);
            turn.HasLooked = true;
            while (await NextAsync(stop) is { } file) await PrepareAsync(file, stop);
        }
        finally { turn.One.Release(); }
    }

    /// <summary>A school that was put back from a backup has the rows of what was made and none of its bytes: all of it is made again.</summary>
    private async Task ForgetLostAsync(CancellationToken stop)
    {
        if (await db.Renditions.OrderBy(r => r.Id).Select(r => r.Key).FirstOrDefaultAsync(stop) is not { } oldest || await IsThereAsync(oldest, stop)) return;
        await db.WriteAsync(async () =>
        {
            await db.Files.Where(f => db.Renditions.Any(r => r.FileId == f.Id)).ExecuteUpdateAsync(set => set.SetProperty(f => f.PreparedAt, (DateTimeOffset?)null), stop);
            await db.Renditions.ExecuteDeleteAsync(stop);
            await db.StampAllClassesAsync(stop);
        }, stop);
    }

    private async Task<bool> IsThereAsync(string key, CancellationToken stop)
    {
        try
        {
            await using var content = await store.OpenAsync(new(key), stop);
            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException) { return false; }
    }

    private async Task<Next?> NextAsync(CancellationToken stop)
    {
        var found = await tools.LookAsync(stop);
        var (hasPdf, hasRecordings, now) = (found.PdfToPpm is not null, found.HasRecordings, clock.GetUtcNow());
        var before = now - Silent;
        var waiting = db.Files.Where(f => f.PreparedAt == null && (f.PreparingSince == null || f.PreparingSince < before)
            && (f.ContentType.StartsWith("image/") || (hasPdf && (f.ContentType == "application/pdf" || f.ContentType == FileKind.Unknown))
                || (hasRecordings && (f.ContentType.StartsWith("audio/") || f.ContentType.StartsWith("video/")))));
        while (await waiting.OrderBy(f => f.Size).Select(f => new Next(f.Id, f.Key, f.Name, f.ContentType, f.Size, f.ClassId))
            .FirstOrDefaultAsync(stop) is { } file)
            if (await db.WriteAsync(() => waiting.Where(f => f.Id == file.Id).ExecuteUpdateAsync(set => set.SetProperty(f => f.PreparingSince, now), stop), stop) == 1) return file;
        return null;
    }

    private async Task PrepareAsync(Next file, CancellationToken stop)
    {
        var folder = store.NewWorkFolder();
        try
        {
            // Nothing is open in the database while programs run.
            var making = file.ContentType == FileKind.Unknown ? Ladder.TryBehindAsync(tools, await tools.LookAsync(stop), store.PathForReading(new(file.Key)),
                file.Name, folder, stop)
                : Ladder.MakeAsync(tools, await tools.LookAsync(stop), store.PathForReading(new(file.Key)), file.ContentType, folder, stop);
            while (await Task.WhenAny(making, Task.Delay(Often, clock, CancellationToken.None)) != making) await ClaimAgainAsync(file);
            var attempt = await making;
            var kept = new List<(Made Made, SavedBytes Bytes)>();
            foreach (var made in Ladder.Kept(attempt, file.Size))
            {
                await using var content = File.OpenRead(made.Path);
                kept.Add((made, await store.SaveAsync(content, long.MaxValue, stop)));
            }
            await NoteAsync(file, attempt, kept, stop);
        }
        catch (OperationCanceledException)
        {
            // The server is told to stop: the next one begins at once.
            await db.WriteAsync(() => db.Files.Where(f => f.Id == file.Id).ExecuteUpdateAsync(set => set.SetProperty(f => f.PreparingSince, (DateTimeOffset?)null), CancellationToken.None), CancellationToken.None);
            throw;
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    /// <summary>When it cannot be said now, it is in a minute: the programs go on.</summary>
    private async Task ClaimAgainAsync(Next file)
    {
        try { await db.WriteAsync(() => db.Files.Where(f => f.Id == file.Id && f.PreparingSince != null).ExecuteUpdateAsync(set => set.SetProperty(f => f.PreparingSince, clock.GetUtcNow()), CancellationToken.None), CancellationToken.None); }
        catch (Exception notNow) when (notNow is BusyDatabase or FullDisk or DbException) { }
    }

    /// <summary>Bytes first, then the rows; pages that show the file hear of it.</summary>
    private Task NoteAsync(Next next, Ladder.Attempt attempt, List<(Made Made, SavedBytes Bytes)> kept, CancellationToken stop) => db.WriteAsync(async () =>
    {
        db.ChangeTracker.Clear();
        // Swept away meanwhile: the bytes just made are swept too.
        if (await db.Files.SingleOrDefaultAsync(f => f.Id == next.Id, stop) is not { } file) return;
        await db.Renditions.Where(r => r.FileId == next.Id).ExecuteDeleteAsync(stop);
        db.Renditions.AddRange(kept.Select(k => new Rendition(next.Id, k.Bytes, k.Made)));
        file.Prepared(attempt.ContentType, attempt.Trouble, attempt.Seconds, clock.GetUtcNow());
        await db.SaveChangesAsync(stop);
        if (next.ClassId is { } classId) await db.StampClassesAsync([classId], stop);
    }, stop);
}
