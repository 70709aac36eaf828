using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using NodaTime;
using NodaTime.TimeZones;
using Duration = NodaTime.Duration;

namespace ClassHub.Calendars;

/// <summary>
/// A time zone as calendars read it (RFC 5545, 3.6.5): each change of the clocks by itself, because no rule of a year tells Ramadan,
/// or a winter that is the exception.
/// </summary>
internal static class ZoneForCalendars
{
    /// <summary>What holds from the first to the last instant.</summary>
    public static VTimeZone Between(DateTimeZone zone, Instant first, Instant last)
    {
        var described = new VTimeZone(zone.Id);
        var intervals = zone.GetZoneIntervals(new Interval(first, last + Duration.Epsilon), ZoneEqualityComparer.Options.OnlyMatchWallOffset).ToList();
        // Readers take the lesser offset for the usual time; which one a country calls so is another matter.
        var usual = intervals.Min(i => i.WallOffset);
        foreach (var interval in intervals) described.Children.Add(Onset(zone, interval, interval.WallOffset > usual ? "DAYLIGHT" : "STANDARD"));
        return described;
    }

    private static VTimeZoneInfo Onset(DateTimeZone zone, ZoneInterval interval, string kind)
    {
        var before = interval.HasStart ? zone.GetUtcOffset(interval.Start - Duration.Epsilon) : interval.WallOffset;
        // It begins at a time of the clocks as they went until then.
        var at = interval.HasStart ? interval.Start.WithOffset(before).LocalDateTime : new LocalDateTime(1970, 1, 1, 0, 0);
        return new VTimeZoneInfo(kind)
        {
            DtStart = new CalDateTime(at.ToDateTimeUnspecified()),
            OffsetFrom = new UtcOffset(before.ToTimeSpan()),
            OffsetTo = new UtcOffset(interval.WallOffset.ToTimeSpan()),
            TimeZoneName = interval.Name,
        };
    }
}
