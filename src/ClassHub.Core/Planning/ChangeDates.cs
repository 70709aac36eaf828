using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Planning;

/// <summary>One post whose dates would change, and whom that moves.</summary>
/// <param name="Pupils">Whom it is for.</param>
/// <param name="HandedIn">How many of them have handed in already.</param>
/// <param name="OwnDeadlines">How many have a later deadline of their own, which stays.</param>
public sealed record DateMove(int PostId, int ClassId, string ClassName, Subject? Subject, PostKind Kind, string Title, PlannedDates From, PlannedDates To, int Pupils, int HandedIn, int OwnDeadlines);

/// <summary>Moves the dates of many posts in one go: looked at first, and taken back in one go.</summary>
public sealed class ChangeDates(ClassHubDb db, SchoolClock clock)
{
    /// <summary>More than a class has in a year.</summary>
    public const int Most = 1_000;

    private sealed record Dated(Post Post, ClassTask? Task)
    {
        public PlannedDates Dates => PlannedDates.Of(Post, Task);
    }

    /// <summary>What would move and whom; nothing is written.</summary>
    public async Task<IReadOnlyList<DateMove>> PreviewAsync(Viewer teacher, IReadOnlyCollection<int> postIds, Func<int, PlannedDates, PlannedDates> move, CancellationToken stop)
    {
        var moves = (await ReadAsync(teacher, postIds, stop)).Select(d => (d.Post, From: d.Dates, To: move(d.Post.Id, d.Dates))).Where(m => !m.From.IsAt(m.To)).OrderBy(m => m.From.Out).ThenBy(m => m.Post.Id).ToList();
        db.ChangeTracker.Clear();
        var ids = moves.ConvertAll(m => m.Post.Id);
        var pupils = await db.AudiencesOf(db.Posts.Where(p => ids.Contains(p.Id))).GroupBy(a => a.PostId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        var handedIn = await db.Submissions.Where(s => ids.Contains(s.TaskId) && s.HandedInAt != null).GroupBy(s => s.TaskId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        var own = await db.Arrangements.Where(a => ids.Contains(a.TaskId) && a.DueAt != null).GroupBy(a => a.TaskId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        return [.. moves.Select(m => new DateMove(m.Post.Id, m.Post.ClassId, m.Post.Class.Name, m.Post.Class.Subject, m.Post.Kind, m.Post.Title, m.From, m.To,
            pupils.GetValueOrDefault(m.Post.Id), handedIn.GetValueOrDefault(m.Post.Id), own.GetValueOrDefault(m.Post.Id)))];
    }

    /// <summary>All of them or none. None when nothing would move.</summary>
    /// <exception cref="RuleBroken">One of them cannot have these dates; its title is in the sentence.</exception>
    public Task<PlanChange?> RunAsync(Viewer teacher, IReadOnlyCollection<int> postIds, Func<int, PlannedDates, PlannedDates> move, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var items = new List<PlanChangeItem>();
        foreach (var dated in await ReadAsync(teacher, postIds, stop))
        {
            var (from, to) = (dated.Dates, move(dated.Post.Id, dated.Dates));
            if (from.IsAt(to)) continue;
            Move(dated, to);
            items.Add(new PlanChangeItem(dated.Post.Id, from, to));
        }
        return items.Count == 0 ? null : await db.RememberAsync(teacher, items, clock.Now, stop);
    }, stop);

    /// <summary>Takes back what this teacher moved or made. What somebody changed since stays as it is; its titles are returned.</summary>
    /// <exception cref="RuleBroken">It is too long ago, taken back already, or another's.</exception>
    public Task<IReadOnlyList<string>> UndoAsync(Viewer teacher, int changeId, CancellationToken stop) => db.WriteAsync<IReadOnlyList<string>>(async () =>
    {
        var change = await db.PlanChanges.Include(c => c.Items).SingleOrDefaultAsync(c => c.Id == changeId && c.ByPersonId == teacher.PersonId, stop);
        if (change is null || change.UndoneAt is not null || change.At < clock.Now - PlanChange.Undoable) throw new RuleBroken("That cannot be taken back any more.");
        var posts = (await ReadAsync(teacher, [.. change.Items.Select(i => i.PostId)], stop)).ToDictionary(d => d.Post.Id);
        var begun = await db.Submissions.Where(s => posts.Keys.Contains(s.TaskId)).Select(s => s.TaskId).Distinct().ToListAsync(stop);
        var left = new List<string>();
        foreach (var item in change.Items)
        {
            if (!posts.TryGetValue(item.PostId, out var dated)) continue;
            if (!dated.Dates.IsAt(item.To) || (item.IsNew && (dated.Post.EditedAt > change.At || begun.Contains(item.PostId)))) left.Add(dated.Post.Title);
            else if (item.IsNew) dated.Post.Bin(clock.Now);
            else Move(dated, item.From);
        }
        change.Undo(clock.Now);
        await db.SaveChangesAsync(stop);
        return left;
    }, stop);

    private void Move(Dated dated, PlannedDates to)
    {
        try
        {
            if (to.Out is { } at) dated.Post.Reschedule(at, to.OutTyped, clock.Now);
            else dated.Post.Redated(clock.Now);
            dated.Task?.Schedule(to.Due, to.DueTyped, to.Close, to.CloseTyped, clock.Now);
        }
        catch (RuleBroken rule)
        {
            throw new RuleBroken($"“{dated.Post.Title}”: {rule.Message}");
        }
    }

    private async Task<List<Dated>> ReadAsync(Viewer teacher, IReadOnlyCollection<int> postIds, CancellationToken stop)
    {
        var teaches = teacher.Teaches;
        var posts = await db.Posts.Include(p => p.Class).Where(p => postIds.Contains(p.Id) && teaches.Contains(p.ClassId) && p.Class.ArchivedAt == null && p.BinnedAt == null).OrderBy(p => p.Id).Take(Most).ToListAsync(stop);
        var ids = posts.ConvertAll(p => p.Id);
        var tasks = await db.Tasks.Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, stop);
        return posts.ConvertAll(p => new Dated(p, tasks.GetValueOrDefault(p.Id)));
    }
}

/// <summary>Every night: what can no longer be taken back is forgotten.</summary>
public sealed class SweepPlanChanges(ClassHubDb db, TimeProvider clock)
{
    public Task RunAsync(CancellationToken stop) => db.WriteAsync(async () =>
    {
        var before = clock.GetUtcNow() - 2 * PlanChange.Undoable;
        await db.PlanChanges.Where(c => c.At < before).ExecuteDeleteAsync(stop);
    }, stop);
}
