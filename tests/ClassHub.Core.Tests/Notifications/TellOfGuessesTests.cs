using ClassHub.Notifications;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.News;

public sealed class TellOfGuessesTests
{
    [BothEngines]
    public async Task After_two_hundred_misses_within_a_day_the_owner_a_teacher_and_the_office_hear_of_it_once(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.GivePasswordAsync(school.Amira);

        await GuessAsync(school, SignInThrottle.Many - 1);
        await new TellOfGuesses(school.Db(), school.Clock).RunAsync(Stop);
        Assert.Empty(await school.Db().Notifications.ToListAsync());

        await GuessAsync(school, 1);
        for (var minute = 0; minute < 2; minute++) await new TellOfGuesses(school.Db(), school.Clock).RunAsync(Stop);

        var told = await school.Db().Notifications.Where(n => n.Kind == NotificationKind.GuessedAt && n.SubjectId == school.Amira.Id).Select(n =>
            n.RecipientId).ToListAsync();
        Assert.Equal(new[] { school.Amira.Id, school.Okafor.Id, school.Hart.Id }.Order(), told.Order());
    }

    [BothEngines]
    public async Task Two_hundred_misses_over_many_days_are_no_news(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.GivePasswordAsync(school.Amira);

        for (var day = 0; day < 4; day++)
        {
            await GuessAsync(school, 60);
            school.Clock.Advance(TimeSpan.FromDays(1));
        }
        await new TellOfGuesses(school.Db(), school.Clock).RunAsync(Stop);

        Assert.Empty(await school.Db().Notifications.ToListAsync());
    }

    private static async Task GuessAsync(TestSchool school, int times)
    {
        for (var guess = 0; guess < times; guess++) await school.Clock.UntilDoneAsync(school.SignIn().RunAsync(new("amira", "guess", "10.0.0.1", null, true,
            "Phone"), Stop));
    }
}
