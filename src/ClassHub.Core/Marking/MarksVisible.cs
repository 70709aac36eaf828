using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;

namespace ClassHub.Marking;

public static class MarksVisible
{
    /// <summary>The files of one pupil's work as who may open that work sees them: what was handed in, and what was answered. An answer's files are its teachers' alone until it is given back.</summary>
    public static IQueryable<StoredFile> OfWork(this IQueryable<StoredFile> files, int submissionId, Viewer viewer, ClassHubDb db)
    {
        var (teaches, now) = (viewer.Teaches, viewer.Now);
        return files.Where(f => db.SubmissionFiles.Any(a => a.FileId == f.Id && a.Version.SubmissionId == submissionId)
            || db.MarkFiles.Any(a => a.FileId == f.Id && a.Mark.SubmissionId == submissionId && (a.Mark.ReturnedAt <= now || teaches.Contains(a.Mark.Submission.ClassId))));
    }
}
