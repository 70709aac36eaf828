using ClassHub.Database;
using ClassHub.Posts;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Planning;

/// <summary>How many minutes of work one pupil's day holds, over all their classes.</summary>
public sealed record PupilDay(DateOnly Day, int PupilId, int Minutes);

public static class PlannedMinutes
{
    /// <summary>For every pupil of these classes and every day on which something goes out for them that says how long it takes.</summary>
    public static async Task<IReadOnlyList<PupilDay>> PlannedMinutesAsync(this ClassHubDb db, IReadOnlyCollection<int> classIds, DateOnly from, DateOnly until, SchoolClock clock, CancellationToken stop)
    {
        var (first, after) = (clock.StartOf(from), clock.StartOf(until.AddDays(1)));
        var learns = await db.Memberships.Where(m => !m.IsTeacher && m.Class.ArchivedAt == null && m.Person.DisabledAt == null
                && db.Memberships.Any(mine => classIds.Contains(mine.ClassId) && !mine.IsTeacher && mine.PersonId == m.PersonId))
            .Select(m => new { m.ClassId, m.PersonId }).ToListAsync(stop);
        var theirs = learns.Select(l => l.ClassId).Distinct().ToList();
        var posts = await db.Posts.Where(p => theirs.Contains(p.ClassId) && p.PublishAt >= first && p.PublishAt < after && p.BinnedAt == null && p.EstimatedMinutes != null)
            .Select(p => new { p.Id, p.ClassId, p.IsForAll, At = p.PublishAt!.Value, Minutes = p.EstimatedMinutes!.Value }).ToListAsync(stop);
        var forSome = posts.Where(p => !p.IsForAll).Select(p => p.Id).ToList();
        var readers = forSome.Count == 0 ? [] : await db.AudiencesOf(db.Posts.Where(p => forSome.Contains(p.Id))).ToListAsync(stop);
        var (ofClass, ofPost) = (learns.ToLookup(l => l.ClassId, l => l.PersonId), readers.ToLookup(r => r.PostId, r => r.PersonId));
        return [.. posts.SelectMany(p => (p.IsForAll ? ofClass[p.ClassId] : ofPost[p.Id]).Select(pupil => (Day: clock.DateOf(p.At), Pupil: pupil, p.Minutes)))
            .GroupBy(w => (w.Day, w.Pupil)).Select(g => new PupilDay(g.Key.Day, g.Key.Pupil, g.Sum(w => w.Minutes)))];
    }
}
