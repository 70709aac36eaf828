using ClassHub.Audit;
using ClassHub.Database;
using ClassHub.Notifications;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Messages;

/// <summary>Tells at once, in the app and by e-mail, at any hour. Only staff whom the office named may.</summary>
public sealed class SendUrgent(ClassHubDb db, TimeProvider clock)
{
    /// <param name="classId">None: the whole school.</param>
    /// <exception cref="RuleBroken">Nothing written, or this person may not.</exception>
    /// <returns>How many were told in the app.</returns>
    public Task<int> RunAsync(int byPersonId, string? text, int? classId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        if (!await db.People.AnyAsync(p => p.Id == byPersonId && p.SendsUrgent && p.DisabledAt == null, stop)) throw new RuleBroken("Only those whom the office named send urgent messages.");
        var now = clock.GetUtcNow();
        var notice = db.UrgentNotices.Add(new UrgentNotice(byPersonId, text, classId, now)).Entity;
        await db.SaveChangesAsync(stop);
        var people = await db.People.Where(p => p.DisabledAt == null && p.Role != Role.Guardian && (classId == null || db.Memberships.Any(m => m.ClassId == classId && m.PersonId == p.Id))).Select(p => p.Id).ToListAsync(stop);
        var guardians = await db.GuardianLinks.Where(l => l.ApprovedAt != null && l.AcceptedAt != null && l.EndedAt == null && l.Guardian.DisabledAt == null && l.Pupil.DisabledAt == null
            && (classId == null || db.Memberships.Any(m => m.ClassId == classId && m.PersonId == l.PupilId))).Select(l => l.GuardianId).Distinct().ToListAsync(stop);
        var told = await db.NotifyAsync([.. people, .. guardians], NotificationKind.Urgent, notice.Id, 0, classId, now, stop);
        var reached = await db.MessageSettings.Where(s => people.Contains(s.PersonId) || guardians.Contains(s.PersonId)).Select(s => s.PersonId).ToListAsync(stop);
        db.Messages.AddRange(reached.Select(person => new Message(person, MessageKind.Urgent, notice.Id, now)));
        await db.AppendAuditAsync(now, byPersonId, AuditAction.SentUrgent, notice.Id, $"To {told} people: {PlainText.Line(notice.Text, 200)}", stop);
        await db.SaveChangesAsync(stop);
        return told;
    }, stop);
}
