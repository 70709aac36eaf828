using System.Globalization;
using ClassHub.Calendars;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Notifications;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.Rosters;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Web.Tests.Access;

/// <summary>The columns of the matrix as people of one world. <see cref="Former"/> handed in to the class and left it. <see cref="Guardian"/> looks after <see cref="PupilIn"/>, <see cref="OtherGuardian"/> after <see cref="PupilOut"/>.</summary>
internal enum Actor
{
    Admin, Teacher, CoTeacher, OtherTeacher, PupilIn, PupilOut, Former, Guardian, OtherGuardian, Anon,
    /// <summary>No column of the matrix: another pupil beside <see cref="PupilIn"/>.</summary>
    Classmate,
}

/// <summary>What a request is about, seen from the class of <see cref="Actor.Teacher"/>.</summary>
internal enum Variant
{
    /// <summary>The class, its post and task, and the work of <see cref="Actor.PupilIn"/>.</summary>
    Own,
    /// <summary>The same, but the work of another pupil of the class.</summary>
    Classmates,
    /// <summary>Everything belongs to the class of <see cref="Actor.OtherTeacher"/>.</summary>
    OtherClass,
    /// <summary>The address names the own class, but the object is the other class's.</summary>
    WrongClass,
    Deleted,
    Random,
    /// <summary>What is own to <see cref="Actor.Former"/>; never asked about by itself.</summary>
    Formers,
}

/// <summary>One of a world with a browser open: what it fills in, and what it reads where there is nothing.</summary>
internal sealed record Guest(Visitor Visitor, string Token, string MissingPage, string MissingForm);

/// <summary>Two classes with everything in them, made anew when a request has changed something.</summary>
internal sealed class World : IDisposable
{
    private static readonly Lazy<DateTimeOffset> Then = new(() => Everybody.MondayNine.AddDays(-3));
    private readonly Dictionary<Actor, string> keys = [];
    private readonly Dictionary<Actor, int> spare = [];
    private readonly Dictionary<string, int> any = [];
    private readonly Dictionary<Variant, Dictionary<string, int>> ids = [];
    /// <summary>Keys of files and codes of receipts, where an address has those instead of a number.</summary>
    private readonly Dictionary<Variant, Dictionary<string, string>> names = [];

    private readonly Dictionary<Actor, Guest> guests = [];

    public string KeyOf(Actor actor) => keys[actor];

    public async Task<Guest> GuestAsync(TestSite site, Actor actor)
    {
        if (guests.TryGetValue(actor, out var here)) return here;
        var visitor = site.Visitor();
        if (actor != Actor.Anon) visitor.WithCookie("classhub", KeyOf(actor));
        var token = await visitor.TokenAsync();
        return guests[actor] = new(visitor, token, (await visitor.GetAsync("/classes/999999")).Body, (await visitor.PostAsync("/setup", ("_form", token))).Body);
    }

    public void Dispose()
    {
        foreach (var guest in guests.Values) guest.Visitor.Dispose();
    }

    /// <summary>The surname of everybody in this world.</summary>
    public string Mark { get; } = RandomKey.Hex()[..8];

    /// <summary>What the word in braces stands for; nothing when this world has no such thing.</summary>
    public string? Find(string word, Variant variant, Actor actor)
    {
        if ((actor, variant) == (Actor.Former, Variant.Own)) variant = Variant.Formers;
        return names[variant].TryGetValue(word, out var name) ? name
            : (word == "sessionId" ? spare.GetValueOrDefault(actor) : any.TryGetValue(word, out var one) ? one : ids[variant].TryGetValue(word, out var id) ? id : (int?)null)?.ToString(CultureInfo.InvariantCulture);
    }

    public static async Task<World> MakeAsync(TestSite site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var world = new World();
        await world.FillAsync(scope.ServiceProvider.GetRequiredService<ClassHubDb>(), scope.ServiceProvider.GetRequiredService<KeepFile>());
        return world;
    }

    private async Task FillAsync(ClassHubDb db, KeepFile keep)
    {
        var mark = Mark;
        var people = new Dictionary<string, Person>();
        Person New(string name, Role role)
        {
            var person = people[name] = new Person(role, name, mark, Then.Value, title: role == Role.Staff ? "Mx" : null);
            db.Add(person);
            db.Add(new Account(person, $"{name}{mark}"));
            return person;
        }
        var own = new SchoolClass($"Own {mark}", Subject.Maths, Then.Value);
        var other = new SchoolClass($"Other {mark}", Subject.Science, Then.Value);
        db.AddRange(own, other,
            new Membership(own, New("Teacher", Role.Staff), true, true, Then.Value), new Membership(own, New("CoTeacher", Role.Staff), true, false, Then.Value),
            new Membership(other, New("OtherTeacher", Role.Staff), true, true, Then.Value),
            new Membership(own, New("PupilIn", Role.Pupil), false, false, Then.Value), new Membership(own, New("Classmate", Role.Pupil), false, false, Then.Value),
            New("Former", Role.Pupil),
            new Membership(other, New("PupilOut", Role.Pupil), false, false, Then.Value), new Membership(other, New("PupilAway", Role.Pupil), false, false, Then.Value));
        New("Admin", Role.Staff).MakeOffice(true);
        New("Newcomer", Role.Staff);
        foreach (var name in new[] { "Guardian", "OtherGuardian", "ClassmatesGuardian" }) db.Add(people[name] = new Person(Role.Guardian, name, mark, Then.Value));
        await db.SaveChangesAsync();
        (any["anyPupilId"], any["anyStaffId"]) = (people["PupilAway"].Id, people["Newcomer"].Id);

        var links = new Dictionary<string, GuardianLink>();
        foreach (var (guardian, pupil) in new[] { ("Guardian", "PupilIn"), ("OtherGuardian", "PupilOut"), ("ClassmatesGuardian", "Classmate") })
        {
            db.Add(links[pupil] = new GuardianLink(people[guardian], people[pupil], people["Admin"].Id, isApproved: true, Then.Value));
            links[pupil].Accept(Then.Value);
            db.Add(new MessageSettings(people[guardian].Id, $"{guardian}@{mark}.example", Then.Value));
        }
        await db.SaveChangesAsync();
        any["anyLinkId"] = links["Classmate"].Id;
        foreach (var actor in Enum.GetValues<Actor>().Except([Actor.Anon])) await SignInAsync(db, actor, people[actor.ToString()]);
        ids[Variant.Own] = await FillClassAsync(db, keep, own, people["Teacher"], people["PupilIn"]);
        ids[Variant.Classmates] = new(ids[Variant.Own]);
        (ids[Variant.Own]["linkId"], ids[Variant.Classmates]["linkId"]) = (links["PupilIn"].Id, links["Classmate"].Id);
        Work(ids[Variant.Classmates], people["Classmate"], await HandInAsync(db, keep, ids[Variant.Own]["taskId"], people["Classmate"]));
        ids[Variant.Formers] = new(ids[Variant.Own]);
        Work(ids[Variant.Formers], people["Former"], await HandInAsync(db, keep, ids[Variant.Own]["taskId"], people["Former"]));
        ids[Variant.OtherClass] = await FillClassAsync(db, keep, other, people["OtherTeacher"], people["PupilOut"]);
        ids[Variant.OtherClass]["linkId"] = links["PupilOut"].Id;
        ids[Variant.WrongClass] = new(ids[Variant.OtherClass]) { ["classId"] = own.Id };
        ids[Variant.Random] = ids[Variant.Own].ToDictionary(i => i.Key, i => i.Key == "classId" ? own.Id : 999_999);
        var import = new RosterImport("roster.csv", RosterKind.OfficeSheet, 0, people["Admin"].Id, Then.Value);
        import.Apply("", "Nothing", Then.Value);
        db.Add(import);
        db.AddRange(new CalendarFeed(people["PupilIn"].Id, Then.Value), new CalendarFeed(people["Classmate"].Id, Then.Value), new CalendarFeed(people["PupilOut"].Id, Then.Value), new CalendarFeed(people["Former"].Id, Then.Value));
        await db.SaveChangesAsync();
        any["id"] = import.Id;
        ids[Variant.Deleted] = new(ids[Variant.Own]) { ["postId"] = ids[Variant.Own]["binnedId"], ["taskId"] = ids[Variant.Own]["binnedId"] };
        await NameAsync(db);
    }

    private async Task NameAsync(ClassHubDb db)
    {
        foreach (var (variant, known) in ids)
        {
            var (sheet, sound, file, work, pupil) = (known["sheetId"], known["soundId"], known["fileId"], known["submissionId"], known["pupilId"]);
            names[variant] = variant == Variant.Random
                ? new() { ["key"] = new('0', 32), ["mediaKey"] = new('0', 32), ["workKey"] = new('0', 32), ["receipt"] = "ABCDEFGH", ["feedKey"] = new('0', 32) }
                : new()
                {
                    ["key"] = await db.Files.Where(f => f.Id == sheet).Select(f => f.Key).SingleAsync(),
                    ["mediaKey"] = await db.Files.Where(f => f.Id == sound).Select(f => f.Key).SingleAsync(),
                    ["workKey"] = await db.Files.Where(f => f.Id == file).Select(f => f.Key).SingleAsync(),
                    ["receipt"] = await db.SubmissionVersions.Where(v => v.SubmissionId == work).Select(v => v.Receipt).SingleAsync(),
                    ["feedKey"] = await db.CalendarFeeds.Where(f => f.PersonId == pupil).Select(f => f.Key).SingleAsync(),
                };
        }
    }

    private async Task SignInAsync(ClassHubDb db, Actor actor, Person person)
    {
        keys[actor] = RandomKey.Hex() + RandomKey.Hex();
        var elsewhere = new SignInSession(person, RandomKey.Hex() + RandomKey.Hex(), false, "Phone", Everybody.MondayNine);
        db.AddRange(new SignInSession(person, keys[actor], false, "Computer", Everybody.MondayNine), elsewhere);
        await db.SaveChangesAsync();
        spare[actor] = elsewhere.Id;
    }

    private static async Task<Dictionary<string, int>> FillClassAsync(ClassHubDb db, KeepFile keep, SchoolClass @class, Person teacher, Person pupil)
    {
        var sheet = await keep.RunAsync(new MemoryStream("a sheet"u8.ToArray()), "sheet.txt", teacher.Id, true, @class.Id, default);
        var sound = await keep.RunAsync(new MemoryStream("ID3 and a voice"u8.ToArray()), "voice.mp3", teacher.Id, true, @class.Id, default);
        db.ChangeTracker.Clear();
        var post = NewTask(db, @class, teacher);
        var draft = NewTask(db, @class, teacher, isDraft: true);
        var binned = NewTask(db, @class, teacher);
        binned.Bin(Then.Value);
        var group = db.Add(new PupilGroup(@class.Id, "Otters")).Entity;
        var code = db.Add(new JoinCode(@class.Id, teacher.Id, Everybody.MondayNine)).Entity;
        var request = db.Add(new JoinRequest(@class.Id, null, "Nina", "New", Everybody.MondayNine)).Entity;
        var newcomer = db.Add(new Person(Role.Staff, "Asking", "Office", Then.Value)).Entity;
        await db.SaveChangesAsync();
        var asking = db.Add(new TeachingRequest(@class.Id, newcomer.Id, "Supply this week", Everybody.MondayNine)).Entity;
        await db.SaveChangesAsync();
        post.Attach(await db.Files.Where(f => f.Id == sheet.Id || f.Id == sound.Id).OrderBy(f => f.Id).ToListAsync(), Then.Value);
        var words = new Captions(sound);
        words.Write(ReadTranscript.Of("0:01 Hello"), teacher.Id, Then.Value);
        db.Add(words);
        foreach (var made in new[] { post, draft, binned }) db.Add(AsTask(made));
        await db.SaveChangesAsync();

        var found = new Dictionary<string, int>
        {
            ["classId"] = @class.Id,
            ["postId"] = post.Id,
            ["taskId"] = post.Id,
            ["draftId"] = draft.Id,
            ["binnedId"] = binned.Id,
            ["sheetId"] = sheet.Id,
            ["soundId"] = sound.Id,
            ["groupId"] = group.Id,
            ["codeId"] = code.Id,
            ["requestId"] = request.Id,
            ["teacherId"] = teacher.Id,
            ["askId"] = asking.Id,
        };
        Work(found, pupil, await HandInAsync(db, keep, post.Id, pupil));
        return found;
    }

    private static void Work(Dictionary<string, int> found, Person pupil, (int Submission, int File) work) =>
        (found["pupilId"], found["personId"], found["submissionId"], found["workId"], found["fileId"]) = (pupil.Id, pupil.Id, work.Submission, work.Submission, work.File);

    private static Post NewTask(ClassHubDb db, SchoolClass @class, Person teacher, bool isDraft = false)
    {
        var post = new Post(@class.Id, PostKind.Task, teacher.Id, null, Then.Value);
        post.Write("Volcano poster", "Draw one.", null, null, Then.Value);
        if (!isDraft) post.Publish(Then.Value, null, Then.Value);
        db.Add(post);
        return post;
    }

    private static ClassTask AsTask(Post post)
    {
        var task = new ClassTask(post);
        task.Ask(HandInWays.Text | HandInWays.Files, 10);
        task.Schedule(Everybody.MondayNine.AddDays(4), "2026-11-27T09:00", null, null, Then.Value);
        return task;
    }

    private static async Task<(int Submission, int File)> HandInAsync(ClassHubDb db, KeepFile keep, int taskId, Person pupil)
    {
        var kept = await keep.RunAsync(new MemoryStream("my work"u8.ToArray()), "work.txt", pupil.Id, false, null, default);
        db.ChangeTracker.Clear();
        var file = await db.Files.SingleAsync(f => f.Id == kept.Id);
        var work = new Submission(await db.Tasks.SingleAsync(t => t.Id == taskId), pupil.Id);
        db.Add(work);
        await db.SaveChangesAsync();
        work.SaveDraft("Here it is.", Everybody.MondayNine);
        work.AttachToDraft(file, 20, Everybody.MondayNine);
        db.Add(work.HandIn(new(RandomKey.Hex(), "", pupil.Id, false, Everybody.MondayNine)));
        await db.SaveChangesAsync();
        return (work.Id, file.Id);
    }
}
