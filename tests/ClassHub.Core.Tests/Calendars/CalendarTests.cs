using ClassHub.Calendars;
using ClassHub.Classes;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.SchoolWork;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Dates;

/// <summary>Whose dates a calendar shows.</summary>
public sealed class CalendarTests
{
    private static async Task<IReadOnlyList<CalendarEntry>> EntriesAsync(TestSchool school, Person person, bool withCancelled = false) =>
        await school.Db().EntriesAsync(await school.ViewerAsync(person), school.Now.AddDays(-7), school.Now.AddDays(30), Stop, withCancelled);

    [BothEngines]
    public async Task Pupils_see_their_own_deadlines_and_teachers_also_what_goes_out(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await school.SetTaskAsync("Comes later", new(GoesOut.Later, At(25, 8, 30), At(27, 16), true, null));
        await school.SetTaskAsync("For Ben", pupils: [school.Ben.Id]);
        await new Arrange(school.Db(), school.Clock).ExtendAsync(task, school.Amira.Id, school.SchoolClock.Deadline(At(26, 12)), school.Okafor.Id, Stop);

        Assert.Equal([("Volcano poster", At(26, 12))], (await EntriesAsync(school, school.Amira)).Select(e => (e.Title, school.SchoolClock.InSchool(e.At).LocalDateTime)));
        Assert.Equal(["Volcano poster", "For Ben"], (await EntriesAsync(school, school.Ben)).Select(e => e.Title));
        Assert.Equal(6, (await EntriesAsync(school, school.Okafor)).Count);
        Assert.Empty(await EntriesAsync(school, school.Kai));
        Assert.Empty(await EntriesAsync(school, school.Hart));
    }

    [BothEngines]
    public async Task What_is_handed_in_is_done_and_what_is_binned_is_cancelled(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var (done, binned) = (await school.SetTaskAsync("Done"), await school.SetTaskAsync("Binned"));
        await school.HandInAsync(done, school.Amira);
        await new PostActions(school.Db(), school.Clock).BinAsync(binned, Stop);

        Assert.Equal([("Done", true)], (await EntriesAsync(school, school.Amira)).Select(e => (e.Title, e.IsDone)));
        Assert.Equal([("Binned", true), ("Done", false)], (await EntriesAsync(school, school.Amira, withCancelled: true)).Select(e => (e.Title, e.IsCancelled)).Order());
    }

    [BothEngines]
    public async Task A_calendar_key_opens_one_persons_dates_until_it_is_changed_or_they_are_switched_off(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var db = school.Db();
        async Task<string> KeyAsync()
        {
            await db.MakeCalendarFeedAsync(school.Amira.Id, school.Now, Stop);
            return await school.Db().CalendarFeeds.Where(f => f.PersonId == school.Amira.Id).Select(f => f.Key).SingleAsync();
        }

        var first = await KeyAsync();
        Assert.Equal(school.Amira.Id, (await db.CalendarOwnerAsync(first, school.Now, Stop))!.PersonId);
        var second = await KeyAsync();
        Assert.NotEqual(first, second);
        Assert.Null(await db.CalendarOwnerAsync(first, school.Now, Stop));
        Assert.NotNull(await db.CalendarOwnerAsync(second, school.Now, Stop));
        await new ManagePeople(school.Db(), school.Clock).DisableAsync(school.Amira.Id, school.Hart.Id, Stop);
        Assert.Null(await school.Db().CalendarOwnerAsync(second, school.Now, Stop));
    }
}
