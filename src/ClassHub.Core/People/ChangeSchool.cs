using ClassHub.Audit;
using ClassHub.Database;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>The office changes the school's name, hours or holidays. Another time zone only begins here, as everything that lies ahead moves with it.</summary>
public sealed class ChangeSchool(ClassHubDb db, TimeProvider clock)
{
    public Task RunAsync(string name, string timeZone, SchoolDays days, TimeOnly morning, IReadOnlyList<Holiday> holidays, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var school = await db.Schools.SingleAsync(stop);
        school.Change(name, days, morning);
        if (timeZone != school.TimeZone) school.GoToZone(timeZone);
        db.Holidays.RemoveRange(await db.Holidays.ToListAsync(stop));
        db.Holidays.AddRange(holidays.Select(h => new Holiday(h.Name, h.FirstOn, h.LastOn)));
        var zone = school.TimeZone + (school.NextTimeZone is { } next ? $" to {next}" : "");
        await db.AppendAuditAsync(clock.GetUtcNow(), byPersonId, AuditAction.ChangedSettings, school.Id,
            $"{school.Name}, {zone}, {school.Days}, {school.Morning:HH\\:mm}, {holidays.Count} holidays", stop);
        await db.SaveChangesAsync(stop);
    }, stop);
}
