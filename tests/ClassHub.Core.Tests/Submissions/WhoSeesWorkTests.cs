using ClassHub.Posts;
using ClassHub.Submissions;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tests.Submissions;

public sealed class WhoSeesWorkTests
{
    [BothEngines]
    public async Task Work_is_seen_by_its_pupil_and_the_teachers_of_the_class_only(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var drawing = await school.KeepAsync(school.Amira);
        await school.HandInAsync(task, school.Amira, files: [drawing]);

        foreach (var (person, sees) in new[] { (school.Amira, true), (school.Okafor, true), (school.Nair, true), (school.Ben, false), (school.Kai, false), (school.Weller, false), (school.Hart, false) })
        {
            var db = school.Db();
            var viewer = await school.ViewerAsync(person);
            Assert.Equal(sees, await db.Submissions.VisibleTo(viewer).AnyAsync());
            Assert.Equal(sees, await db.Files.VisibleTo(viewer, db).AnyAsync());
        }
    }

    [BothEngines]
    public async Task A_draft_is_the_pupils_alone(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var drawing = await school.KeepAsync(school.Amira);
        await school.Draft().SaveAsync(task, school.Amira.Id, "Not yet", [drawing], null, school.Now, default);

        var db = school.Db();
        var teacher = await school.ViewerAsync(school.Okafor);
        var amira = await school.ViewerAsync(school.Amira);
        Assert.False(await db.Submissions.VisibleTo(teacher).AnyAsync());
        Assert.False(await db.Files.VisibleTo(teacher, db).AnyAsync());
        Assert.True(await db.Files.VisibleTo(amira, db).AnyAsync());
    }

    [BothEngines]
    public async Task A_post_for_some_is_seen_by_those_alone(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        await school.SetTaskAsync(pupils: [school.Amira.Id]);

        var db = school.Db();
        Assert.True(await db.Posts.VisibleTo(await school.ViewerAsync(school.Amira), db).AnyAsync());
        Assert.False(await db.Posts.VisibleTo(await school.ViewerAsync(school.Ben), db).AnyAsync());
    }
}
