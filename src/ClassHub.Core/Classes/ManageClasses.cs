using ClassHub.Audit;
using ClassHub.Database;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Classes;

/// <summary>Who puts somebody into a class or takes them out; the school can answer for it.</summary>
public sealed record ByHand(int PersonId, bool IsOffice);

/// <summary>What is done to classes by hand, and to who belongs to them.</summary>
public sealed class ManageClasses(ClassHubDb db, TimeProvider clock)
{
    /// <summary>A new class, perhaps with its first teacher.</summary>
    public Task<SchoolClass> CreateAsync(string name, Subject? subject, int? teacherId, ByHand by, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var made = new SchoolClass(name, subject, clock.GetUtcNow());
        await MustBeNewAsync(made, stop);
        db.Classes.Add(made);
        await db.SaveChangesAsync(stop);
        if (teacherId is { } id)
        {
            db.Memberships.Add(new Membership(made, await PersonAsync(id, stop), isTeacher: true, isFirst: true, clock.GetUtcNow()));
            await LogAsync(by, AuditAction.AddedTeacher, id, made.FullName, stop);
        }
        await db.SaveChangesAsync(stop);
        return made;
    }, stop);

    public Task RenameAsync(int classId, string name, Subject? subject, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var found = await db.Classes.SingleAsync(c => c.Id == classId, stop);
        found.Rename(name, subject);
        await MustBeNewAsync(found, stop);
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <summary>Pupils no longer see an archived class; its teachers and the office can still read it.</summary>
    public Task ArchiveAsync(int classId, ByHand by, CancellationToken stop) => ChangeAsync(classId, AuditAction.ArchivedClass, found => found.Archive(clock.GetUtcNow()), by, stop);
    public Task RestoreAsync(int classId, ByHand by, CancellationToken stop) => ChangeAsync(classId, AuditAction.RestoredClass, found => found.Restore(), by, stop);

    private Task ChangeAsync(int classId, AuditAction action, Action<SchoolClass> change, ByHand by, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var found = await db.Classes.SingleAsync(c => c.Id == classId, stop);
        change(found);
        await LogAsync(by, action, classId, found.FullName, stop);
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <summary>Every change of who belongs to a class is an entry of the log, in the same transaction.</summary>
    private Task LogAsync(ByHand by, AuditAction action, int subjectId, string words, CancellationToken stop) =>
        db.AppendAuditAsync(clock.GetUtcNow(), by.PersonId, action, subjectId, words, stop);

    /// <summary>Adding somebody who is there already changes nothing. The first teacher of a class without one leads it.</summary>
    /// <exception cref="RuleBroken">A pupil cannot teach, staff cannot learn, and nobody joins an archived class.</exception>
    public Task AddAsync(int classId, int personId, bool asTeacher, ByHand by, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var found = await OpenClassAsync(classId, stop);
        var person = await PersonAsync(personId, stop);
        if (await db.Memberships.AnyAsync(m => m.ClassId == classId && m.PersonId == personId, stop)) return;
        var isFirst = asTeacher && !await db.Memberships.AnyAsync(m => m.ClassId == classId && m.IsTeacher, stop);
        db.Memberships.Add(new Membership(found, person, asTeacher, isFirst, clock.GetUtcNow(), by.IsOffice ? null : by.PersonId));
        await LogAsync(by, asTeacher ? AuditAction.AddedTeacher : AuditAction.AddedToClass, personId, found.FullName, stop);
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <summary>The pupil's view of the class ends at the next request; the work stays. Returns the groups they were in, so that it can be undone.</summary>
    public Task<IReadOnlyList<int>> RemovePupilAsync(int classId, int personId, ByHand by, CancellationToken stop) => db.WriteAsync<IReadOnlyList<int>>(async () =>
    {
        var found = await OpenClassAsync(classId, stop);
        if (await db.Memberships.SingleOrDefaultAsync(m => m.ClassId == classId && m.PersonId == personId && !m.IsTeacher, stop) is not { } member) return [];
        var inGroups = await db.PupilGroupMembers.Where(g => g.PersonId == personId && g.Group.ClassId == classId).OrderBy(g => g.GroupId).ToListAsync(stop);
        db.RemoveRange(inGroups);
        db.Remove(member);
        await LogAsync(by, AuditAction.RemovedFromClass, personId, found.FullName, stop);
        await db.SaveChangesAsync(stop);
        return [.. inGroups.Select(g => g.GroupId)];
    }, stop);

    /// <summary>Undoes the removal: back in the class and in the groups that are still there.</summary>
    public Task PutBackPupilAsync(int classId, int personId, IReadOnlyCollection<int> groupIds, ByHand by, CancellationToken stop) => db.WriteAsync(async () =>
    {
        await AddAsync(classId, personId, asTeacher: false, by, stop);
        var open = await db.PupilGroups.Where(g => g.ClassId == classId && groupIds.Contains(g.Id) && !db.PupilGroupMembers.Any(m => m.GroupId == g.Id && m.PersonId == personId))
            .OrderBy(g => g.Id).Select(g => g.Id).ToListAsync(stop);
        db.PupilGroupMembers.AddRange(open.Select(id => new PupilGroupMember(id, personId)));
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <exception cref="RuleBroken">The first teacher stays until another is first.</exception>
    public Task RemoveTeacherAsync(int classId, int personId, ByHand by, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var found = await OpenClassAsync(classId, stop);
        if (await db.Memberships.SingleOrDefaultAsync(m => m.ClassId == classId && m.PersonId == personId && m.IsTeacher, stop) is not { } member) return;
        if (member.IsFirst) throw new RuleBroken("The first teacher leads the class. Make another teacher first, then take this one away.");
        db.Remove(member);
        await LogAsync(by, AuditAction.RemovedTeacher, personId, found.FullName, stop);
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <exception cref="RuleBroken">Not a teacher of this class.</exception>
    public Task MakeFirstAsync(int classId, int personId, ByHand by, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var found = await OpenClassAsync(classId, stop);
        var teachers = await db.Memberships.Where(m => m.ClassId == classId && m.IsTeacher).OrderBy(m => m.PersonId).ToListAsync(stop);
        if (teachers.All(t => t.PersonId != personId)) throw new RuleBroken("Only a teacher of the class can be its first teacher.");
        foreach (var teacher in teachers) teacher.MakeFirst(teacher.PersonId == personId);
        await LogAsync(by, AuditAction.MadeFirstTeacher, personId, found.FullName, stop);
        await db.SaveChangesAsync(stop);
    }, stop);

    private async Task<SchoolClass> OpenClassAsync(int classId, CancellationToken stop)
    {
        var found = await db.Classes.SingleAsync(c => c.Id == classId, stop);
        return found.IsArchived ? throw new RuleBroken("This class is archived. Restore it first, then change who belongs to it.") : found;
    }

    private async Task<Person> PersonAsync(int personId, CancellationToken stop) =>
        await db.People.SingleOrDefaultAsync(p => p.Id == personId && p.DisabledAt == null, stop) ?? throw new RuleBroken("Choose somebody from the list.", "PersonId");

    private async Task MustBeNewAsync(SchoolClass named, CancellationToken stop)
    {
        if (await db.Classes.AnyAsync(c => c.Id != named.Id && c.Name == named.Name && c.Subject == named.Subject && c.ArchivedAt == null, stop))
            throw new RuleBroken($"There is already a class called {named.FullName}.", "Name");
    }
}
