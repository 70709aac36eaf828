using ClassHub.School;

namespace ClassHub.Tests.Schools;

public sealed class SteadyClockTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly Settable system = new();

    [Theory]
    [InlineData("2026-11-23T10:00:00Z")]
    [InlineData("2026-11-23T08:00:00Z")]
    [InlineData("2026-11-24T09:00:00Z")]
    [InlineData("2026-11-22T09:00:00Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("2038-01-19T03:14:08Z")]
    [InlineData("2100-01-01T00:00:00Z")]
    public void A_jump_and_the_way_back_are_not_noticed(string wrong)
    {
        var jumps = new List<TimeSpan>();
        var clock = new SteadyClock(system, jumps.Add);
        var begin = clock.GetUtcNow();

        system.SetTo(DateTimeOffset.Parse(wrong, System.Globalization.CultureInfo.InvariantCulture));
        for (var passed = 1; passed <= 60; passed++)
        {
            system.Pass(Second);
            Assert.Equal(begin + passed * Second, clock.GetUtcNow());
        }
        system.SetTo(begin + 60 * Second);
        system.Pass(Second);

        Assert.Equal(begin + 61 * Second, clock.GetUtcNow());
        Assert.Single(jumps);
    }

    [Fact]
    public void A_new_time_that_stays_is_believed_after_a_while()
    {
        var clock = new SteadyClock(system);
        var begin = clock.GetUtcNow();
        system.SetTo(begin.AddHours(-3));

        Assert.Equal(begin, clock.GetUtcNow());
        system.Pass(SteadyClock.Settles - Second);
        Assert.Equal(begin + SteadyClock.Settles - Second, clock.GetUtcNow());
        system.Pass(Second);

        Assert.Equal(begin.AddHours(-3) + SteadyClock.Settles, clock.GetUtcNow());
    }

    [Fact]
    public void Years_are_never_believed_by_a_running_server_but_at_once_by_one_that_starts()
    {
        var clock = new SteadyClock(system);
        var begin = clock.GetUtcNow();
        system.SetTo(begin.AddYears(74));

        for (var hour = 0; hour < 24; hour++)
        {
            system.Pass(TimeSpan.FromHours(1));
            _ = clock.GetUtcNow();
        }

        Assert.Equal(begin.AddDays(1), clock.GetUtcNow());
        Assert.Equal(begin.AddYears(74).AddDays(1), new SteadyClock(system).GetUtcNow());
    }

    [Fact]
    public void Small_corrections_are_followed()
    {
        var clock = new SteadyClock(system);
        var begin = clock.GetUtcNow();
        system.SetTo(begin.AddSeconds(3));

        Assert.Equal(begin.AddSeconds(3), clock.GetUtcNow());
    }

    /// <summary>A clock that can be set, beside one that only counts.</summary>
    private sealed class Settable : TimeProvider
    {
        private DateTimeOffset now = Everybody.MondayNine;
        private long counted;

        public void Pass(TimeSpan time) => (now, counted) = (now + time, counted + time.Ticks);
        public void SetTo(DateTimeOffset time) => now = time;
        public override DateTimeOffset GetUtcNow() => now;
        public override long GetTimestamp() => counted;
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    }
}
