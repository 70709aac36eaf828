using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.Tasks;

namespace ClassHub.Submissions;

public static class SubmissionsVisible
{
    /// <summary>The one door to pupils' work: one's own, whatever became of class, group, readers or task; what one's children handed in; and, for teachers, what was handed in to their classes. The office comes in by a stated reason only, see <see cref="ForOffice"/>.</summary>
    public static IQueryable<Submission> VisibleTo(this IQueryable<Submission> work, Viewer viewer)
    {
        var (teaches, own, isGuardian) = (viewer.Teaches, viewer.SeesFor, viewer.IsGuardian);
        return work.Where(s => (teaches.Contains(s.ClassId) && s.Number > 0) || (own.Contains(s.PupilId) && (!isGuardian || s.Number > 0)));
    }

    /// <summary>What the office could open once a reason is written down.</summary>
    public static IQueryable<Submission> ForOffice(this IQueryable<Submission> work, Viewer viewer) => work.Where(s => viewer.IsOffice && s.Number > 0);

    /// <summary>Tasks whose post this person sees.</summary>
    public static IQueryable<ClassTask> VisibleTo(this IQueryable<ClassTask> tasks, Viewer viewer, ClassHubDb db)
    {
        var posts = db.Posts.VisibleTo(viewer, db);
        return tasks.Where(t => posts.Any(p => p.Id == t.Id));
    }

    /// <summary>A file belongs to what shows it: a post one sees, work one sees, or one's own draft.</summary>
    public static IQueryable<StoredFile> VisibleTo(this IQueryable<StoredFile> files, Viewer viewer, ClassHubDb db)
    {
        var posts = db.Posts.VisibleTo(viewer, db);
        var work = db.Submissions.VisibleTo(viewer);
        var me = viewer.PersonId;
        return files.Where(f => db.PostFiles.Any(a => a.FileId == f.Id && posts.Any(p => p.Id == a.PostId))
            || db.SubmissionFiles.Any(a => a.FileId == f.Id && work.Any(s => s.Id == a.Version.SubmissionId))
            || db.DraftFiles.Any(a => a.FileId == f.Id && db.Submissions.Any(s => s.Id == a.SubmissionId && s.PupilId == me))
            || db.EarlierDraftFiles.Any(a => a.FileId == f.Id && db.EarlierDrafts.Any(e => e.Id == a.EarlierDraftId && db.Submissions.Any(s => s.Id == e.SubmissionId && s.PupilId == me)))
            || (f.OwnerId == me && f.ClaimedAt == null));
    }
}
