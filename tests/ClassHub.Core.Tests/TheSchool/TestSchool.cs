using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.People;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tests;

/// <summary>
/// A small school of its own for one test, on Monday 23 November 2026 at 9:00. Amira and Ben learn in 5 Maple Maths with Mr Okafor (first teacher)
/// and Ms Nair; Kai learns in 6 Rowan Science with Mr Weller; Ms Hart is the office and in no class.
/// </summary>
public sealed class TestSchool : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly List<ClassHubDb> open = [];
    private readonly Lazy<string> folder = new(() => Directory.CreateTempSubdirectory("classhub-files-").FullName);
    private DiskFileStore? files;

    public WatchedClock Clock { get; } = new(Everybody.MondayNine);
    /// <summary>What the one server of this school remembers.</summary>
    public Guesses Guesses { get; } = new();
    public WaitingRoom Room { get; }
    public SchoolClock SchoolClock { get; private set; } = null!;
    public SchoolClass Maple { get; private set; } = null!;
    public SchoolClass Rowan { get; private set; } = null!;
    public Person Okafor { get; private set; } = null!;
    public Person Nair { get; private set; } = null!;
    public Person Weller { get; private set; } = null!;
    public Person Hart { get; private set; } = null!;
    public Person Amira { get; private set; } = null!;
    public Person Ben { get; private set; } = null!;
    public Person Kai { get; private set; } = null!;

    private TestSchool(TestDatabase database) => (this.database, Room) = (database, new WaitingRoom(Clock));

    public static async Task<TestSchool> OpenAsync(Engine engine)
    {
        var school = new TestSchool(await TestDatabase.OpenAsync(engine));
        await school.FindEverybodyAsync();
        return school;
    }

    private async Task FindEverybodyAsync()
    {
        await using var db = database.Open();
        var people = await db.People.AsNoTracking().ToDictionaryAsync(p => p.Surname);
        var classes = await db.Classes.AsNoTracking().ToDictionaryAsync(c => c.Name);
        (Okafor, Nair, Weller, Hart) = (people["Okafor"], people["Nair"], people["Weller"], people["Hart"]);
        (Amira, Ben, Kai) = (people["Haddad"], people["Fisher"], people["Moana"]);
        (Maple, Rowan) = (classes["5 Maple"], classes["6 Rowan"]);
        SchoolClock = new SchoolClock(Clock, SchoolCalendar.Of(await db.Schools.AsNoTracking().SingleAsync(), []));
    }

    public DateTimeOffset Now => Clock.GetUtcNow();
    public static CancellationToken Stop => CancellationToken.None;

    /// <summary>A context of its own, as a request has; closed with the school. Ask again to see what others wrote.</summary>
    public ClassHubDb Db()
    {
        var db = database.Open();
        lock (open) open.Add(db);
        return db;
    }

    /// <summary>The person as a request of this moment would carry them, with what they belong to.</summary>
    public async Task<Viewer> ViewerAsync(Person person)
    {
        await using var db = database.Open();
        var me = await db.People.AsNoTracking().SingleAsync(p => p.Id == person.Id);
        var classes = await db.Memberships.Where(m => m.PersonId == person.Id).OrderBy(m => m.Class.Name).ThenBy(m => m.ClassId)
            .Select(m => new MyClass(m.ClassId, m.Class.Name, m.Class.Subject, m.IsTeacher, m.IsFirst, m.Class.ArchivedAt != null, m.Class.Stamp, m.Class.WorkStamp)).ToListAsync();
        return new(me.Id, me.Name, me.Role, me.IsOffice, classes, Now);
    }

    /// <summary>The person inside a class of theirs, or as the office looking in.</summary>
    public async Task<Viewer> ViewerAsync(Person person, SchoolClass @class)
    {
        var viewer = await ViewerAsync(person);
        viewer.EnterClass(viewer.In(@class.Id) ?? new MyClass(@class.Id, @class.Name, @class.Subject, false, false, @class.IsArchived, 0, 0) { IsOfficeOnly = true });
        return viewer;
    }

    /// <summary>Adds rows and saves them.</summary>
    public async Task AddAsync(params object[] rows)
    {
        await using var db = database.Open();
        foreach (var row in rows) db.Attach(row).State = EntityState.Added;
        await db.SaveChangesAsync();
    }

    public DiskFileStore Files => files ??= new DiskFileStore(folder.Value);

    public async ValueTask DisposeAsync()
    {
        foreach (var db in open) await db.DisposeAsync();
        await database.DisposeAsync();
        if (folder.IsValueCreated) Directory.Delete(folder.Value, recursive: true);
    }
}
