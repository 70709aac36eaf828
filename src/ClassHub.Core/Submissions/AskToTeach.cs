using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Notifications;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Submissions;

/// <summary>The office gives itself a class: at once where no pupil has handed in yet; else a teacher of the class agrees first, or, where there is none, a second of the office.</summary>
public sealed class AskToTeach(ClassHubDb db, ManageClasses classes, TimeProvider clock)
{
    /// <returns>Whether they teach it now; else they have asked.</returns>
    /// <exception cref="RuleBroken">No reason, or the class is archived.</exception>
    public Task<bool> RunAsync(int classId, int personId, string? reason, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var now = clock.GetUtcNow();
        var request = new TeachingRequest(classId, personId, reason, now);
        await db.AppendAuditAsync(now, personId, AuditAction.AskedToTeach, personId, $"{await NameAsync(classId, stop)}: {request.Reason}", stop);
        if (!await db.Submissions.AnyAsync(s => s.ClassId == classId && s.Number > 0, stop))
        {
            await classes.AddAsync(classId, personId, asTeacher: true, new ByHand(personId, IsOffice: true), stop);
            return true;
        }
        if (await db.Classes.AnyAsync(c => c.Id == classId && c.ArchivedAt != null, stop)) throw new RuleBroken("This class is archived. Restore it first.");
        if (await db.TeachingRequests.AnyAsync(r => r.ClassId == classId && r.PersonId == personId && r.AnsweredAt == null, stop)) throw new RuleBroken("You have asked already. A teacher of the class agrees.");
        db.TeachingRequests.Add(request);
        await db.SaveChangesAsync(stop);
        var asked = await TeachersAsync(classId, stop) is { Count: > 0 } teachers ? teachers
            : await db.People.Where(p => p.IsOffice && p.DisabledAt == null && p.Id != personId).Select(p => p.Id).ToListAsync(stop);
        await db.NotifyAsync(asked, NotificationKind.TeachingAsked, request.Id, 0, classId, now, stop);
        return false;
    }, stop);

    /// <exception cref="RuleBroken">Answered already, or not theirs to answer.</exception>
    public Task AnswerAsync(int classId, int requestId, bool agrees, ByHand by, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var request = await db.TeachingRequests.Include(r => r.Person).SingleOrDefaultAsync(r => r.Id == requestId && r.ClassId == classId, stop);
        if (request?.AnsweredAt is not null || request is null) throw new RuleBroken("This was answered already.");
        var teachers = await TeachersAsync(classId, stop);
        var mayAgree = teachers.Contains(by.PersonId) || (teachers.Count == 0 && by.IsOffice && by.PersonId != request.PersonId);
        if (!mayAgree && (agrees || by.PersonId != request.PersonId))
            throw new RuleBroken(teachers.Count == 0 ? "The class has no teacher, so another person of the office agrees." : "A teacher of the class agrees to this.");
        request.Answer(clock.GetUtcNow());
        await db.AppendAuditAsync(clock.GetUtcNow(), by.PersonId, AuditAction.AnsweredTeacher, request.PersonId, $"{await NameAsync(classId, stop)}: {(agrees ? "agreed" : "declined")}", stop);
        await db.SaveChangesAsync(stop);
        if (by.PersonId != request.PersonId)
            await db.NotifyAsync([request.PersonId], NotificationKind.TeachingAnswered, request.Id, agrees ? 1 : 0, classId, clock.GetUtcNow(), stop);
        if (agrees) await classes.AddAsync(classId, request.PersonId, asTeacher: true, by, stop);
    }, stop);

    private Task<List<int>> TeachersAsync(int classId, CancellationToken stop) =>
        db.Memberships.Where(m => m.ClassId == classId && m.IsTeacher && m.Person.DisabledAt == null).Select(m => m.PersonId).ToListAsync(stop);

    private async Task<string> NameAsync(int classId, CancellationToken stop) => (await db.Classes.AsNoTracking().SingleAsync(c => c.Id == classId, stop)).FullName;
}
