using ClassHub.Database;
using ClassHub.Notifications;
using ClassHub.People;
using ClassHub.School;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Submissions;

/// <summary>A teacher's "Remind" on its way: at its moment it is told to those of its pupils who still owe the work, and is gone. Until then it is taken back
/// by deleting it.</summary>
public sealed class Reminder
{
    public int Id { get; private set; }
    public int TaskId { get; private set; }
    public int ByPersonId { get; private set; }
    public DateTimeOffset GoesAt { get; private set; }
    public ICollection<ReminderPupil> Pupils { get; private set; } = [];

    private Reminder() { }
    public Reminder(int taskId, int byPersonId, IEnumerable<int> pupilIds, DateTimeOffset goesAt) =>
        (TaskId, ByPersonId, GoesAt, Pupils) = (taskId, byPersonId, goesAt, [.. pupilIds.Distinct().Select(p => new ReminderPupil(p))]);
}

/// <summary>One pupil whom a reminder is for.</summary>
public sealed class ReminderPupil
{
    public int ReminderId { get; private set; }
    public int PupilId { get; private set; }

    private ReminderPupil() { }
    public ReminderPupil(int pupilId) => PupilId = pupilId;
}

/// <summary>"Remind": goes out after half a minute, at night in the morning; once a school day at most for each pupil.</summary>
public sealed class RemindNow(ClassHubDb db, SchoolClock clock)
{
    /// <summary>When a reminder of this moment would go out.</summary>
    public DateTimeOffset GoesAt => clock.NextAwake(clock.Now + Undo.Lasts);

    /// <summary>Those who owe the work and are not reminded that day already, nor about to be.</summary>
    public IQueryable<int> MayBeReminded(int taskId)
    {
        long day = clock.DateOf(GoesAt).DayNumber;
        return db.OwingPupils(taskId).Where(id => !db.Notifications.Any(n => n.RecipientId == id && n.Kind == NotificationKind.Reminded && n.SubjectId == taskId
            && n.Occurrence == day)
            && !db.Reminders.Any(r => r.TaskId == taskId && r.Pupils.Any(p => p.PupilId == id)));
    }

    /// <summary>To those of the chosen who may be reminded.</summary>
    /// <exception cref="RuleBroken">Pupils cannot see the task yet, or nobody is left.</exception>
    public Task<Reminder> RunAsync(int taskId, int byPersonId, IReadOnlyCollection<int> chosen, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var publishAt = await db.Tasks.Where(t => t.Id == taskId).Select(t => t.Post.PublishAt).SingleAsync(stop);
        if (publishAt is null || publishAt > clock.Now) throw new RuleBroken("Pupils cannot see this task yet, so nobody is reminded.");
        if (chosen.Count == 0) throw new RuleBroken("Choose whom to remind.", "Pupils");
        var pupils = (await MayBeReminded(taskId).ToListAsync(stop)).Intersect(chosen).ToList();
        if (pupils.Count == 0) throw new RuleBroken("They owe nothing any more, or were reminded already. Once a day is enough.", "Pupils");
        var reminder = db.Reminders.Add(new Reminder(taskId, byPersonId, pupils, GoesAt)).Entity;
        await db.SaveChangesAsync(stop);
        return reminder;
    }, stop);

    /// <summary>Leaves no trace.</summary>
    /// <returns>False when it has gone out already.</returns>
    public Task<bool> TakeBackAsync(int taskId, int reminderId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var now = clock.Now;
        return await db.Reminders.Where(r => r.Id == reminderId && r.TaskId == taskId && r.GoesAt > now).ExecuteDeleteAsync(stop) == 1;
    }, stop);
}

/// <summary>Every ten seconds: tells what teachers remind of. Deleting the row is the claim, in the transaction that tells.</summary>
public sealed class SendReminders(ClassHubDb db, SchoolClock clock)
{
    public async Task RunAsync(CancellationToken stop)
    {
        var now = clock.Now;
        foreach (var due in await db.Reminders.Where(r => r.GoesAt <= now).OrderBy(r => r.GoesAt).ThenBy(r => r.Id)
            .Select(r => new { r.Id, r.TaskId, r.GoesAt }).ToListAsync(stop))
            await db.WriteAsync(async () =>
            {
                var chosen = await db.ReminderPupils.Where(p => p.ReminderId == due.Id).Select(p => p.PupilId).ToListAsync(stop);
                if (await db.Reminders.Where(r => r.Id == due.Id).ExecuteDeleteAsync(stop) == 0) return;
                if (await db.Tasks.Where(t => t.Id == due.TaskId && t.Post.PublishAt <= now && t.Post.BinnedAt == null && t.Post.Class.ArchivedAt == null)
                    .Select(t => (int?)t.ClassId).SingleOrDefaultAsync(stop) is not { } classId) return;
                var owing = await db.OwingPupils(due.TaskId).Where(id => chosen.Contains(id)).ToListAsync(stop);
                await db.RemindAsync(owing, NotificationKind.Reminded, due.TaskId, clock.DateOf(due.GoesAt).DayNumber, classId, clock, now, stop);
            }, stop);
    }
}

internal static class Reminding
{
    /// <summary>A line in the news, and on devices of their own when they may be disturbed. Inside the caller's WriteAsync.</summary>
    public static async Task RemindAsync(this ClassHubDb db, IReadOnlyCollection<int> pupils, NotificationKind kind, int taskId, long occurrence, int classId,
        SchoolClock clock, DateTimeOffset now, CancellationToken stop)
    {
        if (await db.NotifyAsync(pupils, kind, taskId, occurrence, classId, now, stop) > 0) await db.QueueRemindersAsync(pupils, now, clock.NextAwake(now),
            stop);
    }
}

internal sealed class RemindersTable : IEntityTypeConfiguration<Reminder>
{
    public void Configure(EntityTypeBuilder<Reminder> reminder)
    {
        reminder.ToTable("Reminders");
        reminder.HasIndex(r => r.GoesAt);
        reminder.HasIndex(r => r.TaskId);
        reminder.HasOne<ClassTask>().WithMany().HasForeignKey(r => r.TaskId);
        reminder.HasOne<Person>().WithMany().HasForeignKey(r => r.ByPersonId);
        reminder.HasMany(r => r.Pupils).WithOne().HasForeignKey(p => p.ReminderId);
    }
}

internal sealed class ReminderPupilsTable : IEntityTypeConfiguration<ReminderPupil>
{
    public void Configure(EntityTypeBuilder<ReminderPupil> pupil)
    {
        pupil.ToTable("ReminderPupils");
        pupil.HasKey(p => new { p.ReminderId, p.PupilId });
        pupil.HasOne<Person>().WithMany().HasForeignKey(p => p.PupilId).OnDelete(DeleteBehavior.Restrict);
    }
}
