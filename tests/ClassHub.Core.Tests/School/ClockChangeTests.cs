using ClassHub.School;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace ClassHub.Tests.Schools;

/// <summary>P12: typed school time becomes the right instant, also in the nights when the clocks change.</summary>
public sealed class ClockChangeTests
{
    public static readonly TheoryData<string> Zones = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Apia"];

    private static SchoolClock In(string zone) => new(new FakeTimeProvider(Everybody.MondayNine),
        SchoolCalendar.Of(new SchoolProfile("Hazel Grove", zone, SchoolDays.MondayToFriday, new(8, 30), Everybody.MondayNine), []));

    /// <summary>Any minute of 1996 to 2037; half of them within a day of a change of the clocks.</summary>
    private static Gen<LocalDateTime> Typed(string zone)
    {
        var changes = DateTimeZoneProviders.Tzdb[zone].GetZoneIntervals(Instant.FromUtc(1996, 1, 1, 0, 0), Instant.FromUtc(2037, 1, 1, 0, 0))
            .Where(i => i.HasStart && i.Start > Instant.FromUtc(1996, 1, 1, 0, 0)).Select(i => i.IsoLocalStart).ToArray();
        var any = Gen.Int[0, 41 * 365 * 1440].Select(minutes => new LocalDateTime(1996, 1, 1, 0, 0).PlusMinutes(minutes));
        var near = Gen.Select(Gen.Int[0, changes.Length - 1], Gen.Int[-1500, 1500], (change, minutes) => changes[change].PlusMinutes(minutes));
        return Gen.OneOf(any, near);
    }

    [Theory, MemberData(nameof(Zones))]
    public void A_deadline_is_never_earlier_than_the_moment_of_being_visible(string zone)
    {
        var clock = In(zone);

        Typed(zone).Sample(typed => clock.VisibleFrom(typed) <= clock.Deadline(typed), iter: 20_000);
    }

    [Theory, MemberData(nameof(Zones))]
    public void A_time_that_exists_reads_back_as_it_was_typed_and_a_skipped_one_becomes_the_first_after_the_gap(string zone)
    {
        var clock = In(zone);
        var tz = DateTimeZoneProviders.Tzdb[zone];

        Typed(zone).Sample(typed =>
        {
            var map = tz.MapLocal(typed);
            foreach (var at in new[] { clock.Deadline(typed), clock.VisibleFrom(typed) })
            {
                if (clock.IsSkipped(typed)) Assert.Equal(map.LateInterval.Start.ToDateTimeOffset(), at);
                else Assert.Equal(typed, clock.InSchool(at).LocalDateTime);
                Assert.Equal(TimeSpan.Zero, at.Offset);
            }
            Assert.Equal(map.Count == 0, clock.IsSkipped(typed));
            if (map.Count != 2) return;
            Assert.Equal(map.Last().ToDateTimeOffset(), clock.Deadline(typed));
            Assert.Equal(map.First().ToDateTimeOffset(), clock.VisibleFrom(typed));
        }, iter: 20_000);
    }

    [Theory, MemberData(nameof(Zones))]
    public void A_later_typed_time_never_comes_before_an_earlier_one(string zone)
    {
        var clock = In(zone);

        Gen.Select(Typed(zone), Gen.Int[1, 3000]).Sample((typed, minutes) => clock.VisibleFrom(typed) <= clock.VisibleFrom(typed.PlusMinutes(minutes))
            || DateTimeZoneProviders.Tzdb[zone].MapLocal(typed).Count == 2 || DateTimeZoneProviders.Tzdb[zone].MapLocal(typed.PlusMinutes(minutes)).Count == 2, iter: 20_000);
    }

    [Theory, MemberData(nameof(Zones))]
    public void Eight_o_clock_stays_eight_o_clock_and_every_day_starts_once(string zone)
    {
        var clock = In(zone);

        Gen.Int[0, 40 * 365].Sample(days =>
        {
            var day = new DateOnly(1997, 1, 1).AddDays(days);
            if (zone == "Pacific/Apia" && day == new DateOnly(2011, 12, 30)) return;      // this day never was
            Assert.Equal(new TimeOnly(8, 0), clock.TimeOf(clock.At(day, new(8, 0))));
            Assert.Equal(day, clock.DateOf(clock.StartOf(day)));
            Assert.NotEqual(day, clock.DateOf(clock.StartOf(day).AddTicks(-1)));
        }, iter: 5_000);
    }

    [Fact]
    public void London_springs_forward_to_two_and_falls_back_in_the_pupils_favour()
    {
        var clock = In("Europe/London");

        Assert.Equal(new DateTimeOffset(2027, 3, 28, 1, 0, 0, TimeSpan.Zero), clock.Deadline(new(2027, 3, 28, 1, 30)));
        Assert.True(clock.IsSkipped(new(2027, 3, 28, 1, 30)));
        Assert.Equal(new DateTimeOffset(2027, 10, 31, 1, 30, 0, TimeSpan.Zero), clock.Deadline(new(2027, 10, 31, 1, 30)));
        Assert.Equal(new DateTimeOffset(2027, 10, 31, 0, 30, 0, TimeSpan.Zero), clock.VisibleFrom(new(2027, 10, 31, 1, 30)));
    }

    [Theory]
    [InlineData("0001-01-01T00:00")]
    [InlineData("9999-12-31T23:59")]
    [InlineData("2038-01-19T03:14:08")]
    [InlineData("2027-02-29T10:00")]
    [InlineData("2027-13-01T10:00")]
    [InlineData("tomorrow")]
    [InlineData("٢٠٢٧-٠١-٠١T١٠:٠٠")]
    [InlineData("2025-11-22T10:00")]
    [InlineData("2031-11-24T10:00")]
    public void A_date_that_makes_no_sense_is_refused_with_a_sentence(string typed) =>
        Assert.Equal("Due", Assert.Throws<RuleBroken>(() => In("Europe/London").Typed(typed, "Due")).Field);

    [Theory]
    [InlineData("2026-11-25T08:30", "2026-11-25T08:30")]
    [InlineData(" 2026-11-25T08:30:00 ", "2026-11-25T08:30")]
    public void A_date_as_browsers_send_it_is_read(string typed, string shown)
    {
        var clock = In("Europe/London");

        Assert.Equal(shown, clock.ForTyping(clock.Deadline(clock.Typed(typed, "Due")!.Value)));
        Assert.Null(clock.Typed("  ", "Due"));
    }

    [Fact]
    public void Quiet_hours_go_over_midnight_and_school_days_leave_holidays_out()
    {
        var clock = new SchoolClock(new FakeTimeProvider(Everybody.MondayNine), In("Europe/London").Calendar with { Holidays = [new Holiday("Half term", new(2026, 11, 26), new(2026, 11, 27))] });

        Assert.True(clock.IsQuiet(clock.At(new(2026, 11, 23), new(19, 0))));
        Assert.True(clock.IsQuiet(clock.At(new(2026, 11, 24), new(6, 59))));
        Assert.False(clock.IsQuiet(clock.At(new(2026, 11, 24), new(7, 0))));
        Assert.False(clock.IsQuiet(clock.At(new(2026, 11, 24), new(18, 59))));
        Assert.Equal(new DateOnly(2026, 11, 30), clock.NextSchoolDay(new(2026, 11, 25)));
    }
}
