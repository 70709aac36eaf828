using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Backups;

/// <param name="Uses">"Volcano poster, 5 Maple": the post or the work that holds it.</param>
public sealed record DamagedFile(string Name, string Owner, DateTimeOffset Since, IReadOnlyList<string> Uses);

public static class DamagedFiles
{
    /// <summary>So that somebody can ask the owner for the file again.</summary>
    public static async Task<IReadOnlyList<DamagedFile>> DamagedFilesAsync(this ClassHubDb db, int most, CancellationToken stop)
    {
        var files = await db.Files.Where(f => f.DamagedAt != null).OrderByDescending(f => f.DamagedAt).ThenBy(f => f.Id).Take(most)
            .Select(f => new
            {
                f.Id,
                f.Name,
                f.DamagedAt,
                Owner = db.People.Where(p => p.Id == f.OwnerId).Select(p => p.Name).FirstOrDefault(),
            }).ToListAsync(stop);
        var ids = files.Select(f => f.Id).ToList();
        var posts = await db.PostFiles.Where(a => ids.Contains(a.FileId))
            .Join(db.Posts, a => a.PostId, p => p.Id, (a, p) => new { a.FileId, Use = p.Title + ", " + p.Class.Name }).ToListAsync(stop);
        var work = await db.SubmissionFiles.Where(a => ids.Contains(a.FileId))
            .Select(a => new { a.FileId, Use = "Work handed in for " + a.Version.Submission.Task.Post.Title + ", " + a.Version.Submission.Task.Post.Class.Name }).ToListAsync(stop);
        var drafts = await db.DraftFiles.Where(a => ids.Contains(a.FileId))
            .Join(db.Submissions, a => a.SubmissionId, s => s.Id, (a, s) => new { a.FileId, Use = "A draft for " + s.Task.Post.Title + ", " + s.Task.Post.Class.Name }).ToListAsync(stop);
        var earlier = await db.EarlierDraftFiles.Where(a => ids.Contains(a.FileId)).Join(db.EarlierDrafts, a => a.EarlierDraftId, e => e.Id, (a, e) => new { a.FileId, e.SubmissionId })
            .Join(db.Submissions, a => a.SubmissionId, s => s.Id, (a, s) => new { a.FileId, Use = "Taken out of a draft for " + s.Task.Post.Title + ", " + s.Task.Post.Class.Name }).ToListAsync(stop);
        var feedback = await db.MarkFiles.Where(a => ids.Contains(a.FileId))
            .Select(a => new { a.FileId, Use = "Feedback for " + a.Mark.Submission.Task.Post.Title + ", " + a.Mark.Submission.Task.Post.Class.Name }).ToListAsync(stop);
        var uses = posts.Concat(work).Concat(drafts).Concat(earlier).Concat(feedback).Distinct().ToLookup(u => u.FileId, u => u.Use);
        return [.. files.Select(f => new DamagedFile(f.Name, f.Owner ?? "Somebody who left", f.DamagedAt!.Value, [.. uses[f.Id]]))];
    }
}
