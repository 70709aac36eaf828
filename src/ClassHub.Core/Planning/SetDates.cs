using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Planning;

/// <summary>The dates of one task as one grid says them: in every class it went to, and for single pupils. All of it or nothing.</summary>
public sealed class SetDates(ClassHubDb db, ChangeDates change, Arrange arrange)
{
    /// <param name="ofPosts">By post.</param>
    /// <param name="own">By pupil of the task's class: a deadline of their own, or none, so that the class's holds.</param>
    /// <returns>What moved for whole classes; none when only single pupils were concerned.</returns>
    /// <exception cref="RuleBroken">Dates that cannot be, or an own deadline that is not later than the class's.</exception>
    public Task<PlanChange?> RunAsync(Viewer teacher, int taskId, IReadOnlyDictionary<int, PlannedDates> ofPosts, IReadOnlyDictionary<int, DateTimeOffset?> own, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var moved = await change.RunAsync(teacher, [.. ofPosts.Keys], (id, _) => ofPosts[id], stop);
        var now = await db.Arrangements.Where(a => a.TaskId == taskId).ToDictionaryAsync(a => a.PupilId, a => a.DueAt, stop);
        foreach (var (pupil, due) in own.Where(o => o.Value != now.GetValueOrDefault(o.Key)))
            if (due is { } at) await arrange.ExtendAsync(taskId, pupil, at, teacher.PersonId, stop);
            else await arrange.WithdrawAsync(taskId, pupil, teacher.PersonId, stop);
        return moved;
    }, stop);
}
