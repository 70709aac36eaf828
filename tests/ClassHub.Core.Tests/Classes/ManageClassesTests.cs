using ClassHub.Classes;
using ClassHub.People;
using ClassHub.Posts;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Classes;

public sealed class ManageClassesTests
{
    private static ByHand Hart(TestSchool school) => new(school.Hart.Id, IsOffice: true);
    private static ManageClasses Classes(TestSchool school) => new(school.Db(), school.Clock);

    private static async Task SignInAsync(TestSchool school, Person person, string key)
    {
        var db = school.Db();
        db.Add(new SignInSession(await db.People.SingleAsync(p => p.Id == person.Id), key, isShared: true, "Phone", school.Now));
        await db.SaveChangesAsync(Stop);
    }

    private static async Task<MyClass?> SeesMapleAsync(TestSchool school, string key) =>
        (await school.Db().SignedInByAsync(key, school.Now, Stop))!.Viewer.In(school.Maple.Id);

    [BothEngines]
    public async Task Removing_a_pupil_ends_their_view_at_once(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await SignInAsync(school, school.Amira, "key");
        Assert.NotNull(await SeesMapleAsync(school, "key"));

        await Classes(school).RemovePupilAsync(school.Maple.Id, school.Amira.Id, Hart(school), Stop);

        Assert.Null(await SeesMapleAsync(school, "key"));
    }

    [BothEngines]
    public async Task Undoing_the_removal_brings_back_the_pupil_and_the_groups(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var otters = await new ManageGroups(school.Db()).MakeAsync(school.Maple.Id, "Otters", [school.Amira.Id, school.Ben.Id], Stop);

        var groups = await Classes(school).RemovePupilAsync(school.Maple.Id, school.Amira.Id, Hart(school), Stop);
        await Classes(school).PutBackPupilAsync(school.Maple.Id, school.Amira.Id, groups, Hart(school), Stop);

        Assert.Equal([otters], groups);
        Assert.True(await school.Db().Memberships.AnyAsync(m => m.ClassId == school.Maple.Id && m.PersonId == school.Amira.Id));
        Assert.Equal(2, await school.Db().PupilGroupMembers.CountAsync(m => m.GroupId == otters));
    }

    [BothEngines]
    public async Task Nobody_is_put_into_a_group_of_another_class(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var others = await new ManageGroups(school.Db()).MakeAsync(school.Rowan.Id, "Kites", [school.Kai.Id, school.Amira.Id], Stop);

        await Classes(school).PutBackPupilAsync(school.Maple.Id, school.Amira.Id, [others], Hart(school), Stop);

        Assert.Equal([school.Kai.Id], await school.Db().PupilGroupMembers.Where(m => m.GroupId == others).Select(m => m.PersonId).ToListAsync());
    }

    [BothEngines]
    public async Task Adding_twice_is_adding_once(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Classes(school).AddAsync(school.Maple.Id, school.Kai.Id, asTeacher: false, Hart(school), Stop)));

        Assert.Equal(1, await school.Db().Memberships.CountAsync(m => m.ClassId == school.Maple.Id && m.PersonId == school.Kai.Id));
    }

    [BothEngines]
    public async Task Only_the_first_teacher_or_the_office_changes_co_teachers(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        Assert.True((await school.ViewerAsync(school.Okafor, school.Maple)).MayChangeTeachers());
        Assert.True((await school.ViewerAsync(school.Hart, school.Maple)).MayChangeTeachers());
        Assert.False((await school.ViewerAsync(school.Nair, school.Maple)).MayChangeTeachers());
        Assert.False((await school.ViewerAsync(school.Amira, school.Maple)).MayChangeTeachers());
    }

    [BothEngines]
    public async Task The_first_teacher_stays_until_another_is_first(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await Assert.ThrowsAsync<RuleBroken>(() => Classes(school).RemoveTeacherAsync(school.Maple.Id, school.Okafor.Id, Hart(school), Stop));

        await Classes(school).MakeFirstAsync(school.Maple.Id, school.Nair.Id, Hart(school), Stop);
        await Classes(school).RemoveTeacherAsync(school.Maple.Id, school.Okafor.Id, Hart(school), Stop);

        var left = await school.Db().Memberships.SingleAsync(m => m.ClassId == school.Maple.Id && m.IsTeacher);
        Assert.Equal((school.Nair.Id, true), (left.PersonId, left.IsFirst));
    }

    [BothEngines]
    public async Task The_first_one_added_to_a_class_without_teachers_leads_it(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var choir = await Classes(school).CreateAsync("Choir", Subject.Music, null, Hart(school), Stop);

        await Classes(school).AddAsync(choir.Id, school.Weller.Id, asTeacher: true, Hart(school), Stop);
        await Classes(school).AddAsync(choir.Id, school.Nair.Id, asTeacher: true, Hart(school), Stop);

        Assert.Equal([school.Weller.Id], await school.Db().Memberships.Where(m => m.ClassId == choir.Id && m.IsFirst).Select(m => m.PersonId).ToListAsync());
    }

    [BothEngines]
    public async Task Pupils_do_not_teach_and_staff_do_not_learn(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        await Assert.ThrowsAsync<RuleBroken>(() => Classes(school).AddAsync(school.Rowan.Id, school.Amira.Id, asTeacher: true, Hart(school), Stop));
        await Assert.ThrowsAsync<RuleBroken>(() => Classes(school).AddAsync(school.Rowan.Id, school.Nair.Id, asTeacher: false, Hart(school), Stop));
    }

    [BothEngines]
    public async Task Nobody_joins_or_leaves_an_archived_class(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await Classes(school).ArchiveAsync(school.Maple.Id, Hart(school), Stop);

        await Assert.ThrowsAsync<RuleBroken>(() => Classes(school).AddAsync(school.Maple.Id, school.Kai.Id, asTeacher: false, Hart(school), Stop));
        await Assert.ThrowsAsync<RuleBroken>(() => Classes(school).RemovePupilAsync(school.Maple.Id, school.Amira.Id, Hart(school), Stop));

        Assert.DoesNotContain(school.Maple.Id, (await school.ViewerAsync(school.Amira)).Learns);
    }

    [BothEngines]
    public async Task Two_classes_of_one_name_need_two_subjects(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        await Classes(school).CreateAsync("5 Maple", Subject.English, null, Hart(school), Stop);

        var no = await Assert.ThrowsAsync<RuleBroken>(() => Classes(school).CreateAsync("5  Maple", Subject.Maths, null, Hart(school), Stop));
        Assert.Equal("Name", no.Field);
    }

    [BothEngines]
    public async Task A_group_stays_while_a_post_is_for_it(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var otters = await new ManageGroups(school.Db()).MakeAsync(school.Maple.Id, "Otters", [school.Amira.Id], Stop);
        var post = new Post(school.Maple.Id, PostKind.Notice, school.Okafor.Id, null, school.Now);
        post.Write("Bring boots", "", null, null, school.Now);
        post.Address(false, [otters], []);
        var db = school.Db();
        db.Add(post);
        await db.SaveChangesAsync(Stop);

        await Assert.ThrowsAsync<RuleBroken>(() => new RemoveGroup(school.Db()).RunAsync(school.Maple.Id, otters, Stop));

        Assert.Equal(1, await school.Db().PupilGroups.CountAsync());
    }
}
