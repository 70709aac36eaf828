using Microsoft.EntityFrameworkCore;

namespace ClassHub.Database;

public static class UnusedFiles
{
    /// <summary>Of these files, those that no post, hand-in, draft or mark points to any more are left to the nightly sweep. Belongs inside the transaction that removed the pointer.</summary>
    public static async Task LetGoOfUnusedAsync(this ClassHubDb db, IReadOnlyCollection<int> fileIds, CancellationToken stop)
    {
        var unused = await db.Files.Where(f => fileIds.Contains(f.Id) && !db.PostFiles.Any(p => p.FileId == f.Id) && !db.SubmissionFiles.Any(s => s.FileId == f.Id)
            && !db.DraftFiles.Any(d => d.FileId == f.Id) && !db.EarlierDraftFiles.Any(e => e.FileId == f.Id) && !db.MarkFiles.Any(m => m.FileId == f.Id)).ToListAsync(stop);
        foreach (var file in unused) file.LetGo();
        await db.SaveChangesAsync(stop);
    }
}
