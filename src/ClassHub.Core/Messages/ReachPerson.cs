using ClassHub.Audit;
using ClassHub.Database;
using ClassHub.Guardians;
using ClassHub.Notifications;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Messages;

/// <summary>What the office does when e-mail does not reach somebody.</summary>
public sealed class ReachPerson(ClassHubDb db, TimeProvider clock)
{
    /// <summary>A message came back to the school's own letter box.</summary>
    /// <exception cref="RuleBroken">There is no address.</exception>
    public Task MarkReturnedAsync(int personId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        await WrittenToAsync(personId, stop);
        await db.NoteTroubleAsync(personId, MailTrouble.Returned, clock.GetUtcNow(), stop);
    }, stop);

    /// <summary>The invitations that are not answered; to anybody else a line that says that e-mail reaches them.</summary>
    /// <exception cref="RuleBroken">There is no address.</exception>
    public Task SendAgainAsync(int personId, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        (await WrittenToAsync(personId, stop)).TrustAgain();
        await WriteToAsync(personId, byPersonId, clock.GetUtcNow(), stop);
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <summary>The old address is told, opens nothing any more, and whoever came in by it is signed out.</summary>
    /// <exception cref="RuleBroken">Not an address, that of another guardian, or a pupil's.</exception>
    public Task ChangeAddressAsync(int personId, string? email, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var (now, address) = (clock.GetUtcNow(), EmailAddress.Of(email));
        var person = await db.People.SingleAsync(p => p.Id == personId, stop);
        if (person.Role == Role.Pupil) throw new RuleBroken("Pupils have no e-mail address here.", "Email");
        var settings = await db.MessageSettings.SingleOrDefaultAsync(s => s.PersonId == personId, stop)
            ?? db.MessageSettings.Add(new MessageSettings(personId, null, now)).Entity;
        if (settings.Email == address) throw new RuleBroken("That is the address already. To try it once more, send again.", "Email");
        if (person.Role == Role.Guardian && await db.MessageSettings.AnyAsync(s => s.Email == address && s.PersonId != personId
            && s.Person.Role == Role.Guardian && s.Person.DisabledAt == null, stop))
            throw new RuleBroken("Another guardian has this address. Invite that one for this pupil instead.", "Email");
        if (settings.Email is { } old) db.TellOldAddress(personId, old, now);
        settings.ChangeAddress(address);
        await db.AppendAuditAsync(now, byPersonId, AuditAction.ChangedAddress, personId, $"The e-mail address of {person.Name} was changed", stop);
        await db.SaveChangesAsync(stop);
        if (person.Role == Role.Guardian)
        {
            await db.CloseSignInLinksAsync(personId, now, stop);
            await db.SignInSessions.Where(s => s.PersonId == personId).ExecuteDeleteAsync(stop);
        }
        await WriteToAsync(personId, byPersonId, now, stop);
        await db.SaveChangesAsync(stop);
    }, stop);

    private async Task<MessageSettings> WrittenToAsync(int personId, CancellationToken stop) =>
        await db.MessageSettings.SingleOrDefaultAsync(s => s.PersonId == personId && s.Email != null, stop)
            ?? throw new RuleBroken("ClassHub has no e-mail address of this person.", "Email");

    private async Task WriteToAsync(int personId, int byPersonId, DateTimeOffset now, CancellationToken stop)
    {
        var open = await db.GuardianLinks.Include(l => l.Pupil)
            .Where(l => l.GuardianId == personId && l.ApprovedAt != null && l.AcceptedAt == null && l.EndedAt == null).ToListAsync(stop);
        foreach (var link in open)
        {
            link.InviteAgain(now);
            await db.QueueInvitationAsync(link, now, stop);
            await db.AppendAuditAsync(now, byPersonId, AuditAction.InvitedGuardian, link.PupilId, $"A guardian of {link.Pupil.Name} was invited again", stop);
        }
        if (open.Count == 0 && !await db.Messages.AnyAsync(m => m.PersonId == personId && m.Kind == MessageKind.AddressCheck
            && m.Occurrence == now.ToUnixTimeSeconds(), stop))
            db.Messages.Add(new Message(personId, MessageKind.AddressCheck, now.ToUnixTimeSeconds(), now));
    }
}

public static class OldAddresses
{
    /// <summary>A word to the address that is no longer this person's. Inside the caller's WriteAsync.</summary>
    public static void TellOldAddress(this ClassHubDb db, int personId, string old, DateTimeOffset now) =>
        db.Messages.Add(new Message(personId, MessageKind.AddressChanged, now.ToUnixTimeMilliseconds(), now, address: old));
}
