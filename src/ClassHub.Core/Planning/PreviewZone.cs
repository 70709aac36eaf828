using ClassHub.Database;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Planning;

/// <summary>One date that would move: its time of the clock stays, its moment does not.</summary>
public sealed record ZoneExample(string Title, string ClassName, bool IsDue, DateTimeOffset From, DateTimeOffset To);

/// <summary>What a change of the school's zone would move.</summary>
/// <param name="Staying">Titles of what would be over by the new clock and so keeps its moment.</param>
public sealed record ZonePreview(int Posts, int Deadlines, int Ends, int Extensions, IReadOnlyList<ZoneExample> First, IReadOnlyList<string> Staying)
{
    public bool IsEmpty => Posts + Deadlines + Ends + Extensions == 0;
}

/// <summary>Looks at what a change of the school's zone would move; nothing is written.</summary>
public sealed class PreviewZone(ClassHubDb db, TimeProvider clock)
{
    private const int Examples = 5;
    /// <summary>No two zones are further apart.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromHours(27);

    /// <exception cref="RuleBroken">Not a zone.</exception>
    public async Task<ZonePreview> RunAsync(string zone, CancellationToken stop)
    {
        SchoolProfile.MustBeZone(zone);
        var (now, shift) = (clock.GetUtcNow(), ZoneShift.Of(await db.Schools.AsNoTracking().SingleAsync(stop), zone, clock));
        var rows =
            from post in db.Ahead(now).AsNoTracking()
            from task in db.Tasks.Where(t => t.Id == post.Id).DefaultIfEmpty()
            select new { post.Title, ClassName = post.Class.Name, post.Class.Subject, post, task };
        var until = now + Furthest;
        var near = await rows.Where(r => (r.post.PublishAt > now && r.post.PublishAt < until)
                || (r.task!.DueAt > now && r.task.DueAt < until) || (r.task.CloseAt > now && r.task.CloseAt < until))
            .OrderBy(r => r.post.Id).ToListAsync(stop);
        var goes = await rows.Where(r => r.post.PublishAt > now).OrderBy(r => r.post.PublishAt).ThenBy(r => r.post.Id).Take(Examples).ToListAsync(stop);
        var due = await rows.Where(r => r.task!.DueAt > now).OrderBy(r => r.task!.DueAt).ThenBy(r => r.post.Id).Take(Examples).ToListAsync(stop);
        var examples = goes.Select(r => (r, IsDue: false)).Concat(due.Select(r => (r, IsDue: true))).Select(e =>
        {
            var (from, to) = (PlannedDates.Of(e.r.post, e.r.task), shift.Of(PlannedDates.Of(e.r.post, e.r.task)));
            var name = Classes.SchoolClass.Called(e.r.ClassName, e.r.Subject);
            return e.IsDue ? new ZoneExample(e.r.Title, name, true, from.Due!.Value, to.Due!.Value)
                : new ZoneExample(e.r.Title, name, false, from.Out!.Value, to.Out!.Value);
        });
        var (posts, deadlines) = (await db.Posts.CountAsync(p => p.PublishAt > now, stop), await db.Tasks.CountAsync(t => t.DueAt > now, stop));
        var ends = await db.Tasks.CountAsync(t => t.CloseAt > now && t.CloseAt != t.DueAt, stop);
        var own = await db.Arrangements.CountAsync(a => a.DueAt > now, stop);
        return new(posts, deadlines, ends, own, [.. examples.Where(e => e.From != e.To).OrderBy(e => e.From).Take(Examples)],
            [.. near.Where(r => shift.Stays(PlannedDates.Of(r.post, r.task))).Select(r => r.Title)]);
    }
}
