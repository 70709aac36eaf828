using ClassHub.Database;
using ClassHub.Media;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Backups;

/// <param name="Rows">Files that the restored rows name.</param>
/// <param name="Stored">Files that are in the store now.</param>
public sealed record Restored(Manifest Manifest, int Rows, int Stored)
{
    /// <summary>Everything that was in the archive is here, and what is not here was missing in the school already.</summary>
    public bool IsWhole => Rows == Stored + Manifest.Missing.Count;
}

/// <summary>How many files are back, of how many.</summary>
public readonly record struct FilesBack(int Done, int All);

/// <summary>Puts a school back from an archive, into an empty place only. The rows come last, so that nothing ever points at files that are not there yet.</summary>
public sealed class RestoreBackup(ClassHubDb db, IFileStore store, Archives archives)
{
    /// <exception cref="RuleBroken">The archive is not whole, not of this engine, of tables that are not known here, or the place is not empty; nothing was written.</exception>
    public async Task<Restored> RunAsync(string file, CancellationToken stop, IProgress<FilesBack>? progress = null)
    {
        using var archive = await CheckedArchive.OpenAsync(file, stop);
        var place = db.Snapshot();
        if (archive.Manifest.Engine != place.Engine) throw new RuleBroken($"This backup is of a school on {archive.Manifest.Engine}, and here ClassHub is set to {place.Engine}. Set ConnectionStrings:ClassHub for it.");
        if (archive.Manifest.Schema?.IsKnownTo(db) == false) throw new RuleBroken($"This backup was made by another ClassHub ({archive.Manifest.Program}), whose tables this one ({Manifest.ThisProgram}) does not know. Install that version, restore there, then update.");
        if (store.All().Any() && !archives.IsRestoreBegun) throw new RuleBroken("There are files here already, so nothing was restored. Restore into an empty data folder.");
        await place.MustBeEmptyAsync(stop);

        var snapshot = archives.Temporary();
        try
        {
            await archive.UnpackDatabaseAsync(snapshot, stop);
            await ClearAsync(stop);
            await PutBackAsync(archive, place, snapshot, progress, stop);
        }
        finally { File.Delete(snapshot); }
        return new(archive.Manifest, await db.Files.CountAsync(stop), store.All().Count());
    }

    /// <summary>From here on the files belong to a restoring that has begun: after a power cut they are known, and it may be begun again. There are no rows yet, so nobody misses them.</summary>
    private async Task ClearAsync(CancellationToken stop)
    {
        archives.BeginRestore();
        foreach (var left in store.All().ToList()) await store.DeleteAsync(left, stop);
    }

    /// <summary>A new school begins where a restoring was cut off: what it had put there goes. Files that are no restoring's stay.</summary>
    public async Task ForgetBegunAsync(CancellationToken stop)
    {
        if (!archives.IsRestoreBegun || !await IsEmptyAsync(db.Snapshot(), stop)) return;
        await ClearAsync(stop);
        archives.EndRestore();
    }

    private static async Task<bool> IsEmptyAsync(Snapshot place, CancellationToken stop)
    {
        try { await place.MustBeEmptyAsync(stop); }
        catch (RuleBroken) { return false; }
        return true;
    }

    /// <summary>When it does not come to an end, the place is left as empty as it was.</summary>
    private async Task PutBackAsync(CheckedArchive archive, Snapshot place, string snapshot, IProgress<FilesBack>? progress, CancellationToken stop)
    {
        var (put, all) = (new List<FileKey>(), archive.Manifest.StoredFiles.ToList());
        try
        {
            foreach (var entry in all)
            {
                var key = Manifest.KeyOf(entry.Name)!.Value;
                await using var content = await archive.ReadAsync(entry, stop);
                await store.PutBackAsync(key, content, stop);
                put.Add(key);
                progress?.Report(new(put.Count, all.Count));
            }
            await place.PutBackAsync(snapshot, stop);
        }
        catch
        {
            // Who was told to stop just after the rows were there does not take their files away.
            if (await IsEmptyAsync(place, CancellationToken.None))
                foreach (var key in put) await store.DeleteAsync(key, CancellationToken.None);
            archives.EndRestore();
            throw;
        }
        archives.EndRestore();
    }
}

/// <summary>Checks an archive as restoring would, without writing anything that stays.</summary>
public static class VerifyBackup
{
    /// <exception cref="RuleBroken">What is wrong with it.</exception>
    public static async Task<Manifest> RunAsync(string file, CancellationToken stop)
    {
        using var archive = await CheckedArchive.OpenAsync(file, stop);
        var folder = Directory.CreateTempSubdirectory("classhub-verify-").FullName;
        try { await archive.UnpackDatabaseAsync(Path.Combine(folder, Snapshot.Names[archive.Manifest.Engine]), stop); }
        finally { Directory.Delete(folder, recursive: true); }
        return archive.Manifest;
    }
}
