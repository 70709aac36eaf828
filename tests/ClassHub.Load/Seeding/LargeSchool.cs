using ClassHub.People;
using ClassHub.School;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.AspNetCore.Identity;

namespace ClassHub.Load.Seeding;

/// <summary>A school year of posts, tasks and work, made up evenly from numbers: thirty-six weeks behind today, two ahead. Work is dense in the last weeks, where the pages look.</summary>
public sealed class LargeSchool(BulkRows rows, SchoolSize size, DateTime today)
{
    private static readonly string[] Subjects = ["Maths", "English", "Science", "History", "Geography", "Music", "Art", "Computing", "Languages", "Sport", "Religion"];
    private static readonly string[] Forenames = ["Amira", "Ben", "Chloe", "Dylan", "Elif", "Finn", "Grace", "Hamza", "Isla", "Jakub", "Kofi", "Leila", "Maya", "Noah", "Olivia", "Priya", "Quentin", "Rosa", "Sami", "Tia"];
    private static readonly string[] Surnames = ["Ahmed", "Brown", "Clarke", "Davies", "Evans", "Fraser", "Green", "Hughes", "Iqbal", "Jones", "Khan", "Lewis", "Murphy", "Nowak", "Okafor", "Patel", "Quinn", "Roberts", "Singh", "Taylor"];
    private const string Body = "We looked at this in the lesson. Read the page again, then work through the questions in your own words. Show how you got there. If something is not clear, write what you tried and where it stopped making sense.\n\n";

    private sealed record SetTask(int Id, int ClassId, DateTime PublishAt, DateTime DueAt);

    private readonly List<SetTask> tasks = [];

    // Two classes beyond the rest, alike but for their past: 200 posts, and 20,000.
    public int FewPostsClass => size.Classes + 1;
    public int ManyPostsClass => size.Classes + 2;
    private int FirstPupil => 2 + size.Teachers;
    private int AllPupils => size.Pupils + 60;

    public async Task FillAsync()
    {
        await PeopleAsync();
        await ClassesAsync();
        await PostsAsync();
        await WorkAsync();
        await NewsAsync();
    }

    private static string TitleOf(string kind, int id) => $"{kind} {id}: fractions, ratios and what they say";
    private static string? TopicOf(int id) => id % 4 == 0 ? "Topic " + id % 9 : null;

    private async Task PeopleAsync()
    {
        await rows.AddAsync(new SchoolProfile("Load School", "Europe/London", SchoolDays.MondayToFriday, new(8, 30), today.AddDays(-300)));
        var people = Enumerable.Range(1, FirstPupil - 1 + AllPupils);
        await rows.PutAsync("People", ["Id", "Forename", "Surname", "Name", "SortName", "Words", "Title", "Role", "IsOffice", "SendsUrgent",
                "SchoolKey", "YearGroup", "NeedsWords", "SavesData", "CreatedAt", "Stamp"],
            people.Select(id => (id, First: Forenames[id % 20], Last: Surnames[id / 20 % 20])).Select(p => new object?[] { p.id, p.First, p.Last,
                Person.FullName(p.First, p.Last), Fold.ForOrder(p.Last, p.First), Fold.Words(Person.FullName(p.First, p.Last), "K" + p.id),
                p.id < FirstPupil ? "Ms" : null, p.id < FirstPupil ? "Staff" : "Pupil", p.id == 1, false, "K" + p.id,
                p.id < FirstPupil ? null : "Year " + (7 + p.id % 5), false, false, today.AddDays(-300), 1L }));
        // One hash for all: making one costs as much as fifty pages.
        var hash = new PasswordHasher<Account>().HashPassword(null!, "three short words");
        await rows.PutAsync("Accounts", ["Id", "PersonId", "MustChangePassword", "UserName", "NormalizedUserName", "EmailConfirmed", "PasswordHash", "SecurityStamp", "PhoneNumberConfirmed", "TwoFactorEnabled", "LockoutEnabled", "AccessFailedCount"],
            people.Select(id => new object?[] { id, id, false, "person" + id, "PERSON" + id, false, hash, "S" + id, false, false, false, 0 }));
    }

    private async Task ClassesAsync()
    {
        await rows.PutAsync("Classes", ["Id", "Name", "Subject", "CreatedAt", "Stamp", "WorkStamp"],
            Enumerable.Range(1, size.Classes + 2).Select(id => new object?[] { id, $"{7 + id % 5}{(char)('A' + id / 5 % 26)}", Subjects[id % Subjects.Length], today.AddDays(-280), 1L, 1L }));
        await rows.PutAsync("Memberships", ["ClassId", "PersonId", "IsTeacher", "IsFirst", "JoinedAt"], Members().Select(m => new object?[] { m.ClassId, m.PersonId, m.PersonId < FirstPupil, m.PersonId < FirstPupil, today.AddDays(-280) }));
    }

    private IEnumerable<(int ClassId, int PersonId)> Members()
    {
        for (var c = 1; c <= size.Classes + 2; c++) yield return (c, TeacherOf(c));
        for (var p = 0; p < size.Pupils; p++)
            for (var i = 0; i < SchoolSize.ClassesAPupil; i++) yield return (ClassOf(p, i), FirstPupil + p);
        for (var p = 0; p < 60; p++) yield return (p < 30 ? FewPostsClass : ManyPostsClass, FirstPupil + size.Pupils + p);
    }

    private int TeacherOf(int classId) => 2 + classId % size.Teachers;
    private int ClassOf(int pupil, int place) => (pupil + place * (size.Classes / SchoolSize.ClassesAPupil)) % size.Classes + 1;

    public int Pupil(int number) => FirstPupil + number;
    public int[] ClassesOf(int number) => [.. Enumerable.Range(0, SchoolSize.ClassesAPupil).Select(i => ClassOf(number, i))];
    public int PupilOfFewPosts => FirstPupil + size.Pupils;
    public int PupilOfManyPosts => FirstPupil + size.Pupils + 30;
    public int Teacher(int number) => TeacherOf(ClassOfTeacher(number));
    public static int ClassOfTeacher(int number) => number + 1;

    private async Task PostsAsync()
    {
        var posts = Posts().ToList();
        await rows.PutAsync("Posts", ["Id", "ClassId", "Kind", "AuthorId", "Title", "Body", "Topic", "Words",
                "EstimatedMinutes", "IsForAll", "PublishAt", "AnnouncedAt", "PinnedAt", "CreatedAt", "EditedAt", "Version"],
            posts.Select(p => new object?[] { p.Id, p.ClassId, p.Kind, TeacherOf(p.ClassId),
                TitleOf(p.Kind, p.Id), Body + p.Id, TopicOf(p.Id), Fold.Words(TitleOf(p.Kind, p.Id), TopicOf(p.Id), Body + p.Id),
                p.Kind == "Task" ? 25 : null, true, p.At, p.At < today ? p.At : null, p.Place == 20 ? p.At : null, p.At, p.At, 1 }));
        tasks.AddRange(posts.Where(p => p.Kind == "Task").Select(p => new SetTask(p.Id, p.ClassId, p.At, p.At.AddDays(7))));
        await rows.PutAsync("Tasks", ["Id", "ClassId", "Ways", "DueAt", "DueTyped", "StepCount", "Grace", "OnTodayUntil", "DeadlineToldAt", "DayBeforeToldAt", "HoursBeforeToldAt"],
            tasks.Select(t => new object?[] { t.Id, t.ClassId, (int)(HandInWays.Text | HandInWays.Files), t.DueAt, t.DueAt.ToString("yyyy-MM-ddTHH:mm"), 0, nameof(OfflineGrace.NextMorning), t.DueAt + ClassTask.StaysOnToday, t.DueAt < today ? t.DueAt : null, t.DueAt < today ? t.DueAt : null, t.DueAt < today ? t.DueAt : null }));
    }

    /// <summary>Place 0 is the newest of its class, two weeks ahead; a third are tasks.</summary>
    private IEnumerable<(int Id, int ClassId, int Place, string Kind, DateTime At)> Posts()
    {
        var id = 0;
        for (var c = 1; c <= size.Classes + 2; c++)
            for (var place = 0; place < (c == ManyPostsClass ? SchoolSize.PostsInTheBigClass : SchoolSize.PostsAClass); place++)
                yield return (++id, c, place, (place % 3) switch { 0 => "Task", 1 => "Material", _ => "Notice" },
                    (place < 200 ? today.AddDays(14).AddHours(-place * 31.9) : today.AddDays(14).AddHours(-200 * 31.9 - (place - 200))).AddMinutes(c % 50 + 1));
    }

    private async Task WorkAsync()
    {
        var work = Work().Take(size.Submissions).ToList();
        await rows.PutAsync("Submissions", ["Id", "TaskId", "ClassId", "PupilId", "DraftVersion", "Number", "HandedInAt", "ReturnedAt", "IsAskedAgain", "IsSecondTry", "IsOnPaper", "Version"],
            work.Select((w, i) => new object?[] { i + 1, w.Task.Id, w.Task.ClassId, w.PupilId, 2, 1, w.At, w.BackAt, false, false, false, 2 }));
        await rows.PutAsync("SubmissionVersions", ["Id", "SubmissionId", "Number", "Text", "IsOnPaper", "HandedInAt", "ByPersonId", "Key", "RequestHash", "Receipt"],
            work.Select((w, i) => new object?[] { i + 1, i + 1, 1, "I think that the answer is three quarters, because the whole was cut into eight and we have six of them. " + i, false, w.At, w.PupilId, $"key{i:d29}", $"{i:d64}", $"R{i:d8}" }));
        await rows.PutAsync("Marks", ["Id", "SubmissionId", "Number", "Result", "Comment", "MarkedById", "SavedAt", "ReturnedAt", "Version"],
            work.Select((w, i) => (w, Id: i + 1)).Where(x => x.w.BackAt is not null).Select(x => new object?[] { x.Id, x.Id, 1, x.Id % 3 == 0 ? nameof(Marking.Result.NearlyThere) : nameof(Marking.Result.GotIt), "Well explained. Say next time why you chose eighths.", TeacherOf(x.w.Task.ClassId), x.w.BackAt, x.w.BackAt, 2 }));
    }

    private IEnumerable<(SetTask Task, int PupilId, DateTime At, DateTime? BackAt)> Work()
    {
        var pupils = PupilsByClass();
        // Newest first, so that the last weeks are full whatever the size; what is still open is handed in by half, the last month by five of six, the rest by few.
        foreach (var task in tasks.Where(t => t.PublishAt < today.AddDays(-1)).OrderByDescending(t => t.PublishAt))
        {
            var (of, share) = task.DueAt > today ? (6, 2) : task.DueAt > today.AddDays(-28) ? (6, 5) : (12, 1);
            var marked = task.DueAt < today.AddDays(-10);
            foreach (var pupil in pupils[task.ClassId].Where(p => (p + task.Id) % of < share))
            {
                var at = task.PublishAt.AddHours(5 + (pupil + task.Id) % 18);
                yield return (task, pupil, at, marked || (task.DueAt < today && pupil % 2 == 0) ? task.DueAt.AddDays(2) < today ? task.DueAt.AddDays(2) : at.AddMinutes(90) : null);
            }
        }
    }

    private Dictionary<int, int[]> PupilsByClass() =>
        Members().Where(m => m.PersonId >= FirstPupil).GroupBy(m => m.ClassId).ToDictionary(g => g.Key, g => g.Select(m => m.PersonId).ToArray());

    private Task NewsAsync()
    {
        var pupils = PupilsByClass();
        var told = tasks.Where(t => t.PublishAt < today && t.PublishAt > today.AddDays(-21)).SelectMany(t => pupils[t.ClassId].Select(p => (Task: t, PupilId: p)));
        return rows.PutAsync("Notifications", ["Id", "RecipientId", "Kind", "SubjectId", "Occurrence", "ClassId", "At", "SeenAt"],
            told.Select((x, i) => new object?[] { (long)i + 1, x.PupilId, "PostPublished", x.Task.Id, 0L, x.Task.ClassId, x.Task.PublishAt, x.Task.PublishAt < today.AddDays(-3) ? x.Task.PublishAt : null }));
    }
}
