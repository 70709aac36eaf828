using ClassHub.Classes;
using ClassHub.Marking;
using ClassHub.Media;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using NodaTime;

namespace ClassHub.Tests;

/// <summary>What teachers and pupils do all week, in one line each. Times are school time on 2026-11-23 and after.</summary>
internal static class SchoolWork
{
    public static readonly FileLimits Limits = new();

    public static LocalDateTime At(int day, int hour, int minute = 0) => new(2026, 11, day, hour, minute);

    public static ComposePost Compose(this TestSchool school) => new(school.Db(), school.SchoolClock, Limits);

    public static PostText Words(string title, string body = "", PostKind kind = PostKind.Task, HandInWays ways = HandInWays.Text | HandInWays.Files, decimal? points = null) =>
        new(kind, title, body, null, null, [], [], ways, points);

    public static PostTarget For(SchoolClass @class, PostDates dates, int[]? groups = null, int[]? pupils = null) =>
        new(@class.Id, groups is null && pupils is null, groups ?? [], pupils ?? [], dates);

    /// <summary>Out now, due Tuesday 16:00, late work until Friday 16:00.</summary>
    public static readonly PostDates Now = new(GoesOut.Now, null, At(24, 16), true, At(27, 16));

    public static async Task<int> SetTaskAsync(this TestSchool school, string title = "Volcano poster", PostDates? dates = null, int[]? groups = null, int[]? pupils = null, HandInWays ways = HandInWays.Text | HandInWays.Files, decimal? points = null, string body = "") =>
        (await school.Compose().RunAsync(await school.ViewerAsync(school.Okafor), Words(title, body, PostKind.Task, ways, points), [For(school.Maple, dates ?? Now, groups, pupils)], TestSchool.Stop))[0];

    public static Task<SubmissionVersion> HandInAsync(this TestSchool school, int taskId, Person pupil, string? text = "Here it is", string? key = null, StoredFile[]? files = null, bool onPaper = false, DateTimeOffset? at = null, Person? by = null, DateTimeOffset? madeAt = null) =>
        new HandInWork(school.Db(), Limits, school.SchoolClock).RunAsync(new(taskId, pupil.Id, (by ?? pupil).Id, key ?? RandomKey.Hex(), text, files ?? [], onPaper, at ?? school.Now) { MadeAt = madeAt }, TestSchool.Stop);

    public static Task<StoredFile> KeepAsync(this TestSchool school, Person owner, string content = "a drawing", string name = "drawing.txt") =>
        new KeepFile(school.Db(), school.Files, Limits, school.Clock).RunAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)), name, owner.Id, owner.Role == Role.Staff, school.Maple.Id, TestSchool.Stop);

    public static DraftWork Draft(this TestSchool school) => new(school.Db(), Limits);
    public static MarkWork Marking(this TestSchool school) => new(school.Db(), school.Clock);

    /// <summary>Given back, and long enough ago that the pupil sees it.</summary>
    public static async Task<Mark> GiveBackAsync(this TestSchool school, int submissionId, Result result = Result.GotIt, string comment = "Well done.", int seen = 0)
    {
        var mark = await school.Marking().GiveBackAsync(submissionId, school.Okafor.Id, new(result, null, comment, seen), TestSchool.Stop);
        school.Clock.Advance(Undo.Lasts);
        return mark;
    }

    public static void GoTo(this TestSchool school, LocalDateTime time) => school.Clock.SetUtcNow(school.SchoolClock.Deadline(time));
}
