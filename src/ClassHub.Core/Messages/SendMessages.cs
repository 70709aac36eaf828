using ClassHub.Database;
using ClassHub.Notifications;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClassHub.Messages;

/// <summary>One server sends one thing at a time: a long evening's post must not take every hand that announces and reminds.</summary>
public sealed class SendingTurn
{
    internal SemaphoreSlim One { get; } = new(1);
}

/// <summary>Every ten seconds: sends what is owed. A row is claimed first and sent after; a server that dies in between leaves it to the next, which sends it under the same Message-ID. No page ever waits for this.</summary>
public sealed class SendMessages(ClassHubDb db, ComposeMail compose, MailSettings mail, SendPush push, SendingTurn turn, TimeProvider clock,
    ILogger<SendMessages> log)
{
    private const int AtOnce = 100;
    /// <summary>Longer than one message can take: six answers of the mail server.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(90);

    public async Task RunAsync(CancellationToken stop)
    {
        if ((!mail.IsSet && !push.IsSet) || !await turn.One.WaitAsync(TimeSpan.Zero, stop)) return;
        try { await SendAllAsync(stop); }
        finally { turn.One.Release(); }
    }

    private async Task SendAllAsync(CancellationToken stop)
    {
        using var line = new MailLine(mail);
        while (true)
        {
            var now = clock.GetUtcNow();
            // What a server died over may have arrived: it comes after those that certainly have not.
            var due = await Waiting(now).OrderBy(m => m.ClaimedUntil != null).ThenBy(m => m.NextTryAt).ThenBy(m => m.Id).Take(AtOnce).Select(m => m.Id).ToListAsync(stop);
            foreach (var id in due)
                if (await ClaimAsync(id, stop) && !await SendAsync(line, id, stop)) return;      // the server does not answer: the rest waits for the next round
            if (due.Count < AtOnce) break;
        }
        await line.CloseAsync(stop);
    }

    private IQueryable<Message> Waiting(DateTimeOffset now) =>
        db.Messages.Where(m => m.SentAt == null && m.DroppedAt == null && m.GaveUpAt == null && m.NextTryAt <= now && (m.ClaimedUntil == null || m.ClaimedUntil < now));

    private Task<bool> ClaimAsync(long id, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var now = clock.GetUtcNow();
        return await Waiting(now).Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.ClaimedUntil, now + Claim), stop) == 1;
    }, stop);

    /// <returns>False when the mail server cannot be reached at all.</returns>
    private async Task<bool> SendAsync(MailLine line, long id, CancellationToken stop)
    {
        try
        {
            var message = await db.Messages.AsNoTracking().SingleAsync(m => m.Id == id, stop);
            if (await compose.RunAsync(message, stop) is not { } text) await MarkAsync(id, m => m.Drop(clock.GetUtcNow()), null, stop);
            else if (text.To is null || !mail.IsSet) await PushOnlyAsync(message, text, stop);
            else if (EmailAddress.Normal(text.To) is { } address) return await MailAsync(line, message, text with { To = address }, stop);
            else await RefuseAsync(message, "Nothing can be sent to this address.", stop);
            return true;
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or OutOfMemoryException)
            || (problem is OperationCanceledException && !stop.IsCancellationRequested))
        {
            // Whatever one message meets is its own: the others go on.
            log.LogError(problem, "Message {Id} could not be made or sent; it is tried again.", id);
            await line.HangUpAsync(stop);
            await MarkAsync(id, m => m.Failed("ClassHub could not make or send it; the server\u2019s log says why.", isForGood: false, clock.GetUtcNow()), null,
                stop);
            return true;
        }
    }

    private async Task<bool> MailAsync(MailLine line, Message message, MailText text, CancellationToken stop)
    {
        try
        {
            await line.SendAsync(message, text, clock.GetUtcNow(), stop);
        }
        catch (SmtpCommandException refused)
        {
            var words = $"The mail server refused it ({(int)refused.StatusCode}).";
            if (MailLine.IsForGood(refused)) await RefuseAsync(message, words, stop);
            else await MarkAsync(message.Id, m => m.Failed(words, isForGood: false, clock.GetUtcNow()), null, stop);
            return line.IsOpen || refused.ErrorCode == SmtpErrorCode.RecipientNotAccepted;
        }
        catch (Exception problem) when (MailLine.IsDead(problem, stop))
        {
            await MarkAsync(message.Id, m => m.Failed(problem is AuthenticationException ? "The mail server does not take the user name and password."
                : "The mail server does not answer.", isForGood: false, clock.GetUtcNow()), null, stop);
            return false;
        }
        await MarkAsync(message.Id, m => m.Sent(clock.GetUtcNow()), text.ToldUntil, stop, reached: message.Address is null);
        await PushAsync(message, text, stop);
        return true;
    }

    /// <summary>Given up; it stands at the person and is told to the teachers of a guardian's children.</summary>
    private Task RefuseAsync(Message message, string why, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var now = clock.GetUtcNow();
        (await db.Messages.SingleAsync(m => m.Id == message.Id, stop)).Failed(why, isForGood: true, now);
        await db.SaveChangesAsync(stop);
        if (message.Address is null) await db.NoteTroubleAsync(message.PersonId, MailTrouble.Refused, now, stop);
    }, stop);

    private Task<PushOutcome> PushAsync(Message message, MailText text, CancellationToken stop) =>
        message.Kind is MessageKind.SignInLink or MessageKind.Invitation or MessageKind.AddressCheck or MessageKind.AddressChanged
        ? Task.FromResult(PushOutcome.Nobody)
        : push.RunAsync(message.PersonId, text.Subject, text.Brief, $"{message.Kind}-{message.Occurrence}", message.Kind == MessageKind.Urgent, stop);

    /// <summary>Without an e-mail the person's devices are all there is.</summary>
    private async Task PushOnlyAsync(Message message, MailText text, CancellationToken stop)
    {
        var outcome = await PushAsync(message, text, stop);
        await MarkAsync(message.Id, m =>
        {
            if (outcome == PushOutcome.Sent) m.Sent(clock.GetUtcNow());
            else if (outcome == PushOutcome.Nobody) m.Drop(clock.GetUtcNow());
            else m.Failed("The servers of the browsers\u2019 makers do not answer.", isForGood: false, clock.GetUtcNow());
        }, outcome == PushOutcome.Sent ? text.ToldUntil : null, stop);
    }

    private Task MarkAsync(long id, Action<Message> mark, DateTimeOffset? toldUntil, CancellationToken stop, bool reached = false) => db.WriteAsync(async () =>
    {
        var message = await db.Messages.SingleAsync(m => m.Id == id, stop);
        mark(message);
        if ((toldUntil is not null || reached) && await db.MessageSettings.SingleOrDefaultAsync(s => s.PersonId == message.PersonId, stop) is { } settings)
        {
            if (toldUntil is { } until) settings.Told(until);
            if (reached) settings.Reached();
        }
        await db.SaveChangesAsync(stop);
    }, stop);
}

/// <summary>Every night: messages of more than a month ago, and ways in that are over, are forgotten.</summary>
public sealed class SweepMessages(ClassHubDb db, TimeProvider clock)
{
    public Task RunAsync(CancellationToken stop) => db.WriteAsync(async () =>
    {
        var now = clock.GetUtcNow();
        var (before, over) = (now.AddDays(-30), now.AddDays(-1));
        await db.Messages.Where(m => m.QueuedAt < before).ExecuteDeleteAsync(stop);
        await db.SignInLinks.Where(l => l.EndsAt < over).ExecuteDeleteAsync(stop);
    }, stop);
}
