using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Notifications;
using ClassHub.People;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Messages;

/// <summary>Every ten minutes: on a disk with less than a tenth free the office finds it in its news, once a week; with less than a twentieth once a day, and
/// gets an e-mail.</summary>
public sealed class WatchDisk(ClassHubDb db, SchoolDisk disk, SchoolClock clock)
{
    private const int Low = 10, NearlyFull = 5;

    public Task RunAsync(CancellationToken stop)
    {
        disk.KeepReserve();
        return disk.Space is { IsLow: true } space ? TellAsync(space, stop) : Task.CompletedTask;
    }

    public Task TellAsync(DiskSpace space, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var (now, today) = (clock.Now, clock.Today.DayNumber);
        var office = await db.People.Where(p => p.IsOffice && p.DisabledAt == null).Select(p => p.Id).ToListAsync(stop);
        if (!space.IsNearlyFull)
        {
            await db.NotifyAsync(office, NotificationKind.DiskFillsUp, Low, today / 7, null, now, stop);
            return;
        }
        await db.NotifyAsync(office, NotificationKind.DiskFillsUp, NearlyFull, today, null, now, stop);
        var had = db.Messages.Where(m => m.Kind == MessageKind.DiskFillsUp && m.Occurrence == today).Select(m => m.PersonId);
        var owed = await db.MessageSettings.Where(s => office.Contains(s.PersonId) && s.Email != null && !had.Contains(s.PersonId)).Select(s =>
            s.PersonId).ToListAsync(stop);
        db.Messages.AddRange(owed.Select(person => new Message(person, MessageKind.DiskFillsUp, today, now)));
        await db.SaveChangesAsync(stop);
    }, stop);
}
