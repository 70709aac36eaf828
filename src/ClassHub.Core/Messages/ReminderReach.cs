using ClassHub.Database;
using ClassHub.Notifications;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Messages;

/// <summary>The surest way on which a reminder reaches a pupil; whoever opens ClassHub reads it there in any case.</summary>
public enum ReminderWay { OwnDevice, Guardian, OnlyInClassHub }

/// <summary>How and when a reminder would reach one pupil.</summary>
/// <param name="At">None for <see cref="ReminderWay.OnlyInClassHub"/>.</param>
public sealed record ReminderReach(ReminderWay Way, DateTimeOffset? At)
{
    /// <param name="goesAt">When the reminder goes out.</param>
    public static async Task<IReadOnlyDictionary<int, ReminderReach>> ReadAsync(ClassHubDb db, MailSettings mail, PushSettings push, SchoolClock clock,
        IReadOnlyCollection<int> pupilIds, DateTimeOffset goesAt, CancellationToken stop)
    {
        var (byMail, byPush) = (mail.IsSet, push.IsSet);
        var own = await db.ReachedOnDevices(push).Where(id => pupilIds.Contains(id)).ToListAsync(stop);
        var guardians = await (
            from link in db.GuardianLinks
            where pupilIds.Contains(link.PupilId) && link.ApprovedAt != null && link.AcceptedAt != null && link.EndedAt == null
                && link.Guardian.DisabledAt == null
            from settings in db.MessageSettings
            where settings.PersonId == link.GuardianId && settings.Rhythm != MessageRhythm.Never
                && ((byMail && settings.Email != null && settings.Trouble == null) || (byPush && db.PushSubscriptions.Any(p => p.PersonId == link.GuardianId)))
            select new { link.PupilId, settings.Rhythm, settings.Hour }).ToListAsync(stop);
        var theirs = guardians.ToLookup(g => g.PupilId, g => clock.NextMessageAfter(goesAt, g.Rhythm, g.Hour));
        return pupilIds.Distinct().ToDictionary(id => id, id =>
            own.Contains(id) ? new ReminderReach(ReminderWay.OwnDevice, clock.NextAwake(goesAt))
            : theirs[id].Min() is { } at ? new ReminderReach(ReminderWay.Guardian, at)
            : new ReminderReach(ReminderWay.OnlyInClassHub, null));
    }
}

internal static class Devices
{
    /// <summary>Those who have their message every school day on a device of their own.</summary>
    public static IQueryable<int> ReachedOnDevices(this ClassHubDb db, PushSettings push)
    {
        var isOn = push.IsSet;
        return db.MessageSettings.Where(s => isOn && s.Rhythm == MessageRhythm.EverySchoolDay && db.PushSubscriptions.Any(p => p.PersonId == s.PersonId))
            .Select(s => s.PersonId);
    }
}
