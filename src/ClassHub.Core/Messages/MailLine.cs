using System.Net.Sockets;
using ClassHub.Notifications;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ClassHub.Messages;

/// <summary>The line to the school's mail server (SMTP) during one round of sending: opened by the first message.</summary>
internal sealed class MailLine(MailSettings mail) : IDisposable
{
    /// <summary>No server may hold up the others for longer, in milliseconds.</summary>
    private const int Patience = 10_000;

    private readonly SmtpClient smtp = new() { Timeout = Patience };

    public bool IsOpen => smtp.IsConnected;

    /// <summary>Mail servers hang up after some messages: what meets a dead line goes over a new one at once. The Message-ID stays, should the old line have carried it already.</summary>
    /// <exception cref="SmtpCommandException">The server does not take it; see <see cref="IsForGood"/>.</exception>
    /// <exception cref="Exception">The server does not answer: <see cref="IsDead"/>. The line is closed.</exception>
    public async Task SendAsync(Message message, MailText text, DateTimeOffset now, CancellationToken stop)
    {
        var mime = Mime(mail, message, text, now);
        try
        {
            if (smtp.IsConnected && await IsTakenAsync(mime, stop)) return;
            await ConnectAsync(stop);
            await smtp.SendAsync(mime, stop);
        }
        catch (Exception problem) when (IsDead(problem, stop))
        {
            await HangUpAsync(stop);
            throw;
        }
    }

    private async Task<bool> IsTakenAsync(MimeMessage mime, CancellationToken stop)
    {
        try
        {
            await smtp.SendAsync(mime, stop);
            return true;
        }
        catch (Exception gone) when (gone is IOException or ServiceNotConnectedException or SmtpProtocolException or SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable })
        {
            await HangUpAsync(stop);
            return false;
        }
    }

    private async Task ConnectAsync(CancellationToken stop)
    {
        await smtp.ConnectAsync(mail.Host!, mail.Port, mail.IsEncrypted ? mail.Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls : SecureSocketOptions.None, stop);
        if (!string.IsNullOrEmpty(mail.User)) await smtp.AuthenticateAsync(mail.User, mail.Password ?? "", stop);
    }

    internal static MimeMessage Mime(MailSettings mail, Message message, MailText text, DateTimeOffset now)
    {
        var mime = new MimeMessage { Subject = text.Subject, MessageId = message.MessageId(mail.SiteHost), Date = now };
        mime.Body = new MultipartAlternative(new TextPart("plain") { Text = text.Text }, new TextPart("html") { Text = text.Body.Html });
        var sender = MailboxAddress.Parse(mail.From).Address;
        mime.From.Add(new MailboxAddress(text.School, sender));
        mime.ReplyTo.Add(new MailboxAddress(text.School, string.IsNullOrWhiteSpace(mail.ReplyTo) ? sender : MailboxAddress.Parse(mail.ReplyTo).Address));
        mime.To.Add(new MailboxAddress("", text.To!));
        mime.Headers.Add("Auto-Submitted", "auto-generated");
        if (text.Unsubscribe is not { } stopHere) return mime;
        mime.Headers.Add("List-Id", $"<messages.{mail.SiteHost}>");
        // One click in the mail program ends it (RFC 8058).
        mime.Headers.Add("List-Unsubscribe", $"<{stopHere}>");
        mime.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        return mime;
    }

    /// <summary>The address does not exist (5.1.x), or the whole message was refused for good.</summary>
    public static bool IsForGood(SmtpCommandException refused) => refused.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)refused.StatusCode is >= 550 and < 560;

    /// <summary>The mail server cannot be reached, does not answer, or does not let us in.</summary>
    public static bool IsDead(Exception problem, CancellationToken stop) =>
        problem is SocketException or IOException or TimeoutException or SslHandshakeException or AuthenticationException or ProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException or NotSupportedException
        || (problem is OperationCanceledException && !stop.IsCancellationRequested);

    public Task CloseAsync(CancellationToken stop) => smtp.IsConnected ? smtp.DisconnectAsync(true, stop) : Task.CompletedTask;

    /// <summary>Whatever went wrong, the next message begins with a new line.</summary>
    public Task HangUpAsync(CancellationToken stop) => smtp.IsConnected ? smtp.DisconnectAsync(false, stop) : Task.CompletedTask;

    public void Dispose() => smtp.Dispose();
}
