using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using Microsoft.Extensions.Caching.Memory;

namespace ClassHub.Web.Ui;

/// <summary>The pages of one class. <paramref name="Here"/> is "stream", "work", "people" or "bin".</summary>
public sealed record ClassTabs(MyClass Class, string Here, int ToMark = 0);

/// <summary>The exercise book, the name of the class, and who belongs to it.</summary>
public sealed record ClassHead(MyClass Class, int Pupils, int ToMark, IReadOnlyList<string> Teachers)
{
    private sealed record Row(int Pupils, int ToMark, string? Title, string? Forename, string? Surname);

    private static readonly HotQuery<int, Row> Query = new((db, classId) => (
        from c in db.Classes
        where c.Id == classId
        // Two plain steps: joined inside the outer join, SQLite reads the memberships of the whole school.
        from m in db.Memberships.Where(m => m.ClassId == c.Id && m.IsTeacher).DefaultIfEmpty()
        from p in db.People.Where(p => p.Id == m!.PersonId && p.DisabledAt == null).DefaultIfEmpty()
        orderby m.IsFirst descending, m.PersonId
        select new Row(db.Memberships.Count(p => p.ClassId == c.Id && !p.IsTeacher && p.Person.DisabledAt == null),
            db.Submissions.Count(s => s.ClassId == c.Id && s.HandedInAt != null && s.ReturnedAt == null), p!.Title, p.Forename, p.Surname)).Take(10));

    /// <summary>One statement, or none while the class's stamps are those of the last time. Pupils read "Mr Okafor", staff read "Daniel Okafor".</summary>
    public static async Task<ClassHead> ReadAsync(ClassHubDb db, IMemoryCache cache, MyClass me, CancellationToken stop)
    {
        var rows = (await cache.GetOrCreateAsync((nameof(ClassHead), me.ClassId, me.Stamp, me.IsTeacher ? me.WorkStamp : 0), async entry =>
        {
            entry.SetSize(500).SetSlidingExpiration(TimeSpan.FromMinutes(30));
            return await Query.RunAsync(db, me.ClassId, stop);
        }))!;
        return new(me, rows.Count == 0 ? 0 : rows[0].Pupils, rows.Count == 0 || !me.IsTeacher ? 0 : rows[0].ToMark,
            [.. rows.Where(r => r.Surname is not null).Select(r => Person.CalledBy(me.IsLearner ? r.Title : null, r.Forename!, r.Surname!))]);
    }

    public string Sentence => $"{Times.Count(Pupils, "pupil")}. {(Teachers.Count == 0 ? "No teacher yet" : string.Join(", ", Teachers))}.";
}

/// <summary>The fields of a class, as the new-class page and the change page show them.</summary>
public sealed record ClassFields(string? Name, Subject? Subject);
