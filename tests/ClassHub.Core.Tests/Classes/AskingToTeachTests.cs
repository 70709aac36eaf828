using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Notifications;
using ClassHub.Submissions;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Classes;

/// <summary>The office cannot give itself pupils' work without a reason and a teacher's word.</summary>
public sealed class AskingToTeachTests
{
    private static AskToTeach Asking(TestSchool school)
    {
        var db = school.Db();
        return new(db, new ManageClasses(db, school.Clock), school.Clock);
    }

    private static ByHand By(People.Person person, bool isOffice = false) => new(person.Id, isOffice);
    private static Task<List<AuditAction>> LogAsync(TestSchool school) => school.Db().Audit.OrderBy(a => a.Id).Select(a => a.Action).ToListAsync();
    private static async Task<bool> SeesWorkAsync(TestSchool school) => await school.Db().Submissions.VisibleTo(await school.ViewerAsync(school.Hart)).AnyAsync();

    [BothEngines]
    public async Task Where_pupils_have_handed_in_a_teacher_of_the_class_agrees_first(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.HandInAsync(await school.SetTaskAsync(), school.Amira);

        Assert.False(await Asking(school).RunAsync(school.Maple.Id, school.Hart.Id, "Supply for Mr Okafor", Stop));
        Assert.False(await SeesWorkAsync(school));
        Assert.True(await school.Db().Notifications.AnyAsync(n => n.RecipientId == school.Nair.Id && n.Kind == NotificationKind.TeachingAsked));
        var request = (await school.Db().TeachingRequests.SingleAsync()).Id;
        await Asking(school).AnswerAsync(school.Maple.Id, request, true, By(school.Nair), Stop);

        Assert.True(await SeesWorkAsync(school));
        Assert.Equal([AuditAction.AskedToTeach, AuditAction.AnsweredTeacher, AuditAction.AddedTeacher], await LogAsync(school));
    }

    [BothEngines]
    public async Task Nobody_of_the_office_agrees_to_themselves_or_for_teachers(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.HandInAsync(await school.SetTaskAsync(), school.Amira);
        await Asking(school).RunAsync(school.Maple.Id, school.Hart.Id, "Supply for Mr Okafor", Stop);
        var request = (await school.Db().TeachingRequests.SingleAsync()).Id;

        await Assert.ThrowsAsync<RuleBroken>(() => Asking(school).AnswerAsync(school.Maple.Id, request, true, By(school.Hart, isOffice: true), Stop));
        await Assert.ThrowsAsync<RuleBroken>(() => Asking(school).AnswerAsync(school.Maple.Id, request, true, By(school.Weller), Stop));

        Assert.False(await SeesWorkAsync(school));
    }

    [BothEngines]
    public async Task Where_there_is_no_teacher_a_second_of_the_office_agrees(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.HandInAsync(await school.SetTaskAsync(), school.Amira);
        await using (var db = school.Db())
        {
            db.RemoveRange(await db.Memberships.Where(m => m.ClassId == school.Maple.Id && m.IsTeacher).ToListAsync());
            (await db.People.SingleAsync(p => p.Id == school.Weller.Id)).MakeOffice(true);
            await db.SaveChangesAsync();
        }
        await Asking(school).RunAsync(school.Maple.Id, school.Hart.Id, "Nobody teaches it now", Stop);
        var request = (await school.Db().TeachingRequests.SingleAsync()).Id;

        await Assert.ThrowsAsync<RuleBroken>(() => Asking(school).AnswerAsync(school.Maple.Id, request, true, By(school.Hart, isOffice: true), Stop));
        await Asking(school).AnswerAsync(school.Maple.Id, request, true, By(school.Weller, isOffice: true), Stop);

        Assert.True(await SeesWorkAsync(school));
    }

    [BothEngines]
    public async Task A_class_without_work_is_theirs_at_once_with_a_reason(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        Assert.Equal("Reason", (await Assert.ThrowsAsync<RuleBroken>(() => Asking(school).RunAsync(school.Maple.Id, school.Hart.Id, " ", Stop))).Field);
        Assert.True(await Asking(school).RunAsync(school.Maple.Id, school.Hart.Id, "A new club", Stop));

        Assert.Equal([AuditAction.AskedToTeach, AuditAction.AddedTeacher], await LogAsync(school));
    }

    [BothEngines]
    public async Task Every_change_of_who_teaches_and_who_is_first_is_in_the_log(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        ManageClasses Classes() => new(school.Db(), school.Clock);
        var (maple, by) = (school.Maple.Id, By(school.Okafor));

        await Classes().AddAsync(maple, school.Weller.Id, asTeacher: true, by, Stop);
        await Classes().MakeFirstAsync(maple, school.Weller.Id, by, Stop);
        await Classes().RemoveTeacherAsync(maple, school.Nair.Id, by, Stop);
        await Classes().RemovePupilAsync(maple, school.Ben.Id, by, Stop);
        await Classes().ArchiveAsync(maple, by, Stop);

        Assert.Equal([AuditAction.AddedTeacher, AuditAction.MadeFirstTeacher, AuditAction.RemovedTeacher, AuditAction.RemovedFromClass, AuditAction.ArchivedClass], await LogAsync(school));
        Assert.True(await school.Db().Audit.AllAsync(a => a.ActorId == school.Okafor.Id));
    }
}
