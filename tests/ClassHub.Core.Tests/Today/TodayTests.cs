using ClassHub.Classes;
using ClassHub.Marking;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using ClassHub.Today;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tests.Today;

public sealed class TodayTests
{
    [BothEngines]
    public async Task Today_and_the_one_door_agree_on_what_a_pupil_sees(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var group = new PupilGroup(school.Maple.Id, "Otters");
        await school.AddAsync(group);
        await school.AddAsync(new PupilGroupMember(group.Id, school.Amira.Id));
        await school.SetTaskAsync("For all");
        await school.SetTaskAsync("For Ben", pupils: [school.Ben.Id]);
        await school.SetTaskAsync("For the Otters", groups: [group.Id]);
        await school.SetTaskAsync("Tomorrow", new PostDates(GoesOut.Later, SchoolWork.At(24, 9), SchoolWork.At(25, 9), true, null));
        await school.SetTaskAsync("Draft", new PostDates(GoesOut.AsDraft, null, SchoolWork.At(25, 9), true, null));
        var binned = await school.SetTaskAsync("In the bin");
        await new PostActions(school.Db(), school.Clock).BinAsync(binned, default);

        foreach (var time in new[] { SchoolWork.At(23, 9), SchoolWork.At(24, 9) })
            foreach (var pupil in new[] { school.Amira, school.Ben, school.Kai })
            {
                school.GoTo(time);
                var db = school.Db();
                var viewer = await school.ViewerAsync(pupil);
                var seen = await db.Tasks.VisibleTo(viewer, db).Select(t => t.Id).OrderBy(id => id).ToListAsync();
                Assert.Equal(seen, (await db.OpenTasksAsync(pupil.Id, school.Now, default)).Select(t => t.TaskId).Order());
                if (pupil == school.Kai) continue;
                viewer.EnterClass(viewer.In(school.Maple.Id)!);
                Assert.Equal(seen, (await ClassStream.FirstPageAsync(db, viewer, default)).Select(p => p.Id).Order());
                Assert.Equal(seen, (await ClassStream.OlderAsync(db, viewer, StreamCursor.Newest, default)).Select(p => p.Id).Order());
            }
    }

    [BothEngines]
    public async Task Teachers_see_how_many_handed_in_and_how_many_wait(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await school.GiveBackAsync((await school.HandInAsync(task, school.Amira)).SubmissionId);
        await school.HandInAsync(task, school.Ben);

        var post = (await ClassStream.FirstPageAsync(school.Db(), await school.ViewerAsync(school.Okafor, school.Maple), default)).Single();

        Assert.Equal((2, 1), (post.HandedIn, post.ToMark));
    }

    [BothEngines]
    public async Task The_stream_and_the_reminder_count_the_same_who_still_owe(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await school.HandInAsync(task, school.Amira);
        var all = (await StreamAsync()).ToCome;
        await new Arrange(school.Db(), school.Clock).ExcuseAsync(task, school.Ben.Id, school.Okafor.Id, default);
        await school.GiveBackAsync((await school.Db().Submissions.SingleAsync()).Id, Result.TryAgain);

        foreach (var post in new[] { await StreamAsync(), (await ClassStream.OlderAsync(school.Db(), await TeacherAsync(), StreamCursor.Newest,
            default)).Single() })
        {
            Assert.Equal(await school.Db().OwingPupils(task).CountAsync(), post.ToCome);
            Assert.Equal((0, all), (post.HandedIn, post.ToCome));              // one is excused, one is asked again
        }

        async Task<StreamPost> StreamAsync() => (await ClassStream.FirstPageAsync(school.Db(), await TeacherAsync(), default)).Single();
        Task<Viewer> TeacherAsync() => school.ViewerAsync(school.Okafor, school.Maple);
    }

    [BothEngines]
    public async Task Who_ticked_a_step_has_started_on_every_list(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync(body: "1. Listen\n2. Draw");
        await new Arrange(school.Db(), school.Clock).TickAsync(task, school.Amira.Id, [0], default);
        var viewer = await school.ViewerAsync(school.Amira, school.Maple);

        Assert.Equal(WorkState.Started, (await school.Db().OpenTasksAsync(school.Amira.Id, school.Now, default)).Single().Standing(school.Now).State);
        Assert.Equal(WorkState.Started, (await ClassStream.FirstPageAsync(school.Db(), viewer, default)).Single().Mine!.Value.State);
        Assert.Equal(WorkState.Started, (await ClassStream.OlderAsync(school.Db(), viewer, StreamCursor.Newest, default)).Single().Mine!.Value.State);
    }

    [BothEngines]
    public async Task Ticked_steps_show_on_today(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync(body: "Look at this.\n1. Listen\n2. Draw\n3. Write");
        await new Arrange(school.Db(), school.Clock).TickAsync(task, school.Amira.Id, [0, 2, 99], default);

        var row = (await school.Db().OpenTasksAsync(school.Amira.Id, school.Now, default)).Single();

        Assert.Equal((3, 2), (row.Steps, row.StepsDone));
    }

    [BothEngines]
    public async Task News_leaves_out_what_was_removed_meanwhile(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        school.Clock.Advance(Undo.Lasts);
        await new AnnounceDuePosts(school.Db(), school.Clock).RunAsync(default);
        var amira = await school.ViewerAsync(school.Amira);
        Assert.Equal("Volcano poster", Assert.Single(await school.Db().NewsOfAsync(amira, long.MaxValue, default)).Title);

        await new PostActions(school.Db(), school.Clock).BinAsync(task, default);

        Assert.Empty(await school.Db().NewsOfAsync(amira, long.MaxValue, default));
    }

    [BothEngines]
    public async Task Every_change_a_page_shows_raises_its_stamp(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        async Task<(long Class, long Work, long Person)> StampsAsync()
        {
            await using var db = school.Db();
            return (await db.Classes.Where(c => c.Id == school.Maple.Id).Select(c => c.Stamp).SingleAsync(), await db.Classes.Where(c => c.Id == school.Maple.Id).Select(c => c.WorkStamp).SingleAsync(), await db.People.Where(p => p.Id == school.Amira.Id).Select(p => p.Stamp).SingleAsync());
        }

        var before = await StampsAsync();
        var task = await school.SetTaskAsync();
        var posted = await StampsAsync();
        Assert.True(posted.Class > before.Class);
        var version = await school.HandInAsync(task, school.Amira);
        var handedIn = await StampsAsync();
        Assert.True(handedIn.Work > posted.Work && handedIn.Person > posted.Person);
        Assert.Equal(posted.Class, handedIn.Class);
        await school.GiveBackAsync(version.SubmissionId);
        Assert.True((await StampsAsync()).Person > handedIn.Person);
        var beforeTick = await StampsAsync();
        await new AnnounceDuePosts(school.Db(), school.Clock).RunAsync(default);
        Assert.True((await StampsAsync()).Person > beforeTick.Person);
    }
}
