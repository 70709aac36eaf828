using ClassHub.Database;
using ClassHub.Notifications;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Messages;

/// <summary>How many guardians a post of a class reaches by the message of the day, and at what hour most of them have it.</summary>
public sealed record FamilyReach(int Guardians, TimeOnly Hour)
{
    /// <summary>None when nobody of this class is written to on school days.</summary>
    public static async Task<FamilyReach?> ReadAsync(ClassHubDb db, int classId, CancellationToken stop)
    {
        var hours = await db.MessageSettings.Where(s => s.Rhythm == MessageRhythm.EverySchoolDay && db.GuardianLinks.Any(l => l.GuardianId == s.PersonId && l.ApprovedAt != null && l.AcceptedAt != null && l.EndedAt == null
            && db.Memberships.Any(m => m.ClassId == classId && m.PersonId == l.PupilId && !m.IsTeacher))).GroupBy(s => s.Hour).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(stop);
        return hours.Count == 0 ? null : new(hours.Sum(h => h.Count), hours.MaxBy(h => h.Count)!.Key);
    }

    /// <summary>When the next message goes out after something came out.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset at, SchoolClock clock) => clock.NextMessageAfter(at, MessageRhythm.EverySchoolDay, Hour)!.Value;
}
