using ClassHub.Database;
using ClassHub.Posts;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Planning;

/// <summary>
/// The school goes by another time zone: what lies ahead keeps its time of the clock. Worked out slice by slice, so that nobody waits for it,
/// and then shown in one step. What a kill leaves is gone on with.
/// </summary>
public sealed class ChangeZone(ClassHubDb db, TimeProvider clock)
{
    public const int AtOnce = 500;
    /// <summary>Until then every server has read the new zone, and what one that had not wrote by the old one is put right.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromMinutes(2);

    /// <summary>Every ten seconds, and as soon as the office asks.</summary>
    /// <param name="slices">At most so many; the rest is left to the next call.</param>
    /// <returns>Whether nothing is left to do.</returns>
    public async Task<bool> RunAsync(CancellationToken stop, int slices = int.MaxValue)
    {
        if (await db.Schools.AsNoTracking().SingleOrDefaultAsync(stop) is not { } school) return true;
        if (school.ZoneChangedAt > clock.GetUtcNow() - Settles) await SettleAsync(school.ZoneChangedAt.Value, stop);
        if (school.NextTimeZone is null) return true;
        for (; slices > 0; slices--)
            if (!await WorkOutAsync(stop)) break;
        if (slices == 0) return false;
        await ShowAsync(stop);
        return true;
    }

    /// <returns>Whether there may be more.</returns>
    private Task<bool> WorkOutAsync(CancellationToken stop) => db.WriteAsync(async () =>
    {
        var school = await db.Schools.SingleAsync(stop);
        if (school.NextTimeZone is not { } zone) return false;
        var ids = await db.Ahead(clock.GetUtcNow()).Where(p => p.Id > school.ZoneMovesUpTo).OrderBy(p => p.Id).Select(p => p.Id).Take(AtOnce).ToListAsync(stop);
        if (ids.Count == 0) return false;
        await NoteAsync(ids, ZoneShift.Of(school, zone, clock), stop);
        school.WorkedOutUpTo(ids[^1]);
        await db.SaveChangesAsync(stop);
        return ids.Count == AtOnce;
    }, stop);

    private async Task NoteAsync(IReadOnlyCollection<int> ids, ZoneShift shift, CancellationToken stop)
    {
        await db.ZoneMoves.Where(m => ids.Contains(m.PostId)).ExecuteDeleteAsync(stop);
        var posts = await db.Posts.AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(stop);
        var tasks = await db.Tasks.AsNoTracking().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, stop);
        var own = await db.Arrangements.AsNoTracking().Where(a => ids.Contains(a.TaskId) && a.DueAt != null).ToListAsync(stop);
        var ownOf = own.ToLookup(a => a.TaskId);
        db.ZoneMoves.AddRange(posts.Select(p => new ZoneMove(p, tasks.GetValueOrDefault(p.Id), ownOf[p.Id], shift)));
        db.ZoneMoves.AddRange(own.Select(a => new ZoneMove(a, shift)));
    }

    private Task ShowAsync(CancellationToken stop) => db.WriteAsync(async () =>
    {
        var school = await db.Schools.SingleAsync(stop);
        if (school.NextTimeZone is not { } zone) return;
        var now = clock.GetUtcNow();
        foreach (var some in (await ChangedSinceAsync(now, stop)).Chunk(AtOnce)) await NoteAsync(some, ZoneShift.Of(school, zone, clock), stop);
        school.ArriveInZone(now);
        await db.SaveChangesAsync(stop);
        await MoveClassesAsync(now, stop);
        await MovePupilsAsync(now, stop);
        await db.ZoneMoves.ExecuteDeleteAsync(stop);
        await db.StampAllClassesAsync(stop);
    }, stop);

    private async Task MoveClassesAsync(DateTimeOffset now, CancellationToken stop)
    {
        var moves = db.ZoneMoves.Where(m => m.PupilId == ZoneMove.ForClass && (m.OutFrom != m.OutTo || m.DueFrom != m.DueTo || m.CloseFrom != m.CloseTo));
        await db.Posts.Where(p => moves.Any(m => m.PostId == p.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.PublishAt, p => moves.Single(m => m.PostId == p.Id).OutTo)
            .SetProperty(p => p.EditedAt, now), stop);
        await db.Tasks.Where(t => moves.Any(m => m.PostId == t.Id && m.DueFrom != m.DueTo)).ExecuteUpdateAsync(set => set
            .SetProperty(t => t.DeadlineToldAt, (DateTimeOffset?)null)
            .SetProperty(t => t.DayBeforeToldAt, (DateTimeOffset?)null)
            .SetProperty(t => t.HoursBeforeToldAt, (DateTimeOffset?)null), stop);
        await db.Tasks.Where(t => moves.Any(m => m.PostId == t.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(t => t.DueAt, t => moves.Single(m => m.PostId == t.Id).DueTo)
            .SetProperty(t => t.CloseAt, t => moves.Single(m => m.PostId == t.Id).CloseTo)
            .SetProperty(t => t.OnTodayUntil, t => moves.Single(m => m.PostId == t.Id).OnTodayUntil ?? t.OnTodayUntil), stop);
    }

    private async Task MovePupilsAsync(DateTimeOffset now, CancellationToken stop)
    {
        var moves = db.ZoneMoves.Where(m => m.PupilId != ZoneMove.ForClass && m.DueFrom != m.DueTo);
        await db.Arrangements.Where(a => moves.Any(m => m.PostId == a.TaskId && m.PupilId == a.PupilId)).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.DueAt, a => moves.Single(m => m.PostId == a.TaskId && m.PupilId == a.PupilId).DueTo)
            .SetProperty(a => a.At, now)
            .SetProperty(a => a.DayBeforeToldAt, (DateTimeOffset?)null)
            .SetProperty(a => a.HoursBeforeToldAt, (DateTimeOffset?)null), stop);
    }

    /// <summary>What was written after it was worked out, or whose new moment has passed meanwhile.</summary>
    private Task<List<int>> ChangedSinceAsync(DateTimeOffset now, CancellationToken stop)
    {
        var (moves, own) = (db.ZoneMoves.Where(m => m.PupilId == ZoneMove.ForClass), db.Arrangements.Where(a => a.DueAt != null));
        var passed = db.ZoneMoves.Where(m => (m.OutTo <= now && m.OutFrom != m.OutTo)
            || (m.DueTo <= now && m.DueFrom != m.DueTo) || (m.CloseTo <= now && m.CloseFrom != m.CloseTo));
        return (
            from post in db.Ahead(now)
            from task in db.Tasks.Where(t => t.Id == post.Id).DefaultIfEmpty()
            where passed.Any(m => m.PostId == post.Id)
                || !moves.Any(m => m.PostId == post.Id && m.OutFrom == post.PublishAt && m.DueFrom == task!.DueAt && m.CloseFrom == task.CloseAt)
                || own.Any(a => a.TaskId == post.Id && !db.ZoneMoves.Any(m => m.PostId == a.TaskId && m.PupilId == a.PupilId && m.DueFrom == a.DueAt))
            select post.Id).ToListAsync(stop);
    }

    /// <summary>Other servers go on with the old zone for some seconds: what they wrote since is resolved anew from what was typed.</summary>
    private Task SettleAsync(DateTimeOffset changedAt, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var (now, school) = (clock.GetUtcNow(), await db.Schools.AsNoTracking().SingleAsync(stop));
        var (shift, since) = (ZoneShift.Of(school, school.TimeZone, clock), changedAt - Settles);
        // What the change itself moved bears its moment.
        var posts = await db.Ahead(now).Where(p => p.EditedAt > since && p.EditedAt != changedAt).ToListAsync(stop);
        var ids = posts.ConvertAll(p => p.Id);
        var tasks = await db.Tasks.Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, stop);
        foreach (var post in posts)
        {
            var task = tasks.GetValueOrDefault(post.Id);
            var (from, to) = (PlannedDates.Of(post, task), shift.Of(PlannedDates.Of(post, task)));
            if (from.IsAt(to)) continue;
            if (to.Out is { } at) post.Reschedule(at, to.OutTyped, now);
            else post.Redated(now);
            task?.Schedule(to.Due, to.DueTyped, to.Close, to.CloseTyped, now);
        }
        await db.SaveChangesAsync(stop);
    }, stop);
}

public static class WhatLiesAhead
{
    /// <summary>What goes out, is due or closes after this moment, for the class or for one pupil; what lies in the bin may come back.</summary>
    public static IQueryable<Post> Ahead(this ClassHubDb db, DateTimeOffset now) => db.Posts.Where(p => p.PublishAt > now
        || db.Tasks.Any(t => t.Id == p.Id && (t.DueAt > now || t.CloseAt > now)) || db.Arrangements.Any(a => a.TaskId == p.Id && a.DueAt > now));
}
