using ClassHub.Database;
using ClassHub.Notifications;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Messages;

/// <summary>A guardian asks for a way in. Whoever asks hears the same, whether the address is known or not.</summary>
public sealed class AskForLink(ClassHubDb db, TimeProvider clock)
{
    /// <returns>Until when this network must wait, if it asked too often.</returns>
    public async Task<DateTimeOffset?> RunAsync(string? email, string network, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (EmailAddress.Normal(email) is not { } address) return null;
        if (await db.CountTryAsync(SignIn.ThrottleKey(address, "link:" + network), now, stop) is { } until) return until;
        await db.WriteAsync(async () =>
        {
            var guardian = await db.MessageSettings.Where(s => s.Email == address && s.Person.Role == Role.Guardian && s.Person.DisabledAt == null && db.GuardianLinks.Any(l => l.GuardianId == s.PersonId && l.EndedAt == null))
                .Select(s => (int?)s.PersonId).FirstOrDefaultAsync(stop);
            // One in five minutes for each address, whoever asks for it.
            if (guardian is not { } id || await db.Messages.AnyAsync(m => m.PersonId == id && m.Kind == MessageKind.SignInLink && m.QueuedAt > now.AddMinutes(-5) && m.SentAt == null, stop)) return;
            if (await db.Messages.CountAsync(m => m.PersonId == id && m.Kind == MessageKind.SignInLink && m.QueuedAt > now.AddHours(-1), stop) >= 5) return;
            db.Messages.Add(new Message(id, MessageKind.SignInLink, now.ToUnixTimeMilliseconds(), now));
            await db.SaveChangesAsync(stop);
        }, stop);
        return null;
    }
}
