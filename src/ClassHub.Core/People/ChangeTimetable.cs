using ClassHub.Audit;
using ClassHub.Database;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>The office says when lessons are, how the year is parted, and how many hours of work a pupil's day may hold.</summary>
public sealed class ChangeTimetable(ClassHubDb db, TimeProvider clock)
{
    public const int MostSlots = 20, MostTerms = 20;

    /// <exception cref="RuleBroken">Too many lines, or hours out of range.</exception>
    public Task RunAsync(IReadOnlyList<LessonSlot> slots, IReadOnlyList<Term> terms, int? plannedHours, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        if (slots.Count > MostSlots) throw new RuleBroken($"A day has at most {MostSlots} lessons.", "Slots");
        if (terms.Count > MostTerms) throw new RuleBroken($"Write at most {MostTerms} terms.", "Terms");
        var school = await db.Schools.SingleAsync(stop);
        school.PlanHours(plannedHours);
        db.LessonSlots.RemoveRange(await db.LessonSlots.ToListAsync(stop));
        db.Terms.RemoveRange(await db.Terms.ToListAsync(stop));
        // Made anew at each try: what a try that clashed has added carries its numbers.
        db.LessonSlots.AddRange(slots.Select(s => new LessonSlot(s.Name, s.StartsAt, s.EndsAt)));
        db.Terms.AddRange(terms.Select(t => new Term(t.Name, t.FirstOn, t.LastOn)));
        await db.AppendAuditAsync(clock.GetUtcNow(), byPersonId, AuditAction.ChangedSettings, school.Id, $"Timetable: {slots.Count} lessons, {terms.Count} terms, {plannedHours?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no"} hours a day", stop);
        await db.SaveChangesAsync(stop);
    }, stop);
}
