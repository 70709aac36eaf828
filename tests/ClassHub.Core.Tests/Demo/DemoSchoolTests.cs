using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Demo;
using ClassHub.Marking;
using ClassHub.Media;
using ClassHub.People;
using ClassHub.School;
using ClassHub.Submissions;
using ClassHub.Today;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace ClassHub.Tests.Demo;

public sealed class DemoSchoolTests
{
    [Theory]
    [InlineData(Engine.Sqlite, "2026-11-23T09:00Z")]    // a Monday
    [InlineData(Engine.Sqlite, "2026-11-21T14:00Z")]    // a Saturday
    [InlineData(Engine.Sqlite, "2026-03-29T01:30Z")]    // the clocks went forward half an hour ago
    [InlineData(Engine.Sqlite, "2026-10-25T00:30Z")]    // the clocks go back in half an hour
    [InlineData(Engine.Sqlite, "2026-10-25T10:00Z")]    // the Sunday on which they went back
    [InlineData(Engine.Postgres, "2026-11-24T15:10Z")]  // a Tuesday after school
    public async Task Whatever_the_day_of_the_first_start_the_school_is_lived_in_and_a_second_start_changes_nothing(Engine engine, string start)
    {
        await using var demo = await DemoStart.OpenAsync(engine, start);

        Assert.True(await demo.FillAsync());

        await EverybodySignsInAsync(demo);
        await AmiraHasOneThingToDoAsync(demo);
        await EveryStateOccursAsync(demo);
        await OkaforHasWorkToMarkAsync(demo);
        await NothingHappenedByNightOrIsStillToComeAsync(demo);
        await ASecondStartChangesNothingAsync(demo);
    }

    private static async Task EverybodySignsInAsync(DemoStart demo)
    {
        var accounts = await demo.Db.Users.AsNoTracking().Include(a => a.Person).ToListAsync();

        Assert.Empty(new[] { "admin", "okafor", "amira" }.Except(accounts.Select(a => a.UserName)));
        Assert.All(accounts, a => Assert.False(a.MustChangePassword));
        Assert.Single(accounts.Select(a => a.PasswordHash).Distinct());
        Assert.Equal(PasswordVerificationResult.Success, new PasswordHasher<Account>().VerifyHashedPassword(accounts[0], accounts[0].PasswordHash!, DemoSchool.Password));
        Assert.Equal("Lena Hart", Assert.Single(accounts, a => a.Person.IsOffice).Person.Name);
    }

    private static async Task ASecondStartChangesNothingAsync(DemoStart demo)
    {
        var before = await CountsAsync(demo.Db);

        Assert.False(await demo.FillAsync());

        Assert.Equal(before, await CountsAsync(demo.Db));
    }

    private static async Task<int[]> CountsAsync(ClassHubDb db) =>
        [await db.People.CountAsync(), await db.Posts.CountAsync(), await db.Submissions.CountAsync(), await db.Marks.CountAsync(), await db.Notifications.CountAsync(), await db.Files.CountAsync()];

    private static async Task AmiraHasOneThingToDoAsync(DemoStart demo)
    {
        var amira = await demo.PersonAsync("amira");
        var tasks = await demo.Db.OpenTasksAsync(amira, demo.Now, default);
        var toDo = tasks.Where(t => t.Standing(demo.Now) is { IsOwed: true, MayHandIn: true }).OrderBy(t => t.Standing(demo.Now).Due).ToList();
        var day = demo.Clock.IsSchoolDay(demo.Clock.Today) && demo.Clock.TimeOf(demo.Now).Hour < 14 ? demo.Clock.Today : demo.Clock.NextSchoolDay(demo.Clock.Today);

        Assert.Equal(("Fractions on a number line", 2, 4), (toDo[0].Title, toDo[0].StepsDone, toDo[0].Steps));
        Assert.Single(toDo, t => demo.Clock.DateOf(t.DueAt!.Value) <= day);
        Assert.True(toDo.Count >= 4);
        Assert.Contains(toDo, t => t.HasDraft);
        Assert.Contains(toDo, t => t.IsAskedAgain);
        Assert.Contains(tasks, t => t.Title == "Viking timeline" && t.Result == Result.GotIt && t.Comment != "");
        Assert.Contains(tasks, t => t.HandedInAt is not null && t.ReturnedAt is null);
        Assert.Contains(tasks, t => t.Standing(demo.Now) is { IsMissing: true, IsClosed: true });
        Assert.NotEmpty(await demo.Db.NewsOfAsync(await demo.ViewerAsync(amira), long.MaxValue, default));
    }

    private static async Task EveryStateOccursAsync(DemoStart demo)
    {
        var maple = await demo.Db.Classes.AsNoTracking().SingleAsync(c => c.Name == "5 Maple" && c.Subject == Subject.Maths);
        var tasks = await demo.Db.Tasks.AsNoTracking().Where(t => t.ClassId == maple.Id).ToListAsync();
        var work = await demo.Db.Submissions.AsNoTracking().Where(s => s.ClassId == maple.Id).ToListAsync();
        var arranged = await demo.Db.Arrangements.AsNoTracking().ToListAsync();
        var pupils = await demo.Db.Memberships.Where(m => m.ClassId == maple.Id && !m.IsTeacher).Select(m => m.PersonId).ToListAsync();
        var all = (from t in tasks
                   from id in pupils
                   select Standing.Of(t, arranged.SingleOrDefault(a => a.TaskId == t.Id && a.PupilId == id), work.SingleOrDefault(s => s.TaskId == t.Id && s.PupilId == id), demo.Now)).ToList();

        Assert.Empty(new[] { WorkState.NotStarted, WorkState.Started, WorkState.HandedIn, WorkState.Returned, WorkState.Excused }.Except(all.Select(s => s.State)));
        Assert.Contains(all, s => s.IsLate);
        Assert.Contains(all, s => s.IsMissing);
        Assert.Contains(all, s => s.IsSecondTry);
        Assert.Contains(all, s => s.ExtendedTo is not null);
        Assert.Contains(work, s => s.IsOnPaper);
        Assert.True(await demo.Db.Submissions.AnyAsync(s => s.IsAskedAgain));
        Assert.Equal(4, await demo.Db.Marks.Select(m => m.Result).Distinct().CountAsync());
        Assert.True(await demo.Db.Marks.AnyAsync(m => m.ReturnedAt == null));
        Assert.True(await demo.Db.Posts.AnyAsync(p => p.PublishAt == null) && await demo.Db.Posts.AnyAsync(p => p.PublishAt > demo.Now));
        Assert.True(await demo.Db.Posts.AnyAsync(p => p.PinnedAt != null) && await demo.Db.Posts.AnyAsync(p => p.BinnedAt != null));
        Assert.Equal(8, await demo.Db.Posts.Select(p => p.ClassId).Distinct().CountAsync());
    }

    private static async Task OkaforHasWorkToMarkAsync(DemoStart demo)
    {
        var okafor = await demo.PersonAsync("okafor");
        var teaches = (await demo.ViewerAsync(okafor)).Teaches;
        var waiting = await demo.Db.Submissions.Where(s => teaches.Contains(s.ClassId) && s.HandedInAt != null && s.ReturnedAt == null).Select(s => s.ClassId).ToListAsync();

        Assert.InRange(waiting.Count, 9, 16);
        Assert.True(waiting.Distinct().Count() >= 3);
        Assert.True(await demo.Db.JoinRequests.AnyAsync(r => r.DecidedAt == null && teaches.Contains(r.ClassId)));
        Assert.NotEmpty(await demo.Db.NewsOfAsync(await demo.ViewerAsync(okafor), long.MaxValue, default));
    }

    private static async Task NothingHappenedByNightOrIsStillToComeAsync(DemoStart demo)
    {
        List<DateTimeOffset> moments =
        [
            .. await demo.Db.SubmissionVersions.Select(v => v.HandedInAt).ToListAsync(), .. await demo.Db.Marks.Select(m => m.SavedAt).ToListAsync(),
            .. await demo.Db.Posts.Select(p => p.EditedAt).ToListAsync(), .. await demo.Db.Notifications.Select(n => n.At).ToListAsync(), .. await demo.Db.StepTicks.Select(t => t.At).ToListAsync(),
        ];

        Assert.All(moments, at => Assert.True(at <= demo.Now));
        Assert.All(moments, at => Assert.InRange(demo.Clock.TimeOf(at), new TimeOnly(7, 0), new TimeOnly(19, 10)));
    }
}

/// <summary>An empty database and the moment at which the demo is started on it.</summary>
internal sealed class DemoStart : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly FakeTimeProvider time;
    private readonly string folder = Directory.CreateTempSubdirectory("classhub-demo-").FullName;

    public ClassHubDb Db { get; }
    public SchoolClock Clock { get; }
    public DateTimeOffset Now => time.GetUtcNow();

    private DemoStart(TestDatabase database, FakeTimeProvider time)
    {
        (this.database, this.time, Db) = (database, time, database.Open());
        Clock = new(time, SchoolCalendar.Of(new SchoolProfile("Harbour Lane Primary", "Europe/London", SchoolDays.MondayToFriday, new(8, 30), Now), []));
    }

    public static async Task<DemoStart> OpenAsync(Engine engine, string start) =>
        new(await TestDatabase.OpenEmptyAsync(engine), new FakeTimeProvider(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture)));

    public Task<bool> FillAsync() =>
        new DemoSchool(Db, new PasswordHasher<Account>(), new DiskFileStore(folder), new FileLimits(), time).FillAsync(Repository.PathOf("src/ClassHub.Web/demo"), default);

    public Task<int> PersonAsync(string userName) => Db.Users.Where(a => a.UserName == userName).Select(a => a.PersonId).SingleAsync();

    public async Task<Viewer> ViewerAsync(int personId)
    {
        var me = await Db.People.AsNoTracking().SingleAsync(p => p.Id == personId);
        var classes = await Db.Memberships.Where(m => m.PersonId == personId).OrderBy(m => m.ClassId)
            .Select(m => new MyClass(m.ClassId, m.Class.Name, m.Class.Subject, m.IsTeacher, m.IsFirst, false, 0, 0)).ToListAsync();
        return new(me.Id, me.Name, me.Role, me.IsOffice, classes, Now);
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
