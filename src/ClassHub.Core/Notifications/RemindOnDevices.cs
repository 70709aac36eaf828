using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Notifications;

internal static class RemindOnDevices
{
    /// <summary>One message a moment for each of these people who have messages on a device of their own every school day; what it says is asked when it is
    /// sent. Inside the caller's WriteAsync.</summary>
    /// <param name="notBefore">When they may be disturbed.</param>
    public static async Task QueueRemindersAsync(this ClassHubDb db, IReadOnlyCollection<int> people, DateTimeOffset now, DateTimeOffset notBefore,
        CancellationToken stop)
    {
        var second = now.ToUnixTimeSeconds();
        var reached = await db.MessageSettings.Where(s => people.Contains(s.PersonId) && s.Rhythm == MessageRhythm.EverySchoolDay
            && db.PushSubscriptions.Any(p => p.PersonId == s.PersonId)
            && !db.Messages.Any(m => m.PersonId == s.PersonId && m.Kind == MessageKind.Reminder && m.Occurrence == second)).Select(s =>
                s.PersonId).ToListAsync(stop);
        db.Messages.AddRange(reached.Select(person => new Message(person, MessageKind.Reminder, second, now, notBefore)));
        await db.SaveChangesAsync(stop);
    }
}
