using System.Security.Cryptography;
using System.Text;
using ClassHub.School;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;

namespace ClassHub.Calendars;

/// <summary>Writes dates so that other calendars read them (RFC 5545): local times with their zone, names that stay the same through every change, and what was taken away as cancelled.</summary>
public sealed class WriteICalendar(SchoolClock clock)
{
    /// <param name="school">Makes the names of the events unlike those of any other school.</param>
    /// <param name="address">Of the site, without a slash at its end.</param>
    public string Write(SchoolProfile school, IReadOnlyList<CalendarEntry> entries, IReadOnlyList<Holiday> holidays, string address)
    {
        var domain = DomainOf(school);
        var calendar = new Ical.Net.Calendar { ProductId = "-//ClassHub//ClassHub//EN", Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", school.Name);
        calendar.AddProperty("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        calendar.AddProperty("X-PUBLISHED-TTL", "PT1H");
        if (entries.Count > 0)
        {
            var (first, last) = (Instant.FromDateTimeOffset(entries.Min(e => e.At)), Instant.FromDateTimeOffset(entries.Max(e => e.At)));
            calendar.AddTimeZone(ZoneForCalendars.Between(clock.Calendar.Zone, first, last));
        }
        foreach (var entry in entries) calendar.Events.Add(EventOf(entry, domain, address));
        foreach (var holiday in holidays) calendar.Events.Add(DayOff(holiday, domain));
        return Folding.Between(new CalendarSerializer().SerializeToString(calendar)!);
    }

    private CalendarEvent EventOf(CalendarEntry entry, string domain, string address) => new()
    {
        Uid = $"{(entry.IsDue ? "due" : "out")}-{entry.PostId}{(entry.For is null ? "" : $"-{entry.ForNumber}")}@{domain}",
        Summary = $"{(entry.IsDone ? "Done" : entry.IsDue ? "Due" : "Goes out")}{(entry.Initial is { } whose ? $" for {whose}" : "")}: {entry.Title}",
        Description = $"{entry.FullName}{(entry.Minutes is { } minutes ? $". About {minutes} minutes" : "")}.",
        // An event without an end is over when it begins: a deadline takes no time (RFC 5545, 3.6.1).
        DtStart = new CalDateTime(clock.InSchool(entry.At).LocalDateTime.ToDateTimeUnspecified(), clock.Calendar.Zone.Id),
        DtStamp = Stamp(entry.ChangedAt),
        Created = Stamp(entry.CreatedAt),
        LastModified = Stamp(entry.ChangedAt),
        Sequence = (int)Math.Max(0, (entry.ChangedAt - entry.CreatedAt).TotalSeconds),
        Status = entry.IsCancelled ? "CANCELLED" : "CONFIRMED",
        Transparency = "TRANSPARENT",
        Categories = { entry.FullName },
        Url = new Uri(address + entry.Address),
    };

    private static CalendarEvent DayOff(Holiday holiday, string domain) => new()
    {
        Uid = $"holiday-{holiday.FirstOn:yyyyMMdd}-{holiday.LastOn:yyyyMMdd}@{domain}",
        Summary = holiday.Name == "" ? "No school" : holiday.Name,
        DtStart = new CalDateTime(holiday.FirstOn),
        DtEnd = new CalDateTime(holiday.LastOn.AddDays(1)),
        DtStamp = new CalDateTime(holiday.FirstOn.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)),
        Transparency = "TRANSPARENT",
    };

    private static CalDateTime Stamp(DateTimeOffset at) => new(DateTime.SpecifyKind(at.UtcDateTime, DateTimeKind.Utc));

    private static string DomainOf(SchoolProfile school) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(school.DeviceSecret, Encoding.UTF8.GetBytes("calendar")))[..16] + ".classhub";
}
