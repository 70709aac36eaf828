using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Planning;

/// <summary>Some days of one class, to begin again on another day in the same class or another.</summary>
public sealed record PlanCopy(int FromClassId, DateOnly From, DateOnly Until, int ToClassId, DateOnly To);

/// <summary>One post that would be made again. <paramref name="AsDraft"/>: it was for some pupils only, whose names mean nothing in the other class.</summary>
public sealed record CopiedPost(int PostId, PostKind Kind, string Title, PlannedDates From, PlannedDates To, bool AsDraft);

/// <summary>Makes posts again with dates moved over by school days: a week, a whole year, or one post on every Monday.</summary>
public sealed class CopyPlan(ClassHubDb db, ComposePost compose, SchoolClock clock)
{
    public const int MostRepeats = 100;

    /// <exception cref="RuleBroken">Not a class of this teacher, or it would begin before today.</exception>
    public async Task<IReadOnlyList<CopiedPost>> PreviewAsync(Viewer teacher, PlanCopy plan, CancellationToken stop)
    {
        if (!teacher.Teaches.Contains(plan.FromClassId)) throw new RuleBroken("Choose a class you teach.", "FromClassId");
        if (teacher.In(plan.ToClassId) is not { IsTeacher: true, IsArchived: false }) throw new RuleBroken("Choose a class you teach.", "ToClassId");
        if (plan.Until < plan.From) throw new RuleBroken("The last day comes after the first.", "Until");
        if (plan.To < clock.Today) throw new RuleBroken("It begins today at the earliest.", "To");
        var (from, until) = (clock.StartOf(plan.From), clock.StartOf(plan.Until.AddDays(1)));
        var posts = await (
            from post in db.Posts.AsNoTracking()
            where post.ClassId == plan.FromClassId && post.BinnedAt == null && post.PublishAt >= @from && post.PublishAt < until
            from task in db.Tasks.Where(t => t.Id == post.Id).DefaultIfEmpty()
            orderby post.PublishAt, post.Id
            select new { post, task }).Take(ChangeDates.Most + 1).ToListAsync(stop);
        if (posts.Count > ChangeDates.Most) throw new RuleBroken($"More than {ChangeDates.Most:N0} posts lie on these days. Choose an earlier last day, and copy the rest afterwards.", "Until");
        return [.. posts.Select(p =>
        {
            var dates = PlannedDates.Of(p.post, p.task);
            return new CopiedPost(p.post.Id, p.post.Kind, p.post.Title, dates, dates.Rebased(plan.From, plan.To, clock), AsDraft: !p.post.IsForAll && plan.FromClassId != plan.ToClassId);
        })];
    }

    /// <summary>Drafts of the class have no day, so they are not copied.</summary>
    public Task<int> DraftsAsync(Viewer teacher, int classId, CancellationToken stop) =>
        db.Posts.CountAsync(p => p.ClassId == classId && teacher.Teaches.Contains(classId) && p.BinnedAt == null && p.PublishAt == null, stop);

    /// <exception cref="RuleBroken">As <see cref="PreviewAsync"/>, or one of them would go out in the past.</exception>
    public async Task<PlanChange?> RunAsync(Viewer teacher, PlanCopy plan, CancellationToken stop) =>
        await MakeAsync(teacher, plan.ToClassId, await PreviewAsync(teacher, plan, stop), stop);

    /// <summary>The same post on these days of the week until the last day, holidays left out. The time of day and the days until it is due stay.</summary>
    /// <exception cref="RuleBroken">No day is chosen, or there would be more than a hundred.</exception>
    public async Task<IReadOnlyList<CopiedPost>> PreviewRepeatAsync(Viewer teacher, int postId, SchoolDays days, DateOnly until, CancellationToken stop)
    {
        if (days == SchoolDays.None) throw new RuleBroken("Choose at least one day of the week.", "Days");
        if (until > clock.Today.AddYears(2)) throw new RuleBroken("Repeat it for two years at most.", "Until");
        var teaches = teacher.Teaches;
        var post = await db.Posts.AsNoTracking().SingleAsync(p => p.Id == postId && teaches.Contains(p.ClassId), stop);
        var task = await db.Tasks.AsNoTracking().SingleOrDefaultAsync(t => t.Id == postId, stop);
        var dates = PlannedDates.Of(post, task);
        // What is out already is planned as if it went out once more.
        var first = clock.DateOf(dates.Out ?? clock.Now);
        var time = dates.Out is { } @out ? clock.TimeOf(@out) : clock.Calendar.Morning;
        var start = first < clock.Today ? clock.Today : first;
        var made = new List<CopiedPost>();
        for (var day = start.AddDays(1); day <= until; day = day.AddDays(1))
        {
            if (!days.Has(day.DayOfWeek) || !clock.IsSchoolDay(day)) continue;
            var to = dates.Rebased(first, day, clock);
            if (dates.Out is null) to = to with { Out = clock.At(day, time), OutTyped = clock.ForTyping(clock.At(day, time)) };
            made.Add(new(postId, post.Kind, post.Title, dates, to, AsDraft: false));
            if (made.Count > MostRepeats) throw new RuleBroken($"That would make more than {MostRepeats} posts. Choose an earlier last day.", "Until");
        }
        return made;
    }

    /// <exception cref="RuleBroken">As <see cref="PreviewRepeatAsync"/>.</exception>
    public Task<PlanChange?> RepeatAsync(Viewer teacher, int postId, SchoolDays days, DateOnly until, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var model = await db.Posts.Where(p => p.Id == postId).Select(p => new { p.ClassId, p.SeriesId }).SingleAsync(stop);
        if (await MakeAsync(teacher, model.ClassId, await PreviewRepeatAsync(teacher, postId, days, until, stop), stop) is not { } made) return null;
        var (series, ids) = (model.SeriesId ?? RandomKey.Hex(), made.Items.Select(i => i.PostId).Append(postId).ToArray());
        await db.Posts.Where(p => ids.Contains(p.Id)).ExecuteUpdateAsync(set => set.SetProperty(p => p.SeriesId, series), stop);
        return made;
    }, stop);

    private Task<PlanChange?> MakeAsync(Viewer teacher, int toClassId, IReadOnlyList<CopiedPost> copies, CancellationToken stop) => db.WriteAsync(async () =>
    {
        if (copies.Count == 0) return null;
        if (copies.FirstOrDefault(c => !c.AsDraft && c.To.Out <= clock.Now) is { } past) throw new RuleBroken($"“{past.Title}” would go out in the past. Begin on a later day.", "To");
        var items = new List<PlanChangeItem>();
        foreach (var copy in copies)
        {
            var to = copy.AsDraft ? copy.To with { Out = null, OutTyped = null } : copy.To;
            var id = await compose.CopyAsync(teacher, copy.PostId, toClassId, stop, to.AsTyped(clock));
            items.Add(new PlanChangeItem(id, from: null, to));
        }
        return await db.RememberAsync(teacher, items, clock.Now, stop);
    }, stop);
}
