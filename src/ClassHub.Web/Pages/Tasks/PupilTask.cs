using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Marking;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using ClassHub.Web.Pages.Posts;
using ClassHub.Web.Ui;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Tasks;

/// <summary>A task as the pupil it is for sees it: what to do, their work, and what the teacher answered.</summary>
public sealed record PupilTask(PupilTask.Facts Task, MyClass Class, Standing Standing, Attached Attached, HashSet<int> Ticked)
{
    public sealed record Facts(int Id, string Title, string Body, int PostVersion, int? Minutes, string? AuthorTitle, string AuthorForename, string AuthorSurname, DateTimeOffset PublishAt, HandInWays Ways, DateTimeOffset? DueAt, DateTimeOffset? CloseAt, decimal? MostPoints)
    {
        public WritingRules Rules { get; init; }
        public string? Formulae { get; init; }
    }
    public sealed record VersionView(int Number, string Text, DateTimeOffset HandedInAt, string Receipt, bool IsOnPaper, bool ByTeacher, bool IsTakenBack, IReadOnlyList<FileView> Files, DateTimeOffset? MadeAt, DateTimeOffset? ArrivedAt);
    public sealed record EarlierView(int Id, string Text, DateTimeOffset ReplacedAt, bool IsToTell, IReadOnlyList<FileView> Files);
    public sealed record MarkView(int Number, Result? Result, decimal? Points, string Comment, DateTimeOffset ReturnedAt, bool IsOpened, string By, IReadOnlyList<FileView> Files);

    /// <summary>One answer as it is shown, wherever it is; <paramref name="Version"/> is named where there is a newer one.</summary>
    public sealed record FeedbackCard(int SubmissionId, MarkView Mark, decimal? MostPoints, int? Version);

    public FeedbackCard Feedback(MarkView mark) => new(SubmissionId, mark, Task.MostPoints, Versions.Any(v => v.Number > mark.Number && !v.IsTakenBack) ? mark.Number : null);

    public string Teacher => ClassHub.People.Person.CalledBy(Task.AuthorTitle, Task.AuthorForename, Task.AuthorSurname);
    public int SubmissionId { get; init; }
    public int DraftVersion { get; init; }
    public DateTimeOffset? DraftSavedAt { get; init; }
    public string DraftText { get; set; } = "";
    public IReadOnlyList<FileView> DraftFiles { get; init; } = [];
    /// <summary>When "Hand in" was pressed for files that are still on their way.</summary>
    public DateTimeOffset? PressedAt { get; init; }
    /// <summary>Newest first.</summary>
    public IReadOnlyList<VersionView> Versions { get; init; } = [];
    public IReadOnlyList<MarkView> Marks { get; init; } = [];
    /// <summary>The teacher took the feedback back to change it.</summary>
    public DateTimeOffset? TakenBackAt { get; init; }
    /// <summary>Made once for each form: a repeat gives the same receipt.</summary>
    public string Key { get; set; } = RandomKey.Hex();
    public FileLimits Limits { get; init; } = new();
    /// <summary>What another tab or device saved while this page was open; the pupil is asked.</summary>
    public DraftChanged? Other { get; set; }
    /// <summary>What the draft held before, newest first.</summary>
    public IReadOnlyList<EarlierView> Earlier { get; init; } = [];

    public bool IsChanging => Standing is { IsHandedIn: true, HasDraft: true };
    /// <summary>The form is there while something can be handed in: before the first time, after "Try again", and while changing.</summary>
    public bool ShowsForm => Class.IsPupil && Standing.MayHandIn && (!Standing.IsHandedIn || Standing.HasDraft);
    /// <summary>Everything handed in before that, and whatever was answered to it.</summary>
    public IEnumerable<VersionView> Before => Versions.Where(v => Standing.HandedInAt is null || v != Newest);
    public VersionView? Newest => Versions.FirstOrDefault(v => !v.IsTakenBack);
    public string Address => $"/classes/{Class.ClassId}/tasks/{Task.Id}";

    public static async Task<PupilTask?> ReadAsync(ClassHubDb db, Viewer viewer, int taskId, FileLimits limits, CancellationToken stop)
    {
        var (classId, me) = (viewer.Me.ClassId, viewer.WorkOf);
        var task = await db.Tasks.VisibleTo(viewer, db).Where(t => t.Id == taskId && t.ClassId == classId)
            .Select(t => new Facts(t.Id, t.Post.Title, t.Post.Body, t.Post.Version, t.Post.EstimatedMinutes, t.Post.Author.Title, t.Post.Author.Forename, t.Post.Author.Surname, t.Post.PublishAt!.Value, t.Ways, t.DueAt, t.CloseAt, t.MostPoints)
            { Rules = t.Post.Rules, Formulae = t.Post.Formulae })
            .SingleOrDefaultAsync(stop);
        if (task is null) return null;

        var work = await db.Submissions.AsNoTracking().SingleOrDefaultAsync(s => s.TaskId == taskId && s.PupilId == me, stop);
        var arranged = await db.Arrangements.AsNoTracking().SingleOrDefaultAsync(a => a.TaskId == taskId && a.PupilId == me, stop);
        HashSet<int> ticked = [.. await db.StepTicks.Where(t => t.TaskId == taskId && t.PupilId == me).OrderBy(t => t.Step).Take(TaskSteps.Most)
            .Select(t => t.Step).ToListAsync(stop)];
        var standing = StandingOf(task, arranged, work, viewer.Now) with { HasTicks = ticked.Count > 0 };
        var versions = work is null or { Number: 0 } ? [] : await VersionsAsync(db, work.Id, me, stop);
        var attached = await Attached.ReadAsync(db, viewer, taskId, stop);
        var draftFiles = work is null or { HasDraft: false } || !viewer.Me.IsPupil ? [] : await DraftFilesAsync(db, work.Id, stop);
        var marks = work is null or { Number: 0 } ? [] : await MarksAsync(db, work.Id, viewer.Now, stop);
        await db.WithRungsAsync(stop, [attached.Files, draftFiles, versions.FirstOrDefault(v => !v.IsTakenBack)?.Files ?? [], .. marks.Select(m => m.Files)]);
        return new PupilTask(task, viewer.Me, standing, attached, ticked)
        {
            SubmissionId = work?.Id ?? 0,
            DraftVersion = work?.DraftVersion ?? 0,
            DraftSavedAt = work?.DraftSavedAt,
            // After "Try again" one goes on from what one wrote.
            DraftText = !viewer.Me.IsPupil || work is null ? "" : work.DraftText ?? (standing.IsAskedAgain && !work.HasDraft ? versions.FirstOrDefault(v => !v.IsTakenBack)?.Text : null) ?? "",
            DraftFiles = draftFiles,
            Earlier = work is null || !viewer.Me.IsPupil ? [] : await EarlierAsync(db, work.Id, stop),
            PressedAt = work is null or { HasDraft: false } || !viewer.Me.IsPupil ? null
                : await db.HandInWishes.Where(w => w.SubmissionId == work.Id).MinAsync(w => (DateTimeOffset?)w.PressedAt, stop),
            Versions = versions,
            Marks = marks,
            TakenBackAt = work is null or { Number: 0 } ? null
                : await db.Marks.Where(m => m.SubmissionId == work.Id && m.Number == work.Number && m.ReturnedAt == null).Select(m => m.TakenBackAt).SingleOrDefaultAsync(stop),
            Limits = limits,
        };
    }

    private static Standing StandingOf(Facts task, Arrangement? arranged, Submission? work, DateTimeOffset now) => new()
    {
        Now = now,
        DueAt = task.DueAt,
        CloseAt = task.CloseAt,
        ExtendedTo = arranged?.DueAt,
        IsExcused = arranged?.ExcusedAt is not null,
        HasDraft = work?.HasDraft ?? false,
        HandedInAt = work?.HandedInAt,
        ReturnedAt = work?.ReturnedAt,
        IsAskedAgain = work?.IsAskedAgain ?? false,
        IsSecondTry = work?.IsSecondTry ?? false,
        WasOnTime = work?.WasOnTime ?? false,
    };

    /// <summary>All of them, newest first.</summary>
    public static Task<List<VersionView>> VersionsAsync(ClassHubDb db, int submissionId, int pupilId, CancellationToken stop) =>
        db.SubmissionVersions.Where(v => v.SubmissionId == submissionId).OrderByDescending(v => v.Number)
            .Select(v => new VersionView(v.Number, v.Text, v.HandedInAt, v.Receipt, v.IsOnPaper, v.ByPersonId != pupilId, v.TakenBackAt != null,
                v.Files.OrderBy(f => f.Place).Select(f => new FileView(f.FileId, f.File.Key, f.File.Name, f.File.ContentType, f.File.Size)).ToList(), v.MadeAt, v.ArrivedAt))
            .ToListAsync(stop);

    public static Task<List<FileView>> DraftFilesAsync(ClassHubDb db, int submissionId, CancellationToken stop) =>
        db.DraftFiles.Where(f => f.SubmissionId == submissionId).OrderBy(f => f.Place).Select(f => new FileView(f.FileId, f.File.Key, f.File.Name, f.File.ContentType, f.File.Size)).ToListAsync(stop);

    public static Task<List<EarlierView>> EarlierAsync(ClassHubDb db, int submissionId, CancellationToken stop) =>
        db.EarlierDrafts.Where(e => e.SubmissionId == submissionId).OrderByDescending(e => e.Id)
            .Select(e => new EarlierView(e.Id, e.Text, e.ReplacedAt, e.IsToTell,
                e.Files.OrderBy(f => f.Place).Select(f => new FileView(f.FileId, f.File.Key, f.File.Name, f.File.ContentType, f.File.Size)).ToList()))
            .ToListAsync(stop);

    /// <summary>What was given back, newest first.</summary>
    public static Task<List<MarkView>> MarksAsync(ClassHubDb db, int submissionId, DateTimeOffset now, CancellationToken stop) =>
        db.Marks.Where(m => m.SubmissionId == submissionId && m.ReturnedAt <= now).OrderByDescending(m => m.Number)
            .Select(m => new MarkView(m.Number, m.Result, m.Points, m.Comment, m.ReturnedAt!.Value, m.OpenedAt != null,
                db.People.Where(p => p.Id == m.MarkedById).Select(p => p.Title == null ? p.Name : p.Title + " " + (p.Surname == "" ? p.Forename : p.Surname)).FirstOrDefault()!,
                m.Files.OrderBy(f => f.Place).Select(f => new FileView(f.FileId, f.File.Key, f.File.Name, f.File.ContentType, f.File.Size)
                {
                    By = db.People.Where(p => p.Id == f.File.OwnerId).Select(p => p.Title == null ? p.Name : p.Title + " " + (p.Surname == "" ? p.Forename : p.Surname))
                        .FirstOrDefault(),
                }).ToList()))
            .ToListAsync(stop);
}
