using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Planning;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace ClassHub.Web.Pages.Planning;

public enum MovedEnd { Out, Due }

/// <summary>All dates of one post in one grid: every class it went to, and the pupils with a deadline of their own.</summary>
[Row("R24")]
public sealed class DatesPage(ClassHubDb db, Viewer viewer, ChangeDates change, SetDates set, SchoolClock clock) : PageModel
{
    [BindProperty] public List<ClassRow> Rows { get; set; } = [];
    [BindProperty] public List<PupilRow> Pupils { get; set; } = [];

    public sealed class ClassRow
    {
        public int PostId { get; set; }
        public string? Out { get; set; }
        public string? Due { get; set; }
        public string? Late { get; set; }
        public string Class { get; set; } = "";
        public bool IsOut { get; set; }
    }

    public sealed class PupilRow
    {
        public int PupilId { get; set; }
        public string? Due { get; set; }
        public string Name { get; set; } = "";
    }

    public string Title { get; private set; } = "";
    public bool IsTask { get; private set; }
    public string Back { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(int postId, CancellationToken stop) => await RefusalAsync(postId, stop) is { } refusal ? refusal : await ShowAsync(postId, keepTyped: false, stop);

    public async Task<IActionResult> OnPostAsync(int postId, CancellationToken stop)
    {
        if (await RefusalAsync(postId, stop) is { } refusal) return refusal;
        var rows = await RowsAsync(postId, stop);
        PlanChange? moved = null;
        if (!ModelState.IsValid || !await this.TryAsync("", async () =>
            moved = await set.RunAsync(viewer, postId, Rows.Where(r => rows.Any(known => known.Post.Id == r.PostId)).ToDictionary(r => r.PostId, r => Typed(r, rows.First(known => known.Post.Id == r.PostId))),
                IsTask ? Pupils.DistinctBy(p => p.PupilId).ToDictionary(p => p.PupilId, p => clock.Typed(p.Due, "Pupils") is { } due ? clock.Deadline(due) : (DateTimeOffset?)null) : [], stop)))
            return await ShowAsync(postId, keepTyped: true, stop);
        var said = string.Join(" ", Nights().OfType<string>().Distinct().Prepend("Saved."));
        if (moved is null) this.Say(said);
        else this.Say(said, $"/plan/undo/{moved.Id}");
        return Redirect(Back);
    }

    private IEnumerable<string?> Nights() => Rows.Where(r => !r.IsOut).Select(r => clock.Night(SchoolClock.Read(r.Out), isDeadline: false))
        .Concat(Rows.SelectMany(r => new[] { r.Due, r.Late }).Concat(Pupils.Select(p => p.Due)).Select(at => clock.Night(SchoolClock.Read(at), true)));

    /// <summary>One end of it to another day, as the planner asks.</summary>
    public async Task<IActionResult> OnPostMoveAsync(int postId, MovedEnd what, DateOnly day, TimeOnly? time, string? back, CancellationToken stop)
    {
        if (await RefusalAsync(postId, stop) is { } refusal) return refusal;
        var onward = back is not null && back.StartsWith("/plan", StringComparison.Ordinal) && Url.IsLocalUrl(back) ? back : Back;
        PlanChange? moved = null;
        if (day == default || !ModelState.IsValid || !await this.TryAsync("", async () =>
        {
            if (day < clock.Today) throw new RuleBroken("That day is over. Choose today or a later one.");
            moved = await change.RunAsync(viewer, [postId], (_, dates) => what == MovedEnd.Out ? dates.GoingOutOn(day, time, clock) : dates.DueOn(day, time, clock), stop);
        }))
            this.Say(ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage).FirstOrDefault() ?? "Choose a day.");
        else if (moved is null) this.Say("It stands there already.");
        else this.Say($"“{Title}” {(what == MovedEnd.Out ? "goes out" : "is due")} on {day.ToString("dddd d MMMM", System.Globalization.CultureInfo.CurrentCulture)} now.", $"/plan/undo/{moved.Id}");
        return Redirect(onward);
    }

    private async Task<IActionResult?> RefusalAsync(int postId, CancellationToken stop)
    {
        var classId = viewer.Me.ClassId;
        var post = await db.Posts.VisibleTo(viewer, db).Where(p => p.Id == postId && p.ClassId == classId).Select(p => new { p.Title, p.Kind }).SingleOrDefaultAsync(stop);
        if (post is null) return NotFound();
        (Title, IsTask, Back) = (post.Title, post.Kind == PostKind.Task, $"/classes/{classId}/{(post.Kind == PostKind.Task ? "tasks" : "posts")}/{postId}");
        return viewer.Me is { IsTeacher: true, IsArchived: false } ? null : Forbid();
    }

    private sealed record Known(Post Post, ClassHub.Tasks.ClassTask? Task);

    /// <summary>The post itself first, then what went out with it to other classes of this teacher.</summary>
    private async Task<List<Known>> RowsAsync(int postId, CancellationToken stop)
    {
        var teaches = viewer.Teaches;
        return await (
            from post in db.Posts.AsNoTracking().Include(p => p.Class)
            where post.BinnedAt == null && teaches.Contains(post.ClassId) && post.Class.ArchivedAt == null
                && (post.Id == postId || (post.SetId != null && db.Posts.Any(p => p.Id == postId && p.SetId == post.SetId)))
            from task in db.Tasks.Where(t => t.Id == post.Id).DefaultIfEmpty()
            orderby post.Id == postId descending, post.Class.Name, post.Id
            select new Known(post, task)).ToListAsync(stop);
    }

    private PlannedDates Typed(ClassRow row, Known known)
    {
        var before = PlannedDates.Of(known.Post, known.Task);
        // What is out stays out, and a field left empty leaves a draft a draft.
        var (goes, typed) = before.Out <= clock.Now || clock.Typed(row.Out, "Rows") is not { } at ? (before.Out, before.OutTyped)
            : (clock.VisibleFrom(at), SchoolClock.Written(at));
        if (known.Task is null) return before with { Out = goes, OutTyped = typed };
        var due = clock.Typed(row.Due, "Rows");
        // An end of late work that nobody touched moves with the deadline.
        var late = clock.Typed(row.Late, "Rows");
        if (late is { } end && row.Late == clock.ForTyping(before.Close) && due is { } to && before.Due is { } from)
            late = end + Period.Between(clock.InSchool(from).LocalDateTime, to, PeriodUnits.Days | PeriodUnits.AllTimeUnits);
        var (dueTyped, lateTyped) = (due is { } d ? SchoolClock.Written(d) : null, late is { } l ? SchoolClock.Written(l) : null);
        return new(goes, typed, due is { } by ? clock.Deadline(by) : null, dueTyped, late is { } until ? clock.Deadline(until) : null, lateTyped);
    }

    private async Task<IActionResult> ShowAsync(int postId, bool keepTyped, CancellationToken stop)
    {
        var rows = await RowsAsync(postId, stop);
        if (keepTyped) Response.StatusCode = StatusCodes.Status400BadRequest;
        Rows = rows.ConvertAll(k => new ClassRow
        {
            PostId = k.Post.Id,
            Class = k.Post.Class.FullName,
            IsOut = k.Post.PublishAt <= clock.Now,
            Out = Kept(k.Post.Id)?.Out ?? clock.ForTyping(k.Post.PublishAt),
            Due = Kept(k.Post.Id)?.Due ?? clock.ForTyping(k.Task?.DueAt),
            Late = Kept(k.Post.Id)?.Late ?? clock.ForTyping(k.Task?.CloseAt),
        });
        if (!IsTask) return Page();
        var typed = Pupils.DistinctBy(p => p.PupilId).ToDictionary(p => p.PupilId, p => p.Due);
        var own = await (
            from pupil in db.People
            where db.AudienceOf(postId).Any(id => id == pupil.Id)
            from arranged in db.Arrangements.Where(a => a.TaskId == postId && a.PupilId == pupil.Id).DefaultIfEmpty()
            orderby pupil.SortName, pupil.Id
            select new { pupil.Id, Name = pupil.Name, arranged!.DueAt }).ToListAsync(stop);
        Pupils = own.ConvertAll(p => new PupilRow { PupilId = p.Id, Name = p.Name, Due = keepTyped && typed.TryGetValue(p.Id, out var due) ? due : clock.ForTyping(p.DueAt) });
        return Page();

        ClassRow? Kept(int id) => keepTyped ? Rows.FirstOrDefault(r => r.PostId == id) : null;
    }
}
