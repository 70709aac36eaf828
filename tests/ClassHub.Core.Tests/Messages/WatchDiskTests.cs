using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Messages;
using ClassHub.Notifications;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Messages;

public sealed class WatchDiskTests
{
    private static readonly DiskSpace Plenty = new(101, 1000), Low = new(99, 1000), NearlyFull = new(49, 1000);

    private static Task TellAsync(TestSchool school, DiskSpace space) =>
        new WatchDisk(school.Db(), new SchoolDisk("/"), school.SchoolClock).TellAsync(space, Stop);

    [Fact]
    public void A_tenth_is_low_and_a_twentieth_nearly_full() =>
        Assert.Equal([(false, false), (true, false), (true, true)], new[] { Plenty, Low, NearlyFull }.Select(s => (s.IsLow, s.IsNearlyFull)));

    [BothEngines]
    public async Task The_office_and_nobody_else_is_told_of_a_disk_that_fills_up_once_a_week_and_when_it_is_nearly_full_once_a_day_by_message(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.AddAsync(new MessageSettings(school.Hart.Id, "lena@example.org", school.Now),
            new MessageSettings(school.Okafor.Id, "okafor@example.org", school.Now));

        await TellAsync(school, Low);
        await TellAsync(school, Low);
        Assert.Equal(school.Hart.Id, (await school.Db().Notifications.SingleAsync()).RecipientId);
        Assert.Equal(0, await school.Db().Messages.CountAsync());

        await TellAsync(school, NearlyFull);
        await TellAsync(school, NearlyFull);
        Assert.Equal([school.Hart.Id, school.Hart.Id], await school.Db().Notifications.Select(n => n.RecipientId).ToListAsync());
        var owed = await school.Db().Messages.SingleAsync();
        Assert.Equal((school.Hart.Id, MessageKind.DiskFillsUp), (owed.PersonId, owed.Kind));

        school.Clock.Advance(TimeSpan.FromDays(1));
        await TellAsync(school, NearlyFull);
        Assert.Equal(2, await school.Db().Messages.CountAsync());
    }

    [Fact]
    public void What_is_kept_for_signing_in_is_given_up_bit_by_bit_until_nothing_is_left()
    {
        var folder = TestDatabase.TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder, "reserve"), new byte[1_000_000]);
        var disk = new SchoolDisk(folder);

        Assert.Equal([true, true, false], new[] { disk.GiveUpSome(), disk.GiveUpSome(), disk.GiveUpSome() });
    }
}
