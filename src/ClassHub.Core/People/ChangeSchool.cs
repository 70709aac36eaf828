using ClassHub.Audit;
using ClassHub.Database;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>The office changes the school's name, hours or holidays.</summary>
public sealed class ChangeSchool(ClassHubDb db, TimeProvider clock)
{
    public Task RunAsync(string name, string timeZone, SchoolDays days, TimeOnly morning, IReadOnlyList<Holiday> holidays, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var school = await db.Schools.SingleAsync(stop);
        school.Change(name, timeZone, days, morning);
        db.Holidays.RemoveRange(await db.Holidays.ToListAsync(stop));
        db.Holidays.AddRange(holidays.Select(h => new Holiday(h.Name, h.FirstOn, h.LastOn)));
        await db.AppendAuditAsync(clock.GetUtcNow(), byPersonId, AuditAction.ChangedSettings, school.Id,
            $"{school.Name}, {school.TimeZone}, {school.Days}, {school.Morning:HH\\:mm}, {holidays.Count} holidays", stop);
        await db.SaveChangesAsync(stop);
    }, stop);
}
