namespace ClassHub.Web.Ui;

/// <summary>Where the school's site is, for addresses that are read elsewhere. Without a slash at its end.</summary>
public sealed class SiteAddress(IConfiguration settings)
{
    /// <summary>ClassHub:Address; none while nobody set it.</summary>
    public string? Known { get; } = settings["ClassHub:Address"]?.TrimEnd('/') is { Length: > 0 } address ? address.Contains("://", StringComparison.Ordinal) ? address : "https://" + address : null;

    /// <summary>As asked when nobody set it, for a request may name any host.</summary>
    public string For(HttpRequest request) => Known ?? $"{request.Scheme}://{request.Host}";
}
