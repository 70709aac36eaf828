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
        var address = EmailAddress.Of(email);
        var pupil = await db.People.SingleAsync(p => p.Id == pupilId && p.Role == Role.Pupil && p.DisabledAt == null, stop);
        if (await db.GuardianLinks.CountAsync(l => l.PupilId == pupilId && l.EndedAt == null, stop) >= MostOfOnePupil) throw new RuleBroken($"A pupil has at most {MostOfOnePupil} guardians here.");
        var guardian = await db.MessageSettings.Where(s => s.Email == address && s.Person.Role == Role.Guardian && s.Person.DisabledAt == null).Select(s => s.Person).FirstOrDefaultAsync(stop)
            ?? await NewcomerAsync(forename ?? "", surname ?? "", address, now, stop);
        if (await db.GuardianLinks.AnyAsync(l => l.GuardianId == guardian.Id && l.PupilId == pupilId && l.EndedAt == null, stop)) throw new RuleBroken("This address is linked to this pupil already.", "Email");
        var link = db.GuardianLinks.Add(new GuardianLink(guardian, pupil, byPersonId, isOffice, now)).Entity;
        await db.SaveChangesAsync(stop);
        if (isOffice) await db.QueueInvitationAsync(link, now, stop);
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
        await db.QueueInvitationAsync(link, clock.GetUtcNow(), stop);
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

    /// <summary>The guardian says that they look after this pupil, with the code of the slip.</summary>
    /// <exception cref="RuleBroken">The invitation holds no more, or that is not the code.</exception>
    public async Task AcceptAsync(int linkId, int guardianId, string? code, CancellationToken stop)
    {
        // A wrong code counts, so it is told after what was counted stands.
        if (await db.WriteAsync(() => TryAcceptAsync(linkId, guardianId, code, stop), stop) is { } wrong) throw new RuleBroken(wrong, "Code");
    }

    /// <returns>What was wrong with the code; none when it was right.</returns>
    private async Task<string?> TryAcceptAsync(int linkId, int guardianId, string? code, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var link = await db.GuardianLinks.Include(l => l.Pupil).Include(l => l.Guardian)
            .SingleOrDefaultAsync(l => l.Id == linkId && l.GuardianId == guardianId, stop)
            ?? throw new RuleBroken("This invitation holds no more. Ask the school for a new one.");
        if (link.IsActive) return null;
        link.Accept(now);
        // Counted before it is looked at, so that guesses sent at once all count.
        if (await db.GuardianLinks.Where(l => l.Id == linkId && l.CodeTries < GuardianLink.MostTries)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.CodeTries, l => l.CodeTries + 1), stop) == 0) return TooOften;
        if (!link.IsCode(code))
        {
            var left = GuardianLink.MostTries - await db.GuardianLinks.Where(l => l.Id == linkId).Select(l => l.CodeTries).SingleAsync(stop);
            return left <= 0 ? TooOften : $"That is not the code of your slip. You can try {(left == 1 ? "once" : $"{left} times")} more.";
        }
        await db.AppendAuditAsync(now, guardianId, AuditAction.AcceptedGuardian, link.PupilId, $"{link.Guardian.Name} accepted to look after {link.Pupil.Name}",
            stop);
        await db.SaveChangesAsync(stop);
        return null;
    }

    private const string TooOften = "The code was wrong five times. Ask the school office: it sends the invitation again, with a new slip.";

    private async Task<Person> NewcomerAsync(string forename, string surname, string address, DateTimeOffset now, CancellationToken stop)
    {
        var person = db.People.Add(new Person(Role.Guardian, forename, surname, now)).Entity;
        await db.SaveChangesAsync(stop);
        db.MessageSettings.Add(new MessageSettings(person.Id, address, now));
        await db.SaveChangesAsync(stop);
        return person;
    }
}

internal static class QueueingInvitations
{
    /// <summary>Inside the caller's WriteAsync. What was sent to this guardian earlier opens nothing any more.</summary>
    public static async Task QueueInvitationAsync(this ClassHubDb db, GuardianLink link, DateTimeOffset now, CancellationToken stop)
    {
        await db.CloseSignInLinksAsync(link.GuardianId, now, stop);
        await db.Messages.Where(m => m.PersonId == link.GuardianId && m.Kind == MessageKind.Invitation && m.Occurrence == link.Id).ExecuteDeleteAsync(stop);
        db.Messages.Add(new Message(link.GuardianId, MessageKind.Invitation, link.Id, now));
    }
}
