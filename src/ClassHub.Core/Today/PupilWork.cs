using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Marking;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;

namespace ClassHub.Today;

/// <summary>One task as a pupil's lists show it.</summary>
public sealed record PupilTaskRow(int TaskId, int ClassId, string ClassName, Subject? Subject, string Title, string? TeacherTitle, string TeacherForename, string TeacherSurname,
    DateTimeOffset? PublishAt, int? Minutes, HandInWays Ways, DateTimeOffset? DueAt, DateTimeOffset? CloseAt, int Steps, int StepsDone,
    DateTimeOffset? ExtendedTo, bool IsExcused, bool HasDraft, DateTimeOffset? HandedInAt, DateTimeOffset? ReturnedAt, bool IsAskedAgain, bool IsSecondTry, bool WasOnTime, bool IsOnPaper, Result? Result, string? Comment)
{
    public string Teacher => People.Person.CalledBy(TeacherTitle, TeacherForename, TeacherSurname);

    public Standing Standing(DateTimeOffset now) => new()
    {
        Now = now,
        DueAt = DueAt,
        CloseAt = CloseAt,
        ExtendedTo = ExtendedTo,
        IsExcused = IsExcused,
        HasDraft = HasDraft,
        HasTicks = StepsDone > 0,
        HandedInAt = HandedInAt,
        ReturnedAt = ReturnedAt,
        IsAskedAgain = IsAskedAgain,
        IsSecondTry = IsSecondTry,
        WasOnTime = WasOnTime,
    };
}

/// <summary>The tasks that Today asks about, in one statement: those still open or missed lately, and what was done of them. All of them: what is left out would be missed. Written out instead of through the one door because it is compiled; a test holds both to the same answer.</summary>
public static class PupilWork
{
    private static readonly HotQuery<int, DateTimeOffset, PupilTaskRow> Query = new((db, me, now) =>
        from member in db.Memberships
        where member.PersonId == me && !member.IsTeacher && member.Class.ArchivedAt == null
        from task in db.Tasks
        where task.ClassId == member.ClassId && task.OnTodayUntil > now && task.Post.PublishAt <= now && task.Post.BinnedAt == null
            && (task.Post.IsForAll || task.Post.Readers.Any(r => r.PersonId == me)
                || task.Post.Groups.Any(g => db.PupilGroupMembers.Any(m => m.GroupId == g.GroupId && m.PersonId == me)))
        from work in db.Submissions.Where(s => s.TaskId == task.Id && s.PupilId == me).DefaultIfEmpty()
        from arranged in db.Arrangements.Where(a => a.TaskId == task.Id && a.PupilId == me).DefaultIfEmpty()
        from mark in db.Marks.Where(m => m.SubmissionId == work!.Id && m.Number == work.Number && m.ReturnedAt <= now).DefaultIfEmpty()
        orderby task.OnTodayUntil, task.Id
        select new PupilTaskRow(task.Id, task.ClassId, member.Class.Name, member.Class.Subject, task.Post.Title, task.Post.Author.Title, task.Post.Author.Forename, task.Post.Author.Surname,
            task.Post.PublishAt, task.Post.EstimatedMinutes, task.Ways, task.DueAt, task.CloseAt, task.StepCount,
            task.StepCount == 0 ? 0 : db.StepTicks.Count(t => t.TaskId == task.Id && t.PupilId == me && t.Step < task.StepCount),
            arranged!.DueAt, arranged.ExcusedAt != null, work!.DraftSavedAt != null, work.HandedInAt, work.ReturnedAt,
            (bool?)work.IsAskedAgain ?? false, (bool?)work.IsSecondTry ?? false, (bool?)work.WasOnTime ?? false, (bool?)work.IsOnPaper ?? false, mark!.Result, mark.Comment));

    public static async Task<IReadOnlyList<PupilTaskRow>> OpenTasksAsync(this ClassHubDb db, int pupilId, DateTimeOffset now, CancellationToken stop) =>
        await Query.RunAsync(db, pupilId, now, stop);

    /// <summary>The first moment after now at which one of these looks different: due, closed, or given back.</summary>
    public static DateTimeOffset? NextMoment(IEnumerable<PupilTaskRow> tasks, DateTimeOffset now) =>
        tasks.Select(t => t.Standing(now).NextMoment).Min();
}
