using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace ClassHub.Demo;

/// <summary>Three weeks of a school: what everybody does is planned first, then done in the order of time. What lies after the present moment is not done.</summary>
internal sealed class DemoWeeks(ClassHubDb db, SchoolClock schoolClock, DemoClock clock, DemoDays days, DateTimeOffset now)
{
    /// <summary>When the jobs look around, as they do all day long.</summary>
    private static readonly TimeOnly[] Rounds = [new(7, 0), new(8, 30), new(13, 0), new(15, 0), new(17, 0)];
    private readonly List<(DateTimeOffset At, Func<Task> Do)> deeds = [];

    public void Add(DateTimeOffset at, Func<Task> deed)
    {
        if (at <= now) deeds.Add((at, deed));
    }

    public async Task LiveAsync(CancellationToken stop)
    {
        AddRounds(stop);
        foreach (var (at, deed) in deeds.OrderBy(d => d.At))
        {
            clock.At = at;
            await deed();
            db.ChangeTracker.Clear();
        }
    }

    private void AddRounds(CancellationToken stop)
    {
        for (var day = days.Day(-11); day <= schoolClock.DateOf(now); day = day.AddDays(1))
            foreach (var time in Rounds)
                Add(schoolClock.At(day, time), async () =>
                {
                    await new AnnounceDuePosts(db, clock).RunAsync(stop);
                    await new RemindBeforeDeadline(db, schoolClock).RunAsync(stop);
                    await new TellDeadlinePassed(db, clock).RunAsync(stop);
                });
    }

    public async Task PlanAsync(DemoPages pages, DemoVerbs verbs, CancellationToken stop)
    {
        var members = await DemoClass.ReadAsync(db, pages.ClassName, stop);
        for (var place = 0; place < pages.Posts.Count; place++)
        {
            var (post, number) = (pages.Posts[place], place + 1);
            var author = post.Fact("by") is { } by ? members.ByUserName[by] : members.FirstTeacher;
            var goes = post.Fact("when") is { } when && when != "draft" ? days.Typed(when) : (LocalDateTime?)null;
            var task = new DemoTask(post, members, author, new Random(members.ClassId * 1000 + number), verbs, this);
            Add(WrittenAt(goes, number), async () => await task.WriteAsync(Target(post, members, goes), stop));
            if (goes is { } at && post.Has("pinned")) Add(schoolClock.VisibleFrom(at).AddMinutes(1), () => verbs.Posts.PinAsync(task.Id, pin: true, stop));
            if (post.Fact("binned") is { } thrown) Add(days.Moment(thrown), () => verbs.Posts.BinAsync(task.Id, stop));
            if (goes is { } visible && post.Kind == PostKind.Task) task.Plan(days, schoolClock.VisibleFrom(visible), now, stop);
        }
    }

    /// <summary>What appears in the morning was written the day before; what is still to come, the last time somebody sat down to it.</summary>
    private DateTimeOffset WrittenAt(LocalDateTime? goes, int number)
    {
        var latest = days.Moment("-1 12:25").AddMinutes(number);
        if (goes is not { } at) return latest;
        var written = at.TimeOfDay.ToTimeOnly() == schoolClock.Calendar.Morning ? schoolClock.At(days.Before(at.Date.ToDateOnly()), new(16, 0)).AddMinutes(number * 3) : schoolClock.VisibleFrom(at);
        return written < latest ? written : latest;
    }

    private PostTarget Target(DemoPost post, DemoClass members, LocalDateTime? goes)
    {
        var groups = post.Words("for").Select(name => members.Groups[name]).ToList();
        var due = post.Fact("due") is { } words ? days.Typed(words) : (LocalDateTime?)null;
        var late = post.Fact("closes") is { } until and not "then" ? days.Typed(until) : (LocalDateTime?)null;
        var how = goes is not { } at ? GoesOut.AsDraft : schoolClock.VisibleFrom(at) > clock.At ? GoesOut.Later : GoesOut.Now;
        return new(members.ClassId, groups.Count == 0, groups, [], new PostDates(how, goes, due, TakesLate: post.Fact("closes") != "then", late));
    }
}

/// <summary>Who is in a class of the demo, as the roster brought them.</summary>
internal sealed record DemoClass(int ClassId, int FirstTeacher, IReadOnlyList<int> Teachers, IReadOnlyList<int> Pupils, IReadOnlyDictionary<string, int> ByUserName, IReadOnlyDictionary<string, int> Groups, IReadOnlyDictionary<int, int[]> InGroup)
{
    public static async Task<DemoClass> ReadAsync(ClassHubDb db, string name, CancellationToken stop)
    {
        var id = (await db.Classes.AsNoTracking().OrderBy(c => c.Id).ToListAsync(stop)).Single(c => c.FullName == name || c.Name == name).Id;
        var members = await (from m in db.Memberships
                             join a in db.Users on m.PersonId equals a.PersonId
                             where m.ClassId == id
                             orderby m.PersonId
                             select new { m.PersonId, m.IsTeacher, m.IsFirst, a.UserName }).ToListAsync(stop);
        var groups = await db.PupilGroups.Where(g => g.ClassId == id).OrderBy(g => g.Id).ToDictionaryAsync(g => g.Name, g => g.Id, stop);
        var inGroup = await db.PupilGroupMembers.Where(m => m.Group.ClassId == id).OrderBy(m => m.PersonId).Select(m => new { m.GroupId, m.PersonId }).ToListAsync(stop);
        return new(id, members.First(m => m.IsFirst).PersonId, [.. members.Where(m => m.IsTeacher).Select(m => m.PersonId)], [.. members.Where(m => !m.IsTeacher).Select(m => m.PersonId)], members.ToDictionary(m => m.UserName!, m => m.PersonId),
            groups, inGroup.GroupBy(m => m.GroupId).ToDictionary(g => g.Key, g => g.Select(m => m.PersonId).ToArray()));
    }
}
