using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Marking;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Today;

/// <summary>One post in the stream of a class. The numbers of a task's work are for teachers, the standing is the pupil's own.</summary>
public sealed record StreamPost(int Id, PostKind Kind, string Title, string Beginning, string? Topic, int? Minutes, DateTimeOffset? PublishAt, DateTimeOffset? PinnedAt, DateTimeOffset EditedAt,
    bool IsForAll, int Files, int Links, string? AuthorTitle, string AuthorForename, string AuthorSurname, DateTimeOffset? DueAt, DateTimeOffset? CloseAt, int Steps)
{
    public Standing? Mine { get; init; }
    public Result? Result { get; init; }
    public int HandedIn { get; init; }
    /// <summary>Those who still owe it, as <see cref="OwedWork"/> counts them: neither excused nor handed in.</summary>
    public int ToCome { get; init; }
    public int ToMark { get; init; }
    /// <summary>How many it is for, when not for all.</summary>
    public int? Readers { get; init; }
    public string Author => People.Person.CalledBy(AuthorTitle, AuthorForename, AuthorSurname);
}

/// <summary>Where the next page of a stream begins.</summary>
public sealed record StreamCursor(DateTimeOffset At, int Id)
{
    public static readonly StreamCursor Newest = new(DateTimeOffset.MaxValue.AddDays(-2), int.MaxValue);
}

public static class ClassStream
{
    public const int PageSize = 15;
    private const int FirstWords = 240;
    /// <summary>Says "pinned" as a range: with "is not null" SQLite walks all posts of the class instead of the few that are pinned.</summary>
    private static readonly DateTimeOffset EverPinned = DateTimeOffset.UnixEpoch;

    private sealed record PupilRow(StreamPost Post, DateTimeOffset? ExtendedTo, bool IsExcused, bool HasDraft, DateTimeOffset? HandedInAt,
        DateTimeOffset? ReturnedAt, bool IsAskedAgain, bool IsSecondTry, bool WasOnTime, Result? Result)
    {
        public bool HasTicks { get; init; }
    }

    private static readonly HotQuery<int, int, DateTimeOffset, PupilRow> FirstForPupil = new((db, classId, me, now) =>
        from post in db.Posts
        where (db.Posts.Where(p => p.ClassId == classId && p.BinnedAt == null && p.PublishAt <= now
                    && (p.IsForAll || p.Readers.Any(r => r.PersonId == me) || p.Groups.Any(g => db.PupilGroupMembers.Any(m => m.GroupId == g.GroupId && m.PersonId == me))))
                    .OrderByDescending(p => p.PublishAt).ThenByDescending(p => p.Id).Take(PageSize + 1).Select(p => p.Id)
                .Concat(db.Posts.Where(p => p.ClassId == classId && p.PinnedAt > EverPinned && p.BinnedAt == null && p.PublishAt <= now
                    && (p.IsForAll || p.Readers.Any(r => r.PersonId == me) || p.Groups.Any(g => db.PupilGroupMembers.Any(m => m.GroupId == g.GroupId && m.PersonId == me))))
                    .OrderByDescending(p => p.PinnedAt).Take(5).Select(p => p.Id))).Contains(post.Id)
        from task in db.Tasks.Where(t => t.Id == post.Id).DefaultIfEmpty()
        from work in db.Submissions.Where(s => s.TaskId == post.Id && s.PupilId == me).DefaultIfEmpty()
        from arranged in db.Arrangements.Where(a => a.TaskId == post.Id && a.PupilId == me).DefaultIfEmpty()
        from mark in db.Marks.Where(m => m.SubmissionId == work!.Id && m.Number == work.Number && m.ReturnedAt <= now).DefaultIfEmpty()
        select new PupilRow(
            new StreamPost(post.Id, post.Kind, post.Title, post.Body.Substring(0, FirstWords), post.Topic, post.EstimatedMinutes, post.PublishAt, post.PinnedAt, post.EditedAt, post.IsForAll,
                post.Files.Count, post.Links.Count, post.Author.Title, post.Author.Forename, post.Author.Surname, task!.DueAt, task.CloseAt, (int?)task.StepCount ?? 0),
            arranged!.DueAt, arranged.ExcusedAt != null, work!.DraftSavedAt != null, work.HandedInAt, work.ReturnedAt, (bool?)work.IsAskedAgain ?? false,
                (bool?)work.IsSecondTry ?? false, (bool?)work.WasOnTime ?? false, mark!.Result)
        { HasTicks = db.StepTicks.Any(t => t.TaskId == task!.Id && t.PupilId == me && t.Step < task.StepCount) });

    private static readonly HotQuery<int, StreamPost> FirstForTeacher = new((db, classId) =>
        from post in db.Posts
        where (db.Posts.Where(p => p.ClassId == classId && p.BinnedAt == null && p.PublishAt != null).OrderByDescending(p => p.PublishAt).ThenByDescending(p => p.Id).Take(PageSize + 1).Select(p => p.Id)
                .Concat(db.Posts.Where(p => p.ClassId == classId && p.PinnedAt > EverPinned && p.BinnedAt == null).OrderByDescending(p => p.PinnedAt).Take(5).Select(p => p.Id))
                .Concat(db.Posts.Where(p => p.ClassId == classId && p.BinnedAt == null && p.PublishAt == null).OrderByDescending(p => p.Id).Take(10).Select(p => p.Id))).Contains(post.Id)
        from task in db.Tasks.Where(t => t.Id == post.Id).DefaultIfEmpty()
        select new StreamPost(post.Id, post.Kind, post.Title, post.Body.Substring(0, FirstWords), post.Topic, post.EstimatedMinutes, post.PublishAt, post.PinnedAt, post.EditedAt, post.IsForAll,
            post.Files.Count, post.Links.Count, post.Author.Title, post.Author.Forename, post.Author.Surname, task!.DueAt, task.CloseAt, (int?)task.StepCount ?? 0)
        {
            HandedIn = task == null ? 0 : db.Submissions.Count(s => s.TaskId == post.Id && s.HandedInAt != null && !s.IsAskedAgain),
            ToCome = task == null ? 0 : db.Memberships.Count(m => m.ClassId == post.ClassId && !m.IsTeacher && m.Person.DisabledAt == null
                && (post.IsForAll || post.Readers.Any(r => r.PersonId == m.PersonId)
                    || post.Groups.Any(g => db.PupilGroupMembers.Any(x => x.GroupId == g.GroupId && x.PersonId == m.PersonId)))
                && !db.Submissions.Any(s => s.TaskId == post.Id && s.PupilId == m.PersonId && s.HandedInAt != null && !s.IsAskedAgain)
                && !db.Arrangements.Any(a => a.TaskId == post.Id && a.PupilId == m.PersonId && a.ExcusedAt != null)),
            ToMark = task == null ? 0 : db.Submissions.Count(s => s.TaskId == post.Id && s.HandedInAt != null && s.ReturnedAt == null),
            Readers = post.IsForAll ? null : db.Memberships.Count(m => m.ClassId == classId && !m.IsTeacher && (post.Readers.Any(r => r.PersonId == m.PersonId) || post.Groups.Any(g => db.PupilGroupMembers.Any(x => x.GroupId == g.GroupId && x.PersonId == m.PersonId)))),
        });

    /// <summary>The first page: pinned posts, then for teachers what waits, then the newest. One statement.</summary>
    public static async Task<List<StreamPost>> FirstPageAsync(ClassHubDb db, Viewer viewer, CancellationToken stop)
    {
        var classId = viewer.Me.ClassId;
        var posts = viewer.Me.IsLearner
            ? (await FirstForPupil.RunAsync(db, classId, viewer.WorkOf, viewer.Now, stop)).ConvertAll(r => Own(r, viewer.Now))
            : await FirstForTeacher.RunAsync(db, classId, stop);
        // The office sees what is published.
        if (viewer.Me.IsOfficeOnly) posts.RemoveAll(p => !(p.PublishAt <= viewer.Now));
        return [.. posts.OrderByDescending(p => p.PinnedAt is not null).ThenByDescending(p => p.PinnedAt)
            .ThenByDescending(p => p.PublishAt is null || p.PublishAt > viewer.Now).ThenBy(p => p.PublishAt > viewer.Now ? p.PublishAt : DateTimeOffset.MaxValue)
            .ThenByDescending(p => p.PublishAt ?? p.EditedAt).ThenByDescending(p => p.Id)];
    }

    /// <summary>Older posts, newest first, through the one door.</summary>
    public static async Task<List<StreamPost>> OlderAsync(ClassHubDb db, Viewer viewer, StreamCursor before, CancellationToken stop)
    {
        var (classId, me, at, id) = (viewer.Me.ClassId, viewer.WorkOf, before.At, before.Id);
        var rows = await Rows(db, me, viewer.Now, db.Posts.VisibleTo(viewer, db).Where(p => p.ClassId == classId && (p.PublishAt < at || (p.PublishAt == at && p.Id < id)))
            .OrderByDescending(p => p.PublishAt).ThenByDescending(p => p.Id).Take(PageSize + 1)).ToListAsync(stop);
        return rows.ConvertAll(r => viewer.Me.IsLearner ? Own(r, viewer.Now) : r.Post);
    }

    /// <summary>A teacher's drafts, newest first; or what is scheduled, soonest first.</summary>
    public static async Task<List<StreamPost>> WaitingAsync(ClassHubDb db, Viewer viewer, bool drafts, CancellationToken stop)
    {
        var (classId, now) = (viewer.Me.ClassId, viewer.Now);
        var posts = db.Posts.VisibleTo(viewer, db).Where(p => p.ClassId == classId);
        posts = drafts ? posts.Where(p => p.PublishAt == null).OrderByDescending(p => p.EditedAt) : posts.Where(p => p.PublishAt > now).OrderBy(p => p.PublishAt);
        return (await Rows(db, viewer.PersonId, now, posts.Take(100)).ToListAsync(stop)).ConvertAll(r => r.Post);
    }

    private static IQueryable<PupilRow> Rows(ClassHubDb db, int me, DateTimeOffset now, IQueryable<Post> posts) =>
        from post in posts
        from task in db.Tasks.Where(t => t.Id == post.Id).DefaultIfEmpty()
        from work in db.Submissions.Where(s => s.TaskId == post.Id && s.PupilId == me).DefaultIfEmpty()
        from arranged in db.Arrangements.Where(a => a.TaskId == post.Id && a.PupilId == me).DefaultIfEmpty()
        from mark in db.Marks.Where(m => m.SubmissionId == work!.Id && m.Number == work.Number && m.ReturnedAt <= now).DefaultIfEmpty()
        select new PupilRow(
            new StreamPost(post.Id, post.Kind, post.Title, post.Body.Substring(0, FirstWords), post.Topic, post.EstimatedMinutes, post.PublishAt, post.PinnedAt, post.EditedAt, post.IsForAll,
                post.Files.Count, post.Links.Count, post.Author.Title, post.Author.Forename, post.Author.Surname, task!.DueAt, task.CloseAt, (int?)task.StepCount ?? 0)
            {
                HandedIn = task == null ? 0 : db.Submissions.Count(s => s.TaskId == post.Id && s.HandedInAt != null && !s.IsAskedAgain),
                ToCome = task == null ? 0 : db.Memberships.Count(m => m.ClassId == post.ClassId && !m.IsTeacher && m.Person.DisabledAt == null
                    && (post.IsForAll || post.Readers.Any(r => r.PersonId == m.PersonId)
                        || post.Groups.Any(g => db.PupilGroupMembers.Any(x => x.GroupId == g.GroupId && x.PersonId == m.PersonId)))
                    && !db.Submissions.Any(s => s.TaskId == post.Id && s.PupilId == m.PersonId && s.HandedInAt != null && !s.IsAskedAgain)
                    && !db.Arrangements.Any(a => a.TaskId == post.Id && a.PupilId == m.PersonId && a.ExcusedAt != null)),
                ToMark = task == null ? 0 : db.Submissions.Count(s => s.TaskId == post.Id && s.HandedInAt != null && s.ReturnedAt == null),
                Readers = post.IsForAll ? null : db.Memberships.Count(m => m.ClassId == post.ClassId && !m.IsTeacher && (post.Readers.Any(r => r.PersonId == m.PersonId) || post.Groups.Any(g => db.PupilGroupMembers.Any(x => x.GroupId == g.GroupId && x.PersonId == m.PersonId)))),
            },
            arranged!.DueAt, arranged.ExcusedAt != null, work!.DraftSavedAt != null, work.HandedInAt, work.ReturnedAt, (bool?)work.IsAskedAgain ?? false,
                (bool?)work.IsSecondTry ?? false, (bool?)work.WasOnTime ?? false, mark!.Result)
        { HasTicks = db.StepTicks.Any(t => t.TaskId == task!.Id && t.PupilId == me && t.Step < task.StepCount) };

    private static StreamPost Own(PupilRow row, DateTimeOffset now) => row.Post.Kind != PostKind.Task ? row.Post : row.Post with
    {
        HandedIn = 0,
        ToCome = 0,
        ToMark = 0,
        Result = row.Result,
        Mine = new Standing
        {
            Now = now,
            DueAt = row.Post.DueAt,
            CloseAt = row.Post.CloseAt,
            ExtendedTo = row.ExtendedTo,
            IsExcused = row.IsExcused,
            HasDraft = row.HasDraft,
            HasTicks = row.HasTicks,
            HandedInAt = row.HandedInAt,
            ReturnedAt = row.ReturnedAt,
            IsAskedAgain = row.IsAskedAgain,
            IsSecondTry = row.IsSecondTry,
            WasOnTime = row.WasOnTime,
        },
    };
}
