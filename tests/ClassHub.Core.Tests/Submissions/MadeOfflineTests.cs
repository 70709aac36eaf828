using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tests.Submissions;

/// <summary>Work that a device finished without a connection. Its task is due on Tuesday at 16:00 and closes on Friday.</summary>
public sealed class MadeOfflineTests
{
    private static async Task<SubmissionVersion> ArrivesAsync(TestSchool school, NodaTime.LocalDateTime made, NodaTime.LocalDateTime arrives, OfflineGrace grace = OfflineGrace.NextMorning)
    {
        var task = await school.SetTaskAsync();
        await school.Db().Tasks.ExecuteUpdateAsync(set => set.SetProperty(t => t.Grace, grace));
        school.GoTo(arrives);
        return await school.HandInAsync(task, school.Amira, madeAt: school.SchoolClock.Deadline(made));
    }

    private static async Task<bool> IsLateAsync(TestSchool school)
    {
        var work = await school.Db().Submissions.Include(s => s.Task).SingleAsync();
        return Standing.Of(work.Task, null, work, school.Now).IsLate;
    }

    [BothEngines]
    public async Task Made_before_the_deadline_and_there_by_the_next_school_morning_is_on_time_and_shows_both_times(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);

        var version = await ArrivesAsync(school, SchoolWork.At(24, 15, 40), SchoolWork.At(25, 8, 30));

        Assert.False(await IsLateAsync(school));
        Assert.Equal(school.SchoolClock.Deadline(SchoolWork.At(24, 15, 40)), version.HandedInAt);
        Assert.Equal((version.HandedInAt, school.Now), (version.MadeAt, version.ArrivedAt));
    }

    [BothEngines]
    public async Task There_after_the_next_school_morning_is_late_and_still_shows_when_it_was_made(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);

        var version = await ArrivesAsync(school, SchoolWork.At(24, 15, 40), SchoolWork.At(25, 8, 31));

        Assert.True(await IsLateAsync(school));
        Assert.Equal(school.Now, version.HandedInAt);
        Assert.Equal(school.SchoolClock.Deadline(SchoolWork.At(24, 15, 40)), version.MadeAt);
    }

    [BothEngines]
    public async Task Made_after_the_deadline_is_late_whenever_it_comes(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        await ArrivesAsync(school, SchoolWork.At(24, 16, 1), SchoolWork.At(24, 18));
        Assert.True(await IsLateAsync(school));
    }

    [BothEngines]
    public async Task The_teacher_may_give_a_week_or_nothing(Engine engine)
    {
        await using (var school = await TestSchool.OpenAsync(engine))
        {
            await ArrivesAsync(school, SchoolWork.At(24, 15, 40), SchoolWork.At(27, 12), OfflineGrace.Week);
            Assert.False(await IsLateAsync(school));
        }
        await using var strict = await TestSchool.OpenAsync(engine);
        await ArrivesAsync(strict, SchoolWork.At(24, 15, 40), SchoolWork.At(24, 16, 5), OfflineGrace.None);
        Assert.True(await IsLateAsync(strict));
    }

    [BothEngines]
    public async Task Made_before_the_close_is_taken_after_it(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);

        // Closed on Friday at 16:00; Monday is the next school morning.
        var version = await ArrivesAsync(school, SchoolWork.At(27, 15), SchoolWork.At(30, 8));

        Assert.Equal(school.SchoolClock.Deadline(SchoolWork.At(27, 15)), version.HandedInAt);
        Assert.True(await IsLateAsync(school));
    }

    [BothEngines]
    public async Task Work_that_came_at_once_shows_one_time(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var version = await ArrivesAsync(school, SchoolWork.At(24, 15, 59), SchoolWork.At(24, 16));

        Assert.Null(version.MadeAt);
        Assert.False(await IsLateAsync(school));
    }
}
