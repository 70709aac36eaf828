using ClassHub.Database;
using ClassHub.Notifications;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Submissions;

/// <summary>Who still owes work, asked of the rows: the same answer as <see cref="Standing.IsOwed"/>, for many pupils at once.</summary>
public static class OwedWork
{
    public static IQueryable<int> OwingPupils(this ClassHubDb db, int taskId) =>
        db.AudienceOf(taskId).Where(id =>
            !db.Submissions.Any(s => s.TaskId == taskId && s.PupilId == id && s.HandedInAt != null && !s.IsAskedAgain)
            && !db.Arrangements.Any(a => a.TaskId == taskId && a.PupilId == id && a.ExcusedAt != null));
}

/// <summary>Every minute: reminds those who still owe work, the day before and two hours before their deadline. In quiet hours it waits for the morning; what is due by then, or handed in, is dropped.</summary>
public sealed class RemindBeforeDeadline(ClassHubDb db, SchoolClock clock)
{
    private static readonly TimeSpan Hours = TimeSpan.FromHours(2);

    public async Task RunAsync(CancellationToken stop)
    {
        var now = clock.Now;
        if (clock.IsQuiet(now)) return;
        await RemindAsync(NotificationKind.DueTomorrow, now, stop);
        await RemindAsync(NotificationKind.DueSoon, now, stop);
    }

    private async Task RemindAsync(NotificationKind kind, DateTimeOffset now, CancellationToken stop)
    {
        var isDay = kind == NotificationKind.DueTomorrow;
        var until = now + (isDay ? TimeSpan.FromHours(26) : Hours);            // a day has up to 25 hours
        var tasks = await db.Tasks.Where(t => t.DueAt > now && t.DueAt <= until && (isDay ? t.DayBeforeToldAt : t.HoursBeforeToldAt) == null && t.Post.PublishAt <= now && t.Post.BinnedAt == null)
            .OrderBy(t => t.DueAt).Select(t => new Deadline(t.Id, null, t.ClassId, t.DueAt!.Value, t.Post.PublishAt!.Value)).Take(500).ToListAsync(stop);
        var extended = await (from a in db.Arrangements
                              join t in db.Tasks on a.TaskId equals t.Id
                              // More time that the class has meanwhile as well is the class's own deadline.
                              where a.DueAt > now && a.DueAt <= until && a.DueAt > t.DueAt && a.ExcusedAt == null && (isDay ? a.DayBeforeToldAt : a.HoursBeforeToldAt) == null && t.Post.PublishAt <= now && t.Post.BinnedAt == null
                              orderby a.DueAt
                              select new Deadline(t.Id, a.PupilId, t.ClassId, a.DueAt!.Value, t.Post.PublishAt!.Value)).Take(500).ToListAsync(stop);
        foreach (var deadline in tasks.Concat(extended).Where(d => Moment(d.DueAt, isDay) <= now)) await TellAsync(deadline, kind, now, stop);
    }

    private DateTimeOffset Moment(DateTimeOffset due, bool isDay) =>
        isDay ? clock.VisibleFrom(clock.InSchool(due).LocalDateTime.PlusDays(-1)) : due - Hours;

    private Task TellAsync(Deadline deadline, NotificationKind kind, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        if (!await ClaimAsync(deadline, kind, now, stop)) return;
        // A task that came out after its reminder's moment was news just now.
        if (Moment(deadline.DueAt, kind == NotificationKind.DueTomorrow) < deadline.PublishAt) return;
        var owing = db.OwingPupils(deadline.TaskId);
        var recipients = deadline.PupilId is { } only
            ? await owing.Where(id => id == only).ToListAsync(stop)
            : await owing.Where(id => !db.Arrangements.Any(a => a.TaskId == deadline.TaskId && a.PupilId == id && a.DueAt > deadline.DueAt)).ToListAsync(stop);
        await db.RemindAsync(recipients, kind, deadline.TaskId, deadline.DueAt.ToUnixTimeSeconds(), deadline.ClassId, clock, now, stop);
    }, stop);

    private async Task<bool> ClaimAsync(Deadline d, NotificationKind kind, DateTimeOffset now, CancellationToken stop)
    {
        var tasks = db.Tasks.Where(t => t.Id == d.TaskId && t.DueAt == d.DueAt);
        var extended = db.Arrangements.Where(a => a.TaskId == d.TaskId && a.PupilId == d.PupilId && a.DueAt == d.DueAt);
        return (kind == NotificationKind.DueTomorrow, d.PupilId is null) switch
        {
            (true, true) => await tasks.Where(t => t.DayBeforeToldAt == null).ExecuteUpdateAsync(set => set.SetProperty(t => t.DayBeforeToldAt, now), stop),
            (false, true) => await tasks.Where(t => t.HoursBeforeToldAt == null).ExecuteUpdateAsync(set =>
                set.SetProperty(t => t.HoursBeforeToldAt, now), stop),
            (true, false) => await extended.Where(a => a.DayBeforeToldAt == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.DayBeforeToldAt, now), stop),
            (false, false) => await extended.Where(a => a.HoursBeforeToldAt == null).ExecuteUpdateAsync(set =>
                set.SetProperty(a => a.HoursBeforeToldAt, now), stop),
        } == 1;
    }

    private sealed record Deadline(int TaskId, int? PupilId, int ClassId, DateTimeOffset DueAt, DateTimeOffset PublishAt);
}

/// <summary>Every minute: tells the teachers that a deadline has passed.</summary>
public sealed class TellDeadlinePassed(ClassHubDb db, TimeProvider clock)
{
    public async Task RunAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        // The minute that was typed is over.
        var over = now - TypedTimes.Minute;
        var passed = await db.Tasks.Where(t => t.DueAt <= over && t.DeadlineToldAt == null && t.Post.PublishAt <= now && t.Post.BinnedAt == null)
            .OrderBy(t => t.DueAt).Select(t => new { t.Id, t.ClassId, DueAt = t.DueAt!.Value }).Take(200).ToListAsync(stop);
        foreach (var task in passed)
            await db.WriteAsync(async () =>
            {
                var claimed = await db.Tasks.Where(t => t.Id == task.Id && t.DeadlineToldAt == null).ExecuteUpdateAsync(set => set.SetProperty(t => t.DeadlineToldAt, now), stop);
                if (claimed == 0 || task.DueAt < now.AddDays(-7)) return;
                var teachers = await db.Memberships.Where(m => m.ClassId == task.ClassId && m.IsTeacher).Select(m => m.PersonId).ToListAsync(stop);
                await db.NotifyAsync(teachers, NotificationKind.DeadlinePassed, task.Id, task.DueAt.ToUnixTimeSeconds(), task.ClassId, now, stop);
            }, stop);
    }
}
