using ClassHub.Classes;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.SchoolWork;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Tasks;

public sealed class ComposingTests
{
    [BothEngines]
    public async Task What_is_being_written_is_kept_as_one_draft_and_becomes_the_post(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var okafor = await school.ViewerAsync(school.Okafor);
        var draft = For(school.Maple, Now with { Goes = GoesOut.AsDraft });

        var id = (await school.Compose().KeepAsync(okafor, Words("", "Draw a"), draft, null, Stop))!.Value;
        Assert.Equal(id, await school.Compose().KeepAsync(okafor, Words("Volcano", "Draw a volcano", PostKind.Notice), draft, id, Stop));
        var db = school.Db();
        Assert.Empty(await db.Posts.VisibleTo(await school.ViewerAsync(school.Amira), db).ToListAsync());
        var made = await school.Compose().RunAsync(okafor, Words("Volcano poster", "Draw a volcano."), [For(school.Maple, Now)], Stop, id);

        Assert.Equal([id], made);
        var post = await school.Db().Posts.SingleAsync();
        Assert.Equal(("Volcano poster", PostKind.Task), (post.Title, post.Kind));
        Assert.Single(await school.Db().Tasks.ToListAsync());
        // It is out: what another tab still keeps becomes a draft of its own.
        Assert.NotEqual(id, await school.Compose().KeepAsync(okafor, Words("Late words"), draft, id, Stop));
    }

    [BothEngines]
    public async Task An_empty_form_leaves_no_draft_behind(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var okafor = await school.ViewerAsync(school.Okafor);
        var draft = For(school.Maple, Now with { Goes = GoesOut.AsDraft });

        Assert.Null(await school.Compose().KeepAsync(okafor, Words("", " \n"), draft, null, Stop));
        var id = await school.Compose().KeepAsync(okafor, Words("Vol"), draft, null, Stop);
        Assert.NotNull(id);
        Assert.Null(await school.Compose().KeepAsync(okafor, Words(""), draft, id, Stop));

        Assert.Empty(await school.Db().Posts.ToListAsync());
    }

    [BothEngines]
    public async Task A_task_for_two_classes_is_two_posts_with_their_own_dates(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var science = new SchoolClass("5 Maple", Subject.Science, school.Now);
        await using (var db = school.Db())
        {
            var okafor = await db.People.SingleAsync(p => p.Id == school.Okafor.Id);
            db.Add(new Membership(science, okafor, isTeacher: true, isFirst: true, school.Now));
            await db.SaveChangesAsync();
        }

        await school.Compose().RunAsync(await school.ViewerAsync(school.Okafor), SchoolWork.Words("Volcano poster", "1. Draw it\n2. Label it"), [
            SchoolWork.For(school.Maple, SchoolWork.Now), SchoolWork.For(science, SchoolWork.Now with { Due = SchoolWork.At(26, 16) })], default);

        var tasks = await school.Db().Tasks.OrderBy(t => t.Id).Select(t => new { t.ClassId, t.DueAt, t.StepCount, t.Post.SetId }).ToListAsync();
        Assert.Equal([school.Maple.Id, science.Id], tasks.Select(t => t.ClassId));
        Assert.Single(tasks.Select(t => t.SetId).Distinct());
        Assert.Equal(TimeSpan.FromDays(2), tasks[1].DueAt - tasks[0].DueAt);
        Assert.All(tasks, t => Assert.Equal(2, t.StepCount));
    }

    [BothEngines]
    public async Task A_class_one_does_not_teach_gets_nothing_and_neither_does_the_own(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);

        await Assert.ThrowsAsync<RuleBroken>(async () => await school.Compose().RunAsync(await school.ViewerAsync(school.Okafor), SchoolWork.Words("Volcano poster"), [SchoolWork.For(school.Maple, SchoolWork.Now), SchoolWork.For(school.Rowan, SchoolWork.Now)], default));

        Assert.Equal(0, await school.Db().Posts.CountAsync());
    }

    [BothEngines]
    public async Task Pupils_of_another_class_cannot_be_readers(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);

        await Assert.ThrowsAsync<RuleBroken>(() => school.SetTaskAsync(pupils: [school.Kai.Id]));
    }

    [BothEngines]
    public async Task A_file_of_somebody_else_cannot_be_attached(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var theirs = await school.KeepAsync(school.Weller);

        await Assert.ThrowsAsync<RuleBroken>(async () => await school.Compose().RunAsync(await school.ViewerAsync(school.Okafor), SchoolWork.Words("Sheet") with { FileIds = [theirs.Id] }, [SchoolWork.For(school.Maple, SchoolWork.Now)], default));
    }

    [BothEngines]
    public async Task A_co_teachers_edit_is_not_overwritten(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var seen = (await school.Db().Posts.SingleAsync()).Version;
        await school.Compose().EditAsync(await school.ViewerAsync(school.Nair), task, seen, false, SchoolWork.Words("Volcano model"), SchoolWork.For(school.Maple, SchoolWork.Now), default);

        await Assert.ThrowsAsync<RuleBroken>(async () => await school.Compose().EditAsync(await school.ViewerAsync(school.Okafor), task, seen, false, SchoolWork.Words("Volcano song"), SchoolWork.For(school.Maple, SchoolWork.Now), default));

        Assert.Equal("Volcano model", (await school.Db().Posts.SingleAsync()).Title);
    }

    [BothEngines]
    public async Task A_task_is_not_due_before_it_goes_out(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);

        var refused = await Assert.ThrowsAsync<RuleBroken>(() => school.SetTaskAsync(dates: new PostDates(GoesOut.Later, SchoolWork.At(25, 9), SchoolWork.At(24, 9), true, null)));

        Assert.Equal("Due", refused.Field);
    }

    [BothEngines]
    public async Task A_copy_is_a_draft_with_the_same_files(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var sheet = await school.KeepAsync(school.Okafor, name: "sheet.txt");
        var okafor = await school.ViewerAsync(school.Okafor);
        var source = (await school.Compose().RunAsync(okafor, SchoolWork.Words("Volcano poster") with { FileIds = [sheet.Id], Links = [("https://example.org/volcano", "Film")] }, [SchoolWork.For(school.Maple, SchoolWork.Now)], default))[0];

        var copy = await school.Compose().CopyAsync(okafor, source, school.Maple.Id, default);

        var post = await school.Db().Posts.Include(p => p.Files).Include(p => p.Links).SingleAsync(p => p.Id == copy);
        Assert.True(post.IsDraft);
        Assert.Equal((sheet.Id, "Film"), (post.Files.Single().FileId, post.Links.Single().Title));
    }

    [BothEngines]
    public async Task A_task_with_work_in_it_is_not_moved(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await school.HandInAsync(task, school.Amira);

        await Assert.ThrowsAsync<RuleBroken>(async () => await new MovePost(school.Db()).RunAsync(await school.ViewerAsync(school.Okafor), task, school.Maple.Id, default));
    }

    [BothEngines]
    public async Task The_bin_is_emptied_after_thirty_days_but_never_of_pupils_work(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var (with, without) = (await school.SetTaskAsync("With work"), await school.SetTaskAsync("Without"));
        await school.HandInAsync(with, school.Amira);
        foreach (var task in new[] { with, without }) await new PostActions(school.Db(), school.Clock).BinAsync(task, default);

        school.Clock.Advance(TimeSpan.FromDays(31));
        await new EmptyBin(school.Db(), school.Clock).RunAsync(default);

        Assert.Equal([with], await school.Db().Posts.Select(p => p.Id).ToListAsync());
    }

    [BothEngines]
    public async Task Who_comes_late_owes_what_is_open_or_not_as_the_teacher_chooses(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var open = await school.SetTaskAsync("Open");
        await school.SetTaskAsync("For Ben", pupils: [school.Ben.Id]);
        await school.AddAsync(new Membership(school.Maple, school.Kai, isTeacher: false, isFirst: false, school.Now));
        Assert.Contains(school.Kai.Id, await school.Db().OwingPupils(open).ToListAsync());

        Assert.Equal(1, await new Arrange(school.Db(), school.Clock).StartFreshAsync(school.Maple.Id, school.Kai.Id, school.Okafor.Id, Stop));
        Assert.Equal(0, await new Arrange(school.Db(), school.Clock).StartFreshAsync(school.Maple.Id, school.Kai.Id, school.Okafor.Id, Stop));

        Assert.DoesNotContain(school.Kai.Id, await school.Db().OwingPupils(open).ToListAsync());
        Assert.Contains(school.Amira.Id, await school.Db().OwingPupils(open).ToListAsync());
        Assert.Contains(school.Kai.Id, await school.Db().OwingPupils(await school.SetTaskAsync("Later")).ToListAsync());
        Assert.Single(await school.Db().Arrangements.ToListAsync());
    }
}
