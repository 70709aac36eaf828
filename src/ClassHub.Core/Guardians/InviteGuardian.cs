using ClassHub.Audit;
using ClassHub.Database;
using ClassHub.Notifications;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Guardians;

/// <summary>Links a guardian to a pupil: the office at once, a teacher with the office's approval. The invitation goes by e-mail.</summary>
public sealed class InviteGuardian(ClassHubDb db, TimeProvider clock)
{
    public const int MostOfOnePupil = 8;

    /// <summary>Who is known already by this address gets one more child instead of a second sign-in.</summary>
    /// <exception cref="RuleBroken">A name or an address is missing, they are linked already, or the pupil has many.</exception>
    public Task<GuardianLink> RunAsync(int pupilId, string? forename, string? surname, string? email, int byPersonId, bool isOffice, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var now = clock.GetUtcNow();
        var address = MessageSettings.Normal(email) ?? throw new RuleBroken("Write the e-mail address like sofia@example.org.", "Email");
        var pupil = await db.People.SingleAsync(p => p.Id == pupilId && p.Role == Role.Pupil && p.DisabledAt == null, stop);
        if (await db.GuardianLinks.CountAsync(l => l.PupilId == pupilId && l.EndedAt == null, stop) >= MostOfOnePupil) throw new RuleBroken($"A pupil has at most {MostOfOnePupil} guardians here.");
        var guardian = await db.MessageSettings.Where(s => s.Email == address && s.Person.Role == Role.Guardian && s.Person.DisabledAt == null).Select(s => s.Person).FirstOrDefaultAsync(stop)
            ?? await NewcomerAsync(forename ?? "", surname ?? "", address, now, stop);
        if (await db.GuardianLinks.AnyAsync(l => l.GuardianId == guardian.Id && l.PupilId == pupilId && l.EndedAt == null, stop)) throw new RuleBroken("This address is linked to this pupil already.", "Email");
        var link = db.GuardianLinks.Add(new GuardianLink(guardian, pupil, byPersonId, isOffice, now)).Entity;
        await db.SaveChangesAsync(stop);
        if (isOffice) db.Messages.Add(new Message(guardian.Id, MessageKind.Invitation, link.Id, now));
        await db.AppendAuditAsync(now, byPersonId, AuditAction.InvitedGuardian, pupilId, $"A guardian was invited for {pupil.Name}", stop);
        await db.SaveChangesAsync(stop);
        return link;
    }, stop);

    /// <summary>The office agrees with a teacher's invitation.</summary>
    public Task ApproveAsync(int linkId, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var link = await db.GuardianLinks.Include(l => l.Pupil).SingleAsync(l => l.Id == linkId, stop);
        if (!link.IsWaiting) return;
        link.Approve(clock.GetUtcNow());
        db.Messages.Add(new Message(link.GuardianId, MessageKind.Invitation, link.Id, clock.GetUtcNow()));
        await db.AppendAuditAsync(clock.GetUtcNow(), byPersonId, AuditAction.ApprovedGuardian, link.PupilId, $"A guardian of {link.Pupil.Name} was approved", stop);
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <summary>Over at the very next request; what is queued for them about this child is not sent. Whoever has no child left is signed out everywhere.</summary>
    public Task EndAsync(int linkId, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var link = await db.GuardianLinks.Include(l => l.Pupil).SingleAsync(l => l.Id == linkId, stop);
        if (link.EndedAt is not null) return;
        link.End(clock.GetUtcNow());
        await db.AppendAuditAsync(clock.GetUtcNow(), byPersonId, AuditAction.EndedGuardian, link.PupilId, $"A guardian of {link.Pupil.Name} was taken away", stop);
        await db.SaveChangesAsync(stop);
        if (await db.GuardianLinks.AnyAsync(l => l.GuardianId == link.GuardianId && l.EndedAt == null, stop)) return;
        await db.SignInSessions.Where(s => s.PersonId == link.GuardianId).ExecuteDeleteAsync(stop);
        await db.SignInLinks.Where(l => l.PersonId == link.GuardianId).ExecuteDeleteAsync(stop);
    }, stop);

    /// <summary>The guardian says that they look after this pupil.</summary>
    /// <exception cref="RuleBroken">The invitation holds no more.</exception>
    public Task AcceptAsync(int linkId, int guardianId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var link = await db.GuardianLinks.SingleOrDefaultAsync(l => l.Id == linkId && l.GuardianId == guardianId, stop) ?? throw new RuleBroken("This invitation holds no more. Ask the school for a new one.");
        link.Accept(clock.GetUtcNow());
        await db.SaveChangesAsync(stop);
    }, stop);

    private async Task<Person> NewcomerAsync(string forename, string surname, string address, DateTimeOffset now, CancellationToken stop)
    {
        var person = db.People.Add(new Person(Role.Guardian, forename, surname, now)).Entity;
        await db.SaveChangesAsync(stop);
        db.MessageSettings.Add(new MessageSettings(person.Id, address, now));
        await db.SaveChangesAsync(stop);
        return person;
    }
}
