using System.Security.Cryptography;
using ClassHub.Database;
using ClassHub.Submissions;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Load.Rush;

/// <summary>What is in the database and in the file store afterwards, held against what each pupil was told.</summary>
/// <param name="Lost">Receipts told that are not there, or whose text or photo is another.</param>
/// <param name="Doubled">Pupils with more than one version or more than one photo.</param>
/// <param name="Untold">Versions that are there although their pupil was not told.</param>
public sealed record Kept(int Acknowledged, int Lost, int Doubled, int Untold)
{
    public static async Task<Kept> LookAsync(ClassHubDb db, string dataFolder, IReadOnlyList<RushPupil> pupils, int lastBefore)
    {
        var versions = (await db.SubmissionVersions.AsNoTracking().Where(v => v.Id > lastBefore).Include(v => v.Submission).Include(v => v.Files).ThenInclude(f => f.File).ToListAsync()).ToLookup(v => v.Submission.PupilId);
        var told = pupils.Where(p => p.Receipt is not null).ToList();
        var receipts = versions.SelectMany(v => v).CountBy(v => v.Receipt).ToDictionary();
        return new(told.Count,
            told.Count(p => !versions[p.PersonId].Any(v => IsWhole(p, v, dataFolder))),
            pupils.Count(p => versions[p.PersonId].Take(2).Count() > 1 || versions[p.PersonId].Any(v => v.Files.Count > 1 || receipts[v.Receipt] > 1)),
            pupils.Where(p => p.Receipt is null).Sum(p => versions[p.PersonId].Count()));
    }

    private static bool IsWhole(RushPupil pupil, SubmissionVersion version, string dataFolder)
    {
        if (version.Receipt != pupil.Receipt || version.Key != pupil.Key || version.Text != pupil.Text || version.Submission.TaskId != pupil.TaskId || version.Files is not [{ File: var file }]) return false;
        var path = Path.Combine(dataFolder, "files", file.Key[..2], file.Key);
        if (!File.Exists(path)) return false;
        using var bytes = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return hash == Convert.ToHexStringLower(SHA256.HashData(Photo.Of(pupil.Number))) && hash == file.Sha256;
    }

    /// <summary>Rows of every table that handing in writes.</summary>
    public static async Task<int> RowsAsync(ClassHubDb db) => await db.Submissions.CountAsync() + await db.SubmissionVersions.CountAsync() + await db.SubmissionFiles.CountAsync()
        + await db.Files.CountAsync() + await db.Uploads.CountAsync() + await db.Notifications.CountAsync();
}
