namespace ClassHub.Messages;

/// <summary>How e-mail leaves the school. Without a host and the site's address none does, and nobody is invited.</summary>
/// <param name="Site">The address of the site, without a slash at its end: what stands in messages must not depend on who asked.</param>
/// <param name="IsEncrypted">STARTTLS or TLS is demanded; only a server on the same machine may do without.</param>
public sealed record MailSettings(string? Host, int Port, string? User, string? Password, string From, string? Site, bool IsEncrypted = true)
{
    public bool IsSet => !string.IsNullOrWhiteSpace(Host) && !string.IsNullOrWhiteSpace(Site) && !string.IsNullOrWhiteSpace(From);
    /// <summary>The right-hand side of message ids.</summary>
    public string SiteHost => Uri.TryCreate(Site, UriKind.Absolute, out var site) ? site.Host : "classhub";
}

/// <summary>What one message says: plain words, no pictures, nothing that follows anybody.</summary>
/// <param name="To">None: there is no e-mail, only the person's own devices.</param>
/// <param name="Unsubscribe">The address that ends such messages; none for what a person asked for or must hear.</param>
/// <param name="ToldUntil">What happened up to then is told with it.</param>
public sealed record MailText(string? To, string Subject, string Text, string? Unsubscribe = null, DateTimeOffset? ToldUntil = null)
{
    /// <summary>What fits on a locked screen: the first three lines of it.</summary>
    public string Brief => Text.Split('\n').Where(l => l.StartsWith("- ", StringComparison.Ordinal)).Take(3).Select(l => l[2..]).ToList() is { Count: > 0 } lines ? string.Join('\n', lines) : PlainText.Line(Text, 200);
}
