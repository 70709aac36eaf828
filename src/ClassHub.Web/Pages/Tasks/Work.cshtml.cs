using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Marking;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace ClassHub.Web.Pages.Tasks;

/// <summary>The tasks of one class, newest first.</summary>
[Row("R22"), Versioned]
public sealed class WorkPage(ClassHubDb db, IMemoryCache cache, Viewer viewer) : PageModel
{
    private const int PageSize = 30;

    public sealed record View(int Id, string Title, DateTimeOffset? PublishAt, DateTimeOffset? DueAt, DateTimeOffset? CloseAt, int HandedIn, int ToMark,
        DateTimeOffset? ExtendedTo, bool IsExcused, bool HasDraft, DateTimeOffset? HandedInAt, DateTimeOffset? ReturnedAt, bool IsAskedAgain,
        bool IsSecondTry, bool WasOnTime, Result? Result, bool HasTicks)
    {
        public Standing Standing { get; set; }
    }

    public MyClass Class => viewer.Me;
    public DateTimeOffset Now => viewer.Now;
    public ClassHead Head { get; private set; } = null!;
    public IReadOnlyList<View> Tasks { get; private set; } = [];
    public int? Older { get; private set; }

    public async Task OnGetAsync(int? before, CancellationToken stop)
    {
        var (classId, me, now, most) = (Class.ClassId, viewer.WorkOf, viewer.Now, before ?? int.MaxValue);
        Head = await ClassHead.ReadAsync(db, cache, Class, stop);
        var tasks = await (
            from task in db.Tasks.VisibleTo(viewer, db)
            where task.ClassId == classId && task.Id < most
            from work in db.Submissions.Where(s => s.TaskId == task.Id && s.PupilId == me).DefaultIfEmpty()
            from arranged in db.Arrangements.Where(a => a.TaskId == task.Id && a.PupilId == me).DefaultIfEmpty()
            from mark in db.Marks.Where(m => m.SubmissionId == work!.Id && m.Number == work.Number && m.ReturnedAt <= now).DefaultIfEmpty()
            orderby task.Id descending
            select new View(task.Id, task.Post.Title, task.Post.PublishAt, task.DueAt, task.CloseAt,
                db.Submissions.Count(s => s.TaskId == task.Id && s.HandedInAt != null && !s.IsAskedAgain),
                db.Submissions.Count(s => s.TaskId == task.Id && s.HandedInAt != null && s.ReturnedAt == null),
                arranged!.DueAt, arranged.ExcusedAt != null, work!.DraftSavedAt != null, work.HandedInAt, work.ReturnedAt, (bool?)work.IsAskedAgain ?? false,
                    (bool?)work.IsSecondTry ?? false, (bool?)work.WasOnTime ?? false, mark!.Result,
                db.StepTicks.Any(t => t.TaskId == task.Id && t.PupilId == me && t.Step < task.StepCount))).Take(PageSize + 1).ToListAsync(stop);
        foreach (var t in tasks)
            t.Standing = new Standing
            {
                Now = Now,
                DueAt = t.DueAt,
                CloseAt = t.CloseAt,
                ExtendedTo = t.ExtendedTo,
                IsExcused = t.IsExcused,
                HasDraft = t.HasDraft,
                HasTicks = t.HasTicks,
                HandedInAt = t.HandedInAt,
                ReturnedAt = t.ReturnedAt,
                IsAskedAgain = t.IsAskedAgain,
                IsSecondTry = t.IsSecondTry,
                WasOnTime = t.WasOnTime
            };
        foreach (var t in tasks) HttpContext.LooksDifferentAt(t.Standing.NextMoment);
        if (tasks.Count > PageSize) Older = tasks[PageSize - 1].Id;
        Tasks = [.. tasks.Take(PageSize)];
    }
}
