using ClassHub.Database;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Classes;

/// <summary>Finds who a session key belongs to and what they belong to, in one statement.</summary>
public static class SignedIn
{
    public sealed record Row(int SessionId, DateTimeOffset LastUsedAt, int IdleMinutes, DateTimeOffset EndsAt, bool IsShared,
        int PersonId, string Forename, string Surname, string? Title, Role Role, bool IsOffice, bool SavesData, long PersonStamp, bool MustChangePassword,
        int? ClassId, string? ClassName, Subject? Subject, bool? IsTeacher, bool? IsFirst, bool? IsArchived, long? Stamp, long? WorkStamp);

    private static readonly HotQuery<byte[], Row> Query = new((db, hash) =>
        from session in db.SignInSessions
        where session.KeyHash == hash && session.Person.DisabledAt == null
        from account in db.Users.Where(a => a.PersonId == session.PersonId).DefaultIfEmpty()
        from member in db.Memberships.Where(m => m.PersonId == session.PersonId).DefaultIfEmpty()
        select new Row(session.Id, session.LastUsedAt, session.IdleMinutes, session.EndsAt, session.IsShared,
            session.PersonId, session.Person.Forename, session.Person.Surname, session.Person.Title, session.Person.Role, session.Person.IsOffice, session.Person.SavesData, session.Person.Stamp,
            account != null && account.MustChangePassword,
            (int?)member!.ClassId, member.Class.Name, member.Class.Subject, (bool?)member.IsTeacher, (bool?)member.IsFirst, (bool?)(member.Class.ArchivedAt != null), (long?)member.Class.Stamp, (long?)member.Class.WorkStamp));

    private sealed record ChildRow(int PupilId, string Forename, long Stamp, int? ClassId, string? ClassName, Subject? Subject, bool? IsArchived, long? ClassStamp);

    /// <summary>Asked for guardians only: the pupils they look after now, and the classes of those.</summary>
    private static readonly HotQuery<int, ChildRow> ChildrenQuery = new((db, guardian) =>
        from link in db.GuardianLinks
        where link.GuardianId == guardian && link.ApprovedAt != null && link.AcceptedAt != null && link.EndedAt == null && link.Pupil.DisabledAt == null
        from member in db.Memberships.Where(m => m.PersonId == link.PupilId && !m.IsTeacher).DefaultIfEmpty()
        orderby link.Pupil.Forename, link.PupilId, member.ClassId
        select new ChildRow(link.PupilId, link.Pupil.Forename, link.Pupil.Stamp, (int?)member!.ClassId, member.Class.Name, member.Class.Subject, (bool?)(member.Class.ArchivedAt != null), (long?)member.Class.Stamp));

    private static async Task<(List<Child> Children, List<MyClass> Classes)> ChildrenAsync(ClassHubDb db, int guardian, CancellationToken stop)
    {
        var rows = await ChildrenQuery.RunAsync(db, guardian, stop);
        return ([.. rows.Select(r => new Child(r.PupilId, r.Forename, r.Stamp)).Distinct()],
            [.. rows.Where(r => r is { ClassId: not null, IsArchived: false }).Select(r => new MyClass(r.ClassId!.Value, r.ClassName!, r.Subject, false, false, false, r.ClassStamp!.Value, 0) { ChildId = r.PupilId })]);
    }

    /// <summary>Nothing when the session is unknown, over, or its owner is switched off.</summary>
    public static async Task<SignedInPerson?> SignedInByAsync(this ClassHubDb db, string key, DateTimeOffset now, CancellationToken stop)
    {
        var rows = await Query.RunAsync(db, RandomKey.HashOf(key), stop);
        if (rows.Count == 0 || SignInSession.IsOver(rows[0].LastUsedAt, rows[0].IdleMinutes, rows[0].EndsAt, now)) return null;

        var me = rows[0];
        List<MyClass> classes = [.. rows.Where(r => r.ClassId is not null)
            .Select(r => new MyClass(r.ClassId!.Value, r.ClassName!, r.Subject, r.IsTeacher!.Value, r.IsFirst!.Value, r.IsArchived!.Value, r.Stamp!.Value, r.WorkStamp!.Value))
            .OrderBy(c => c.Name, AsCounted.Order).ThenBy(c => c.Subject).ThenBy(c => c.ClassId)];
        List<Child> children = [];
        if (me.Role == Role.Guardian) (children, classes) = await ChildrenAsync(db, me.PersonId, stop);
        var viewer = new Viewer(me.PersonId, Person.FullName(me.Forename, me.Surname), me.Role, me.IsOffice, classes, now) { Children = children };
        return new(viewer, me.Forename, me.SessionId, me.LastUsedAt, me.IsShared, me.MustChangePassword, me.PersonStamp) { SavesData = me.SavesData, EndsAt = Earlier(now.AddMinutes(me.IdleMinutes), me.EndsAt) };
    }

    /// <summary>A person as they would stand before the gate now, for what is sent to them while they are away.</summary>
    public static async Task<Viewer> ViewerAsync(this ClassHubDb db, int personId, DateTimeOffset now, CancellationToken stop)
    {
        var person = await db.People.AsNoTracking().SingleAsync(p => p.Id == personId, stop);
        var classes = await db.Memberships.Where(m => m.PersonId == personId)
            .Select(m => new MyClass(m.ClassId, m.Class.Name, m.Class.Subject, m.IsTeacher, m.IsFirst, m.Class.ArchivedAt != null, m.Class.Stamp, m.Class.WorkStamp)).ToListAsync(stop);
        if (person.Role != Role.Guardian) return new(personId, person.Name, person.Role, person.IsOffice, classes, now);
        var (children, theirs) = await ChildrenAsync(db, personId, stop);
        return new(personId, person.Name, person.Role, false, theirs, now) { Children = children };
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

/// <summary>A request's person with what the session row says.</summary>
public sealed record SignedInPerson(Viewer Viewer, string Forename, int SessionId, DateTimeOffset LastUsedAt, bool IsShared, bool MustChangePassword, long Stamp)
{
    /// <summary>When the session is over if it is not used again.</summary>
    public DateTimeOffset EndsAt { get; init; }
    /// <summary>On all their devices; one device alone says it by a cookie.</summary>
    public bool SavesData { get; init; }
}
