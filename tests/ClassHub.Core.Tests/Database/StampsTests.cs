using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Marking;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Database;

/// <summary>Whose pages each kind of row makes out of date. A page's version is made of these stamps: a kind that raises none is seen by nobody until something
/// else changes.</summary>
public sealed class StampsTests
{
    /// <summary>What stands on no page that is answered with 304, or never without one of the kinds below.</summary>
    private static readonly string[] OnNoKeptPage =
    [
        "Account", "IdentityUserClaim`1", "IdentityUserLogin`1", "IdentityUserToken`1", "AuditEntry", "SignInSession", "SignInThrottle", "KnownDevice",
            "SignInLink", "SetUpWords", "DataProtectionKey",
        "SchoolProfile", "Holiday", "LessonSlot", "Term",           // read by each server at once; they raise every class's stamp themselves
        "StoredFile", "Rendition", "Upload", "Captions", "CalendarFeed", "RosterImport", "RosterChange", "PlanChange", "DayTemplate", "DayTemplateLine",
        "ZoneMove",
        "Notification", "Message", "MessageSettings", "PushSubscription", "UrgentNotice",
        "TeachingRequest", "HandInWish", "Reminder", "ReminderPupil", "TaskWording", "EarlierDraft", "EarlierDraftFile", "PlanChangeItem", "PostFile", "PostGroup", "PostLink", "PostReader",
            "SubmissionVersion", "SubmissionFile", "DraftFile", "MarkFile",    // never saved without what they belong to
    ];

    private static readonly Dictionary<string, (string Whose, Func<TestSchool, ClassHubDb, Made, Task> Change)> Kinds = new()
    {
        [nameof(SchoolClass)] = ("class", (school, db, _) => TouchAsync(db, db.Classes.Where(c => c.Id == school.Maple.Id))),
        [nameof(Membership)] = ("class pupil", (school, db, _) => TouchAsync(db, db.Memberships.Where(m => m.PersonId == school.Amira.Id))),
        [nameof(PupilGroup)] = ("class", (school, db, _) => AddAsync(db, new PupilGroup(school.Maple.Id, "Otters"))),
        [nameof(PupilGroupMember)] = ("pupil", (school, db, made) => AddAsync(db, new PupilGroupMember(made.Group, school.Amira.Id))),
        [nameof(JoinRequest)] = ("work", (school, db, _) => AddAsync(db, new JoinRequest(school.Maple.Id, null, "Zoe", "Quinn", school.Now))),
        [nameof(JoinCode)] = ("work", (school, db, _) => AddAsync(db, new JoinCode(school.Maple.Id, school.Okafor.Id, school.Now))),
        [nameof(Post)] = ("class", (_, db, made) => TouchAsync(db, db.Posts.Where(p => p.Id == made.Task))),
        [nameof(ClassTask)] = ("class", (_, db, made) => TouchAsync(db, db.Tasks.Where(t => t.Id == made.Task))),
        [nameof(Arrangement)] = ("pupil", (school, db, made) => AddAsync(db, new Arrangement(made.Task, school.Amira.Id))),
        [nameof(StepTick)] = ("pupil", (school, db, made) => AddAsync(db, new StepTick(made.Task, school.Amira.Id, 1, school.Now))),
        [nameof(Submission)] = ("pupil work", (_, db, made) => TouchAsync(db, db.Submissions.Where(s => s.TaskId == made.Task))),
        [nameof(Mark)] = ("work", (_, db, made) => TouchAsync(db, db.Marks.Include(m => m.Submission).Where(m => m.Submission.TaskId == made.Task))),
        [nameof(GuardianLink)] = ("guardian", async (school, db, made) =>
            await AddAsync(db, new GuardianLink(await db.People.SingleAsync(p => p.Id == made.Guardian),
                await db.People.SingleAsync(p => p.Id == school.Amira.Id), school.Hart.Id, true, school.Now))),
        [nameof(Person)] = ("class pupil", (school, db, _) => TouchAsync(db, db.People.Where(p => p.Id == school.Amira.Id))),
    };

    public static TheoryData<string> All => [.. Kinds.Keys];

    private sealed record Made(int Task, int Group, int Guardian);

    private static async Task TouchAsync<T>(ClassHubDb db, IQueryable<T> row) where T : class => db.Entry(await row.SingleAsync()).State = EntityState.Modified;
    private static Task AddAsync(ClassHubDb db, object row) { db.Add(row); return Task.CompletedTask; }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_change_makes_the_pages_of_those_concerned_out_of_date_and_of_nobody_else(string kind)
    {
        await using var school = await OpenAsync(Engine.Sqlite);
        var made = await MakeAsync(school);
        var before = await StampsAsync(school, made);
        var db = school.Db();

        await db.WriteAsync(async () =>
        {
            await Kinds[kind].Change(school, db, made);
            await db.SaveChangesAsync(Stop);
        }, Stop);

        var after = await StampsAsync(school, made);
        Assert.Equal(Kinds[kind].Whose.Split(' ').Order(), after.Where(s => s.Value != before[s.Key]).Select(s => s.Key).Order());
    }

    [Fact]
    public async Task Every_kind_of_row_is_known_here()
    {
        await using var school = await OpenAsync(Engine.Sqlite);

        Assert.Equal(Kinds.Keys.Concat(OnNoKeptPage).Order(), school.Db().Model.GetEntityTypes().Select(e => e.ClrType.Name).Order());
    }

    private static async Task<Made> MakeAsync(TestSchool school)
    {
        var task = await school.SetTaskAsync(body: "1. Draw it\n2. Label it");
        await school.HandInAsync(task, school.Amira);
        await school.Marking().SaveAsync(await school.Db().Submissions.Where(s => s.TaskId == task).Select(s => s.Id).SingleAsync(), school.Okafor.Id,
            new(Result.GotIt, null, "Well done.", 0), Stop);
        var (group, guardian) = (new PupilGroup(school.Maple.Id, "Foxes"), new Person(Role.Guardian, "Sofia", "Haddad", school.Now));
        await school.AddAsync(group, guardian);
        return new(task, group.Id, guardian.Id);
    }

    private static async Task<Dictionary<string, long>> StampsAsync(TestSchool school, Made made)
    {
        var db = school.Db();
        var maple = await db.Classes.AsNoTracking().SingleAsync(c => c.Id == school.Maple.Id);
        var rowan = await db.Classes.AsNoTracking().SingleAsync(c => c.Id == school.Rowan.Id);
        async Task<long> OfAsync(int person) => await db.People.Where(p => p.Id == person).Select(p => p.Stamp).SingleAsync();
        return new()
        {
            ["class"] = maple.Stamp,
            ["work"] = maple.WorkStamp,
            ["pupil"] = await OfAsync(school.Amira.Id),
            ["guardian"] = await OfAsync(made.Guardian),
            ["another class"] = rowan.Stamp + rowan.WorkStamp,
            ["another pupil"] = await OfAsync(school.Ben.Id)
        };
    }
}
