using ClassHub.Database;
using ClassHub.Posts;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tasks;

/// <summary>Another deadline for one pupil, or nothing owed at all; and the steps a pupil ticks.</summary>
public sealed class Arrange(ClassHubDb db, TimeProvider clock)
{
    /// <exception cref="RuleBroken">The task is not for this pupil, or the new deadline is not later.</exception>
    public Task ExtendAsync(int taskId, int pupilId, DateTimeOffset dueAt, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var task = await db.Tasks.SingleAsync(t => t.Id == taskId, stop);
        if (task.DueAt is null) throw new RuleBroken("This task has no deadline to extend.", "Due");
        if (dueAt <= task.DueAt) throw new RuleBroken("An extension is later than the deadline of the class.", "Due");
        (await RowAsync(taskId, pupilId, stop)).Extend(dueAt, byPersonId, clock.GetUtcNow());
        task.StayOnToday(dueAt);
        await db.SaveChangesAsync(stop);
    }, stop);

    public Task ExcuseAsync(int taskId, int pupilId, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        (await RowAsync(taskId, pupilId, stop)).Excuse(byPersonId, clock.GetUtcNow());
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <summary>Somebody who came late owes nothing of what is open already; what comes from now on is theirs. They still see all of it.</summary>
    /// <returns>How many tasks they are excused from.</returns>
    public Task<int> StartFreshAsync(int classId, int pupilId, int byPersonId, CancellationToken stop) =>
        db.WriteAsync(() => db.StartFreshAsync([(classId, pupilId)], byPersonId, clock.GetUtcNow(), stop), stop);

    /// <summary>The class's deadline holds again.</summary>
    public Task WithdrawAsync(int taskId, int pupilId, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        (await RowAsync(taskId, pupilId, stop)).Withdraw(byPersonId, clock.GetUtcNow());
        await db.SaveChangesAsync(stop);
    }, stop);

    private async Task<Arrangement> RowAsync(int taskId, int pupilId, CancellationToken stop)
    {
        if (!await db.AudienceOf(taskId).AnyAsync(id => id == pupilId, stop)) throw new RuleBroken("This task is not for that pupil.", "Pupil");
        return await db.Arrangements.SingleOrDefaultAsync(a => a.TaskId == taskId && a.PupilId == pupilId, stop)
            ?? db.Arrangements.Add(new Arrangement(taskId, pupilId)).Entity;
    }

    /// <summary>Exactly these steps are ticked afterwards.</summary>
    public Task TickAsync(int taskId, int pupilId, IReadOnlyCollection<int> steps, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var count = await db.Tasks.Where(t => t.Id == taskId).Select(t => t.StepCount).SingleAsync(stop);
        var there = await db.StepTicks.Where(t => t.TaskId == taskId && t.PupilId == pupilId).ToListAsync(stop);
        db.StepTicks.RemoveRange(there.Where(t => !steps.Contains(t.Step)));
        foreach (var step in steps.Where(s => s >= 0 && s < count).Distinct().Except(there.Select(t => t.Step)))
            db.StepTicks.Add(new StepTick(taskId, pupilId, step, clock.GetUtcNow()));
        await db.SaveChangesAsync(stop);
    }, stop);
}

internal static class Newcomers
{
    /// <summary>The same for many at once, inside the caller's WriteAsync.</summary>
    public static async Task<int> StartFreshAsync(this ClassHubDb db, IReadOnlyCollection<(int ClassId, int PupilId)> newcomers, int byPersonId, DateTimeOffset now, CancellationToken stop)
    {
        var excused = 0;
        foreach (var one in newcomers.GroupBy(n => n.ClassId, n => n.PupilId))
        {
            var pupils = one.ToArray();
            var open = await db.AudiencesOf(db.Posts.Where(p => p.ClassId == one.Key && p.PublishAt <= now && p.BinnedAt == null && db.Tasks.Any(t => t.Id == p.Id && t.OnTodayUntil > now)))
                .Where(a => pupils.Contains(a.PersonId) && !db.Arrangements.Any(r => r.TaskId == a.PostId && r.PupilId == a.PersonId)).ToListAsync(stop);
            foreach (var owed in open) db.Arrangements.Add(new Arrangement(owed.PostId, owed.PersonId)).Entity.Excuse(byPersonId, now);
            excused += open.Count;
        }
        await db.SaveChangesAsync(stop);
        return excused;
    }
}
