using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Marking;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Demo;

/// <summary>What teachers and pupils do, by the verbs their pages use, at the moment at which the demo's clock stands.</summary>
internal sealed class DemoVerbs(ClassHubDb db, IFileStore store, FileLimits limits, DemoClock clock, SchoolClock schoolClock, string files)
{
    private readonly KeepFile keep = new(db, store, limits, clock);
    private readonly DraftWork drafts = new(db, limits);
    private readonly HandInWork handIn = new(db, limits, schoolClock);
    private readonly MarkWork marks = new(db, clock);
    private readonly GiveWords words = new(db, clock);

    public Arrange Arrange { get; } = new(db, clock);
    public PostActions Posts { get; } = new(db, clock);

    public async Task<int> ComposeAsync(int authorId, DemoPost post, PostTarget target, CancellationToken stop)
    {
        var kept = new List<int>();
        foreach (var name in post.Words("files")) kept.Add(await WithWordsAsync(name, await KeepAsync(name, authorId, isStaff: true, target.ClassId, stop), authorId, stop));
        var me = new MyClass(target.ClassId, "", null, IsTeacher: true, IsFirst: false, IsArchived: false, 0, 0);
        var author = new Viewer(authorId, "", People.Role.Staff, isOffice: false, [me], clock.At);
        var text = new PostText(post.Kind, post.Title, post.Body, post.Fact("topic"), post.Number("minutes"), kept, [.. post.Words("links").Select(l => (l, (string?)null))], post.Ways, post.Number("points"));
        return (await new ComposePost(db, schoolClock, limits).RunAsync(author, text, [target], stop)).Single();
    }

    /// <summary>What a sound says lies beside it under the same name.</summary>
    private async Task<int> WithWordsAsync(string name, StoredFile file, int authorId, CancellationToken stop)
    {
        var said = Path.Combine(files, Path.ChangeExtension(name, ".vtt"));
        if (FileKind.IsPlayed(file.ContentType) && File.Exists(said)) await words.SaveAsync(file.Id, ReadTranscript.Of(await File.ReadAllBytesAsync(said, stop)), 0, authorId, stop);
        return file.Id;
    }

    private async Task<StoredFile> KeepAsync(string name, int ownerId, bool isStaff, int classId, CancellationToken stop)
    {
        await using var bytes = File.OpenRead(Path.Combine(files, name));
        // Teachers name their files, phones name theirs.
        var called = isStaff ? char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ') : $"photo-{clock.At:HHmmss}.jpg";
        return await keep.RunAsync(bytes, called, ownerId, isStaff, classId, stop);
    }

    private async Task<List<StoredFile>> KeepAsync(DemoAnswer answer, int pupilId, int classId, CancellationToken stop)
    {
        var kept = new List<StoredFile>();
        foreach (var name in answer.Files) kept.Add(await KeepAsync(name, pupilId, isStaff: false, classId, stop));
        return kept;
    }

    public async Task DraftAsync(int taskId, int classId, int pupilId, DemoAnswer answer, CancellationToken stop) =>
        await drafts.SaveAsync(taskId, pupilId, answer.Text, await KeepAsync(answer, pupilId, classId, stop), null, clock.At, stop);

    /// <summary>By the pupil, or by the teacher for work that came on paper.</summary>
    public async Task HandInAsync(int taskId, int classId, int pupilId, DemoAnswer answer, int? byTeacherId, CancellationToken stop)
    {
        var isOnPaper = byTeacherId is not null;
        var request = new HandInRequest(taskId, pupilId, byTeacherId ?? pupilId, RandomKey.Hex(), isOnPaper ? null : answer.Text, isOnPaper ? [] : await KeepAsync(answer, pupilId, classId, stop), isOnPaper, clock.At);
        await handIn.RunAsync(request, stop);
    }

    public async Task MarkAsync(int taskId, int pupilId, int teacherId, DemoAnswer answer, decimal? points, bool giveBack, CancellationToken stop)
    {
        var work = await db.Submissions.Where(s => s.TaskId == taskId && s.PupilId == pupilId).Select(s => s.Id).SingleAsync(stop);
        var said = new MarkWords(answer.Result ?? Result.GotIt, points, answer.Comment, SeenVersion: 0);
        if (giveBack) await marks.GiveBackAsync(work, teacherId, said, stop);
        else await marks.SaveAsync(work, teacherId, said, stop);
    }
}
