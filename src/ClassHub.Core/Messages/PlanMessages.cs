using ClassHub.Database;
using ClassHub.Notifications;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Messages;

/// <summary>Every minute: for whom the hour of today's message has come. One row a person and day, whoever asks, however often.</summary>
public sealed class PlanMessages(ClassHubDb db, SchoolClock clock)
{
    private const int AtOnce = 500;

    public async Task RunAsync(CancellationToken stop)
    {
        var (now, today, time) = (clock.Now, clock.Today, clock.TimeOf(clock.Now));
        if (!clock.IsSchoolDay(today) || time < MessageSettings.Earliest || time > MessageSettings.Latest) return;
        await PlanAsync(MessageRhythm.EverySchoolDay, MessageKind.Daily, today, time, now, stop);
        if (clock.IsLastOfTheWeek(today)) await PlanAsync(MessageRhythm.OnceAWeek, MessageKind.Weekly, today, time, now, stop);
    }

    private async Task PlanAsync(MessageRhythm rhythm, MessageKind kind, DateOnly today, TimeOnly time, DateTimeOffset now, CancellationToken stop)
    {
        while (await db.WriteAsync(async () =>
        {
            var due = await db.MessageSettings.Where(s => s.Rhythm == rhythm && s.Hour <= time && (s.PlannedOn == null || s.PlannedOn < today) && s.Person.DisabledAt == null)
                .OrderBy(s => s.PersonId).Take(AtOnce).Select(s => s.PersonId).ToListAsync(stop);
            if (due.Count == 0) return 0;
            // Two kinds on one day would be two messages: a person who changed the rhythm today has had one.
            var had = await db.Messages.Where(m => due.Contains(m.PersonId) && m.Occurrence == today.DayNumber && (m.Kind == MessageKind.Daily || m.Kind == MessageKind.Weekly)).Select(m => m.PersonId).ToListAsync(stop);
            db.Messages.AddRange(due.Except(had).Select(person => new Message(person, kind, today.DayNumber, now)));
            await db.SaveChangesAsync(stop);
            await db.MessageSettings.Where(s => due.Contains(s.PersonId)).ExecuteUpdateAsync(set => set.SetProperty(s => s.PlannedOn, today), stop);
            return due.Count;
        }, stop) == AtOnce) { }
    }
}

internal static class WhenMessagesGo
{
    /// <summary>The next school day lies in another week.</summary>
    public static bool IsLastOfTheWeek(this SchoolClock clock, DateOnly day) => SchoolClock.MondayOf(clock.NextSchoolDay(day)) != SchoolClock.MondayOf(day);

    /// <summary>The first hour after this moment at which a person with these settings gets their message; none for who wants none.</summary>
    public static DateTimeOffset? NextMessageAfter(this SchoolClock clock, DateTimeOffset after, MessageRhythm rhythm, TimeOnly hour)
    {
        if (rhythm == MessageRhythm.Never) return null;
        for (var day = clock.AddSchoolDays(clock.DateOf(after), 0); ; day = clock.NextSchoolDay(day))
            if (clock.At(day, hour) is var at && at > after && (rhythm == MessageRhythm.EverySchoolDay || clock.IsLastOfTheWeek(day))) return at;
    }
}
