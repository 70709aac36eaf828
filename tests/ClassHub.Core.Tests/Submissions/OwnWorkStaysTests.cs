using ClassHub.Classes;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.SchoolWork;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Submitting;

/// <summary>What a person handed in stays readable for them, whatever happens to class, group, readers or bin.</summary>
public sealed class OwnWorkStaysTests
{
    private static async Task<int> SeenByAsync(TestSchool school, People.Person person) => await school.Db().Submissions.VisibleTo(await school.ViewerAsync(person)).CountAsync();

    private static readonly (string What, Func<TestSchool, int, Task> Do)[] Happenings =
    [
        ("left the class", (school, _) => new ManageClasses(school.Db(), school.Clock).RemovePupilAsync(school.Maple.Id, school.Amira.Id, new(school.Hart.Id, true), Stop)),
        ("class archived", (school, _) => new ManageClasses(school.Db(), school.Clock).ArchiveAsync(school.Maple.Id, new(school.Hart.Id, true), Stop)),
        ("task in the bin", (school, task) => new PostActions(school.Db(), school.Clock).BinAsync(task, Stop)),
        ("readers narrowed", async (school, task) => await school.Compose().EditAsync(await school.ViewerAsync(school.Okafor), task, 1, false, Words("Volcano poster"), For(school.Maple, SchoolWork.Now, pupils: [school.Ben.Id]), Stop)),
        ("a draft again", async (school, task) => await new UndoPost(school.Db()).RunAsync(await school.ViewerAsync(school.Okafor), task, true, Stop)),
    ];

    [BothEngines]
    public async Task Work_handed_in_and_drafts_stay_their_authors(Engine engine)
    {
        foreach (var (what, happens) in Happenings)
        {
            await using var school = await OpenAsync(engine);
            var (task, begun) = (await school.SetTaskAsync(), await school.SetTaskAsync("Begun only"));
            await school.HandInAsync(task, school.Amira);
            await school.Draft().SaveAsync(begun, school.Amira.Id, "Not yet", [], null, school.Now, Stop);
            Assert.Equal(2, await SeenByAsync(school, school.Amira));

            await happens(school, task);

            Assert.True(await SeenByAsync(school, school.Amira) == 2, what);
            Assert.True(await SeenByAsync(school, school.Ben) == 0, what);
        }
    }

    [BothEngines]
    public async Task The_words_of_the_task_stay_as_they_were_when_work_was_handed_in(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync("Volcano poster", body: "Draw one.");
        var handedIn = (await school.HandInAsync(task, school.Amira)).HandedInAt;
        school.Clock.Advance(TimeSpan.FromHours(1));
        async Task EditAsync(int seen, string body) =>
            await school.Compose().EditAsync(await school.ViewerAsync(school.Okafor), task, seen, false, Words("Volcano poster", body), For(school.Maple, SchoolWork.Now), Stop);
        await EditAsync(1, "Draw two.");
        school.Clock.Advance(TimeSpan.FromHours(1));
        await EditAsync(2, "Draw three.");

        Assert.Equal("Draw one.", (await school.Db().TaskWordings.OfThenAsync(task, handedIn, Stop))!.Body);
        Assert.Equal("Draw two.", (await school.Db().TaskWordings.OfThenAsync(task, handedIn.AddMinutes(90), Stop))!.Body);
        Assert.Null(await school.Db().TaskWordings.OfThenAsync(task, school.Now, Stop));
    }

    [BothEngines]
    public async Task Who_narrows_the_readers_is_told_whom_it_touches(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await school.HandInAsync(task, school.Amira);

        Assert.Equal(["Amira Haddad"], await school.Db().WouldLoseTaskAsync(task, For(school.Maple, SchoolWork.Now, pupils: [school.Ben.Id]), Stop));
        Assert.Empty(await school.Db().WouldLoseTaskAsync(task, For(school.Maple, SchoolWork.Now, pupils: [school.Amira.Id]), Stop));
        Assert.Empty(await school.Db().WouldLoseTaskAsync(task, For(school.Maple, SchoolWork.Now), Stop));
    }

    [BothEngines]
    public async Task Today_shows_every_open_task_however_many_there_are(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        for (var i = 0; i < 70; i++) await school.SetTaskAsync($"Task {i}", SchoolWork.Now with { Due = At(24, 16, i % 60) });

        Assert.Equal(70, (await ClassHub.Today.PupilWork.OpenTasksAsync(school.Db(), school.Amira.Id, school.Now, Stop)).Count);
    }
}
