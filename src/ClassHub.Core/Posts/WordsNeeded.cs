using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Posts;

public static class WordsNeeded
{
    /// <summary>Sounds and videos to which this teacher may give words: those of posts in the classes they teach now.</summary>
    public static IQueryable<StoredFile> WordsWritableBy(this IQueryable<StoredFile> files, Viewer viewer, ClassHubDb db)
    {
        int[] teaches = [.. viewer.Classes.Where(c => c is { IsTeacher: true, IsArchived: false }).Select(c => c.ClassId)];
        return files.Where(f => (f.ContentType.StartsWith("audio/") || f.ContentType.StartsWith("video/"))
            && db.PostFiles.Any(a => a.FileId == f.Id && db.Posts.Any(p => p.Id == a.PostId && p.BinnedAt == null && teaches.Contains(p.ClassId))));
    }

    /// <summary>How many of the pupils whom this post is for need the words of what it plays. Who they are is nobody's business here.</summary>
    public static Task<int> PupilsNeedingWordsAsync(this ClassHubDb db, int postId, CancellationToken stop)
    {
        var audience = db.AudienceOf(postId);
        return db.People.CountAsync(p => p.NeedsWords && audience.Contains(p.Id), stop);
    }

    /// <summary>The same while a post is written: of all in these classes, and of those chosen in the class it is written for.</summary>
    public static Task<int> PupilsNeedingWordsAsync(this ClassHubDb db, IReadOnlyCollection<int> wholeClasses, int classId, IReadOnlyCollection<int> groupIds, IReadOnlyCollection<int> pupilIds, CancellationToken stop) =>
        db.People.CountAsync(p => p.NeedsWords && p.DisabledAt == null && db.Memberships.Any(m => m.PersonId == p.Id && !m.IsTeacher
            && (wholeClasses.Contains(m.ClassId) || (m.ClassId == classId && (pupilIds.Contains(p.Id)
                || db.PupilGroupMembers.Any(g => g.PersonId == p.Id && groupIds.Contains(g.GroupId) && g.Group.ClassId == classId))))), stop);
}
