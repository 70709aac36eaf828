using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Posts;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Calendars;

/// <summary>What is due and what goes out in the classes of one person, through the one door to posts.</summary>
public static class ReadCalendar
{
    /// <summary>More than anybody reads of one month.</summary>
    private const int Most = 2_000;

    /// <summary>In order of time, from the first instant up to but not including the last. Pupils see their own deadlines, guardians those of their children; staff see those of the class, and what goes out.</summary>
    /// <param name="only">One post and no other.</param>
    /// <param name="withCancelled">Also what lies in the bin, so that a calendar elsewhere can strike it out.</param>
    public static async Task<IReadOnlyList<CalendarEntry>> EntriesAsync(this ClassHubDb db, Viewer viewer, DateTimeOffset since, DateTimeOffset until, CancellationToken stop, bool withCancelled = false, int? only = null)
    {
        if (viewer.IsGuardian) return await OfChildrenAsync(db, viewer, since, until, withCancelled, only, stop);
        return await OfAsync(db, viewer, viewer.PersonId, since, until, withCancelled, only, stop);
    }

    /// <summary>Each child's own dates, one after the other in time.</summary>
    private static async Task<IReadOnlyList<CalendarEntry>> OfChildrenAsync(ClassHubDb db, Viewer guardian, DateTimeOffset since, DateTimeOffset until, bool withCancelled, int? only, CancellationToken stop)
    {
        var entries = new List<CalendarEntry>();
        var initials = ChildInitials.Of(guardian.Children);
        foreach (var child in guardian.Children)
        {
            var eyes = new Viewer(child.PupilId, child.Forename, Role.Pupil, false, [.. guardian.Classes.Where(c => c.ChildId == child.PupilId)], guardian.Now);
            var theirs = await OfAsync(db, eyes, child.PupilId, since, until, withCancelled, only, stop);
            entries.AddRange(theirs.Select(e => e with
            {
                For = child.Forename,
                ForNumber = child.PupilId,
                Initial = initials.GetValueOrDefault(child.PupilId),
            }));
        }
        return [.. entries.OrderBy(e => e.At).ThenBy(e => e.PostId)];
    }

    private static async Task<IReadOnlyList<CalendarEntry>> OfAsync(ClassHubDb db, Viewer viewer, int me, DateTimeOffset since, DateTimeOffset until, bool withCancelled, int? only, CancellationToken stop)
    {
        var classes = viewer.Classes.Where(c => !c.IsArchived).Select(c => c.ClassId).ToArray();
        var posts = (withCancelled ? db.Posts.MeantFor(viewer, db) : db.Posts.VisibleTo(viewer, db)).Where(p => p.PublishAt != null);
        // The office sees what is published everywhere; its calendar is that of the classes it belongs to.
        posts = only is { } id ? posts.Where(p => p.Id == id) : posts.Where(p => classes.Contains(p.ClassId));
        // The later of the two deadlines counts, and none where the class has none. What a teacher gave back shows when they can no longer take it
        // back without a trace.
        var now = viewer.Now;
        var due = (await (
            from post in posts
            from task in db.Tasks
            where task.Id == post.Id
            from arranged in db.Arrangements.Where(a => a.TaskId == task.Id && a.PupilId == me).DefaultIfEmpty()
            from work in db.Submissions.Where(s => s.TaskId == task.Id && s.PupilId == me).DefaultIfEmpty()
            let dueAt = task.DueAt != null && arranged!.DueAt > task.DueAt ? arranged.DueAt : task.DueAt
            where dueAt >= since && dueAt < until
            orderby dueAt, post.Id
            select new
            {
                Entry = new CalendarEntry(post.Id, post.Kind, true, post.ClassId, post.Class.Name, post.Class.Subject, post.Title, post.EstimatedMinutes,
                    dueAt!.Value, arranged!.ExcusedAt != null || (work!.HandedInAt != null && (!work.IsAskedAgain || work.ReturnedAt > now)),
                    post.BinnedAt != null, post.CreatedAt, post.EditedAt),
                post.BinnedAt,
                ArrangedAt = (DateTimeOffset?)arranged.At,
                ReturnedAt = work!.ReturnedAt > now ? null : work.ReturnedAt,
                WorkedAt = db.SubmissionVersions.Where(v => v.SubmissionId == work.Id)
                    .Max(v => (DateTimeOffset?)(v.TakenBackAt ?? v.ArrivedAt ?? v.HandedInAt)),
            }).Take(Most).ToListAsync(stop))
            .ConvertAll(d => d.Entry with { ChangedAt = new[] { d.Entry.ChangedAt, d.BinnedAt, d.ArrangedAt, d.ReturnedAt, d.WorkedAt }.Max()!.Value });
        if (viewer.IsPupil) return due;
        var goesOut = await posts.Where(p => p.PublishAt >= since && p.PublishAt < until).OrderBy(p => p.PublishAt).ThenBy(p => p.Id)
            .Select(p => new CalendarEntry(p.Id, p.Kind, false, p.ClassId, p.Class.Name, p.Class.Subject, p.Title, p.EstimatedMinutes, p.PublishAt!.Value, false, p.BinnedAt != null, p.CreatedAt, p.BinnedAt ?? p.EditedAt))
            .Take(Most).ToListAsync(stop);
        return [.. due.Concat(goesOut).OrderBy(e => e.At).ThenBy(e => e.IsDue).ThenBy(e => e.PostId)];
    }
}
