using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Submissions;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Marking;

/// <summary>What waits to be marked, oldest first: of one task, or of all the classes one teaches. A page at a time, with how many there are.</summary>
public sealed record MarkQueue(IReadOnlyList<MarkQueue.Item> Page, int Count)
{
    public const int PageSize = 100;
    /// <summary>So many of those before the piece in the centre are shown beside it.</summary>
    private const int Before = 20;

    /// <summary>Where the next page begins; none when all are shown.</summary>
    public int? Next { get; private init; }

    public sealed record Item(int SubmissionId, int TaskId, int ClassId, string ClassName, Subject? Subject, string Title, int PupilId, string Forename, string Surname, int Number, DateTimeOffset HandedInAt, bool IsOnPaper, bool IsMarked)
    {
        public string Pupil => ClassHub.People.Person.FullName(Forename, Surname);
        public string Address => $"/classes/{ClassId}/tasks/{TaskId}/mark/{SubmissionId}";
    }

    /// <param name="after">The last piece of the page before.</param>
    public static async Task<MarkQueue> ReadAsync(ClassHubDb db, Viewer viewer, int? taskId, CancellationToken stop, int? classId = null, int? after = null)
    {
        var waiting = Waiting(db, viewer, taskId, classId);
        var count = await waiting.CountAsync(stop);
        var page = await Items(db, After(waiting, await PlaceOfAsync(db, after, stop)).Take(PageSize + 1)).ToListAsync(stop);
        return new([.. page.Take(PageSize)], count) { Next = page.Count > PageSize ? page[PageSize - 1].SubmissionId : null };
    }

    /// <summary>The pieces around one of them.</summary>
    public static async Task<MarkQueue> AroundAsync(ClassHubDb db, Viewer viewer, int? taskId, int submissionId, CancellationToken stop)
    {
        var waiting = Waiting(db, viewer, taskId, null);
        if (!await waiting.AnyAsync(s => s.Id == submissionId, stop)) return await ReadAsync(db, viewer, taskId, stop);
        var (at, id) = (await PlaceOfAsync(db, submissionId, stop))!.Value;
        var before = await Items(db, waiting.Where(s => s.HandedInAt < at || (s.HandedInAt == at && s.Id <= id)).OrderByDescending(s => s.HandedInAt).ThenByDescending(s => s.Id).Take(Before + 1)).ToListAsync(stop);
        var then = await Items(db, After(waiting, (at, id)).Take(PageSize - Before)).ToListAsync(stop);
        return new([.. before.OrderBy(i => i.HandedInAt).ThenBy(i => i.SubmissionId), .. then], await waiting.CountAsync(stop));
    }

    private static IQueryable<Submission> Waiting(ClassHubDb db, Viewer viewer, int? taskId, int? classId)
    {
        var waiting = db.Submissions.VisibleTo(viewer).Where(s => s.HandedInAt != null && s.ReturnedAt == null && s.PupilId != viewer.PersonId);
        if (taskId is not null) waiting = waiting.Where(s => s.TaskId == taskId);
        return classId is null ? waiting : waiting.Where(s => s.ClassId == classId);
    }

    private static async Task<(DateTimeOffset At, int Id)?> PlaceOfAsync(ClassHubDb db, int? submissionId, CancellationToken stop) => submissionId is null ? null
        : await db.Submissions.Where(s => s.Id == submissionId).Select(s => s.HandedInAt).SingleOrDefaultAsync(stop) is { } at ? (at, submissionId.Value) : null;

    private static IQueryable<Submission> After(IQueryable<Submission> waiting, (DateTimeOffset At, int Id)? place)
    {
        if (place is var (at, id)) waiting = waiting.Where(s => s.HandedInAt > at || (s.HandedInAt == at && s.Id > id));
        return waiting.OrderBy(s => s.HandedInAt).ThenBy(s => s.Id);
    }

    private static IQueryable<Item> Items(ClassHubDb db, IQueryable<Submission> work) => work
        .Select(s => new Item(s.Id, s.TaskId, s.ClassId, s.Task.Post.Class.Name, s.Task.Post.Class.Subject, s.Task.Post.Title, s.PupilId, s.Pupil.Forename, s.Pupil.Surname,
            s.Number, s.HandedInAt!.Value, s.IsOnPaper, db.Marks.Any(m => m.SubmissionId == s.Id && m.Number == s.Number)));

    /// <summary>The next unmarked piece after this one, or the first that is left.</summary>
    public static Item? After(IReadOnlyList<Item> queue, int submissionId)
    {
        var here = queue.ToList().FindIndex(q => q.SubmissionId == submissionId);
        return queue.Skip(here + 1).Concat(queue.Take(Math.Max(0, here))).FirstOrDefault(q => q.SubmissionId != submissionId && !q.IsMarked)
            ?? queue.Skip(here + 1).FirstOrDefault();
    }
}
