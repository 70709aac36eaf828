using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Marking;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using ClassHub.Web.Pages.Posts;
using ClassHub.Web.Ui;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Tasks;

/// <summary>A task as its teachers see it: every pupil it is for, and how they stand.</summary>
public sealed record TeacherTask(TeacherTask.Facts Task, MyClass Class, DateTimeOffset Now, Attached Attached, IReadOnlyList<TeacherTask.PupilRow> Pupils, bool ShowsWork)
{
    public sealed record Facts(int Id, string Title, string Body, int PostVersion, DateTimeOffset? PublishAt, HandInWays Ways, DateTimeOffset? DueAt, DateTimeOffset? CloseAt, decimal? MostPoints, string? AuthorTitle, string AuthorForename, string AuthorSurname)
    {
        public WritingRules Rules { get; init; }
        public string? Formulae { get; init; }
    }

    public sealed record PupilRow(int PupilId, string Name, int? SubmissionId, DateTimeOffset? ExtendedTo, bool IsExcused, bool HasDraft, bool HasTicks,
        DateTimeOffset? HandedInAt, DateTimeOffset? ReturnedAt, bool IsAskedAgain, bool IsSecondTry, bool WasOnTime, bool IsOnPaper,
        Result? Result, decimal? Points, bool IsMarked, bool IsReader)
    {
        public Standing Standing { get; set; }
    }

    public sealed record Waiting(int Id, DateTimeOffset GoesAt, int Pupils)
    {
        /// <summary>"Goes out in 30 s"; what waits for the morning names it.</summary>
        public string Words(Times times, DateTimeOffset now) =>
            $"Goes out {(GoesAt - now <= Undo.Lasts ? $"in {Math.Max(0, (int)Math.Ceiling((GoesAt - now).TotalSeconds))} s" : times.Within(GoesAt))}.";
    }

    public int HandedIn => Pupils.Count(p => p.Standing.IsHandedIn);
    /// <summary>Who is excused is expected no more.</summary>
    public int Expected => HandedIn + Owing;
    private int Excused => Pupils.Count(p => p.IsExcused && !p.Standing.IsHandedIn);
    public string StillToCome => (Owing == 0 ? "Nothing is owed" : $"{Owing} still to come") + (Excused > 0 ? $", {Excused} excused" : "");
    public int ToMark => Pupils.Count(p => p.HandedInAt is not null && p.ReturnedAt is null);
    public int Ready => Pupils.Count(p => p.IsMarked && p.ReturnedAt is null && p.HandedInAt is not null);
    public int Owing => Pupils.Count(p => p.IsReader && p.Standing.IsOwed);
    public bool MayChange => Class is { IsTeacher: true, IsArchived: false };
    public bool MayRemind => Owing > 0 && IsOut;
    public bool IsOut => Task.PublishAt <= Now;
    /// <summary>Reminders on their way.</summary>
    public IReadOnlyList<Waiting> Reminders { get; private init; } = [];
    public string Address => $"/classes/{Class.ClassId}/tasks/{Task.Id}";
    public string Author => ClassHub.People.Person.CalledBy(Task.AuthorTitle, Task.AuthorForename, Task.AuthorSurname);

    public static async Task<TeacherTask?> ReadAsync(ClassHubDb db, Viewer viewer, int taskId, bool showsWork, CancellationToken stop)
    {
        var classId = viewer.Me.ClassId;
        var task = await db.Tasks.VisibleTo(viewer, db).Where(t => t.Id == taskId && t.ClassId == classId)
            .Select(t => new Facts(t.Id, t.Post.Title, t.Post.Body, t.Post.Version, t.Post.PublishAt, t.Ways, t.DueAt, t.CloseAt, t.MostPoints, t.Post.Author.Title, t.Post.Author.Forename, t.Post.Author.Surname)
            { Rules = t.Post.Rules, Formulae = t.Post.Formulae }).SingleOrDefaultAsync(stop);
        if (task is null) return null;

        var pupils = showsWork ? await PupilsAsync(db, taskId, classId, stop) : [];
        foreach (var p in pupils)
            p.Standing = new Standing
            {
                Now = viewer.Now,
                IsForTeacher = true,
                DueAt = task.DueAt,
                CloseAt = task.CloseAt,
                ExtendedTo = p.ExtendedTo,
                IsExcused = p.IsExcused,
                HasDraft = p.HasDraft,
                HasTicks = p.HasTicks,
                HandedInAt = p.HandedInAt,
                ReturnedAt = p.ReturnedAt,
                IsAskedAgain = p.IsAskedAgain,
                IsSecondTry = p.IsSecondTry,
                WasOnTime = p.WasOnTime
            };
        var attached = await Attached.ReadAsync(db, viewer, taskId, stop);
        await db.WithRungsAsync(stop, attached.Files);
        var reminders = !viewer.Me.IsTeacher ? [] : await db.Reminders.Where(r => r.TaskId == taskId && r.GoesAt > viewer.Now).OrderBy(r => r.Id)
            .Select(r => new Waiting(r.Id, r.GoesAt, r.Pupils.Count)).ToListAsync(stop);
        return new(task, viewer.Me, viewer.Now, attached, pupils, showsWork) { Reminders = reminders };
    }

    /// <summary>Those it is for, and those who have work in it although it is not for them any more.</summary>
    private static Task<List<PupilRow>> PupilsAsync(ClassHubDb db, int taskId, int classId, CancellationToken stop) => (
        from pupil in db.People
        where db.AudienceOf(taskId).Any(id => id == pupil.Id) || db.Submissions.Any(s => s.TaskId == taskId && s.PupilId == pupil.Id && s.Number > 0)
        from work in db.Submissions.Where(s => s.TaskId == taskId && s.PupilId == pupil.Id).DefaultIfEmpty()
        from arranged in db.Arrangements.Where(a => a.TaskId == taskId && a.PupilId == pupil.Id).DefaultIfEmpty()
        from mark in db.Marks.Where(m => m.SubmissionId == work!.Id && m.Number == work.Number).DefaultIfEmpty()
        orderby pupil.SortName, pupil.Id
        select new PupilRow(pupil.Id, pupil.Name, work!.Number > 0 ? work.Id : null, arranged!.DueAt, arranged.ExcusedAt != null,
            work.DraftSavedAt != null, db.StepTicks.Any(t => t.TaskId == taskId && t.PupilId == pupil.Id), work.HandedInAt, work.ReturnedAt,
            (bool?)work.IsAskedAgain ?? false, (bool?)work.IsSecondTry ?? false, (bool?)work.WasOnTime ?? false, (bool?)work.IsOnPaper ?? false,
                mark!.Result, mark.Points, mark != null && (mark.Result != null || mark.Points != null || mark.Comment != "" || mark.Files.Any()),
            db.AudienceOf(taskId).Any(id => id == pupil.Id))
    ).ToListAsync(stop);
}
