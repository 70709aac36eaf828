using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Submissions;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Marking;

/// <summary>What waits to be marked, oldest first: of one task, or of all the classes one teaches.</summary>
public static class MarkQueue
{
    private const int Most = 200;

    public sealed record Item(int SubmissionId, int TaskId, int ClassId, string ClassName, Subject? Subject, string Title, int PupilId, string Forename, string Surname, int Number, DateTimeOffset HandedInAt, bool IsOnPaper, bool IsMarked)
    {
        public string Pupil => Forename + " " + Surname;
        public string Address => $"/classes/{ClassId}/tasks/{TaskId}/mark/{SubmissionId}";
    }

    public static Task<List<Item>> ReadAsync(ClassHubDb db, Viewer viewer, int? taskId, CancellationToken stop, int? classId = null)
    {
        var waiting = db.Submissions.VisibleTo(viewer, db).Where(s => s.HandedInAt != null && s.ReturnedAt == null && s.PupilId != viewer.PersonId);
        if (taskId is not null) waiting = waiting.Where(s => s.TaskId == taskId);
        if (classId is not null) waiting = waiting.Where(s => s.ClassId == classId);
        return waiting.OrderBy(s => s.HandedInAt).ThenBy(s => s.Id).Take(Most)
            .Select(s => new Item(s.Id, s.TaskId, s.ClassId, s.Task.Post.Class.Name, s.Task.Post.Class.Subject, s.Task.Post.Title, s.PupilId, s.Pupil.Forename, s.Pupil.Surname, s.Number, s.HandedInAt!.Value, s.IsOnPaper,
                db.Marks.Any(m => m.SubmissionId == s.Id && m.Number == s.Number)))
            .ToListAsync(stop);
    }

    /// <summary>The next unmarked piece after this one, or the first that is left.</summary>
    public static Item? After(IReadOnlyList<Item> queue, int submissionId)
    {
        var here = queue.ToList().FindIndex(q => q.SubmissionId == submissionId);
        return queue.Skip(here + 1).Concat(queue.Take(Math.Max(0, here))).FirstOrDefault(q => q.SubmissionId != submissionId && !q.IsMarked)
            ?? queue.Skip(here + 1).FirstOrDefault();
    }
}
