using ClassHub.Database;
using ClassHub.Notifications;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Messages;

/// <summary>One server sends one thing at a time: a long evening's post must not take every hand that announces and reminds.</summary>
public sealed class SendingTurn
{
    internal SemaphoreSlim One { get; } = new(1);
}

/// <summary>Every ten seconds: sends what is owed. A row is claimed first and sent after; a server that dies in between leaves it to the next, which sends it under the same Message-ID. No page ever waits for this.</summary>
public sealed class SendMessages(ClassHubDb db, ComposeMail compose, MailSettings mail, SendPush push, SendingTurn turn, TimeProvider clock)
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
        var message = await db.Messages.AsNoTracking().SingleAsync(m => m.Id == id, stop);
        if (await compose.RunAsync(message, stop) is not { } text)
        {
            await MarkAsync(id, m => m.Drop(clock.GetUtcNow()), null, stop);
            return true;
        }
        if (text.To is null || !mail.IsSet) return await PushOnlyAsync(message, text, stop);
        try
        {
            await line.SendAsync(message, text, clock.GetUtcNow(), stop);
        }
        catch (SmtpCommandException refused)
        {
            await MarkAsync(id, m => m.Failed($"The mail server refused it ({(int)refused.StatusCode}).", isForGood: MailLine.IsForGood(refused), clock.GetUtcNow()), null, stop);
            return line.IsOpen || refused.ErrorCode == SmtpErrorCode.RecipientNotAccepted;
        }
        catch (Exception problem) when (MailLine.IsDead(problem, stop))
        {
            await MarkAsync(id, m => m.Failed(problem is AuthenticationException ? "The mail server does not take the user name and password." : "The mail server does not answer.", isForGood: false, clock.GetUtcNow()), null, stop);
            return false;
        }
        await MarkAsync(id, m => m.Sent(clock.GetUtcNow()), text.ToldUntil, stop);
        await PushAsync(message, text, stop);
        return true;
    }

    private Task<PushOutcome> PushAsync(Message message, MailText text, CancellationToken stop) => message.Kind is MessageKind.SignInLink or MessageKind.Invitation ? Task.FromResult(PushOutcome.Nobody)
        : push.RunAsync(message.PersonId, text.Subject, text.Brief, $"{message.Kind}-{message.Occurrence}", message.Kind == MessageKind.Urgent, stop);

    /// <summary>Without an e-mail the person's devices are all there is.</summary>
    private async Task<bool> PushOnlyAsync(Message message, MailText text, CancellationToken stop)
    {
        var outcome = await PushAsync(message, text, stop);
        await MarkAsync(message.Id, m =>
        {
            if (outcome == PushOutcome.Sent) m.Sent(clock.GetUtcNow());
            else if (outcome == PushOutcome.Nobody) m.Drop(clock.GetUtcNow());
            else m.Failed("The servers of the browsers\u2019 makers do not answer.", isForGood: false, clock.GetUtcNow());
        }, outcome == PushOutcome.Sent ? text.ToldUntil : null, stop);
        return true;
    }

    private Task MarkAsync(long id, Action<Message> mark, DateTimeOffset? toldUntil, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var message = await db.Messages.SingleAsync(m => m.Id == id, stop);
        mark(message);
        if (toldUntil is { } until) (await db.MessageSettings.SingleOrDefaultAsync(s => s.PersonId == message.PersonId, stop))?.Told(until);
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
