namespace ClassHub.Messages;

/// <summary>How e-mail leaves the school. Without a host and the site's address none does, and nobody is invited.</summary>
/// <param name="Site">The address of the site, without a slash at its end: what stands in messages must not depend on who asked.</param>
/// <param name="IsEncrypted">STARTTLS or TLS is demanded; only a server on the same machine may do without.</param>
/// <param name="ReplyTo">Who reads what families answer; none: the sender's address.</param>
public sealed record MailSettings(string? Host, int Port, string? User, string? Password, string From, string? Site, bool IsEncrypted = true,
    string? ReplyTo = null)
{
    public bool IsSet => !string.IsNullOrWhiteSpace(Host) && !string.IsNullOrWhiteSpace(Site) && !string.IsNullOrWhiteSpace(From);
    /// <summary>The right-hand side of message ids, and of the list that the messages of the day are.</summary>
    public string SiteHost => Uri.TryCreate(Site, UriKind.Absolute, out var site) ? site.Host : "classhub";
}
