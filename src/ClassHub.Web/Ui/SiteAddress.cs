namespace ClassHub.Web.Ui;

/// <summary>Where the school's site is, for addresses that are read elsewhere. Without a slash at its end.</summary>
public sealed class SiteAddress(IConfiguration settings, IWebHostEnvironment environment)
{
    /// <summary>ClassHub:Address; none while nobody set it.</summary>
    public string? Known { get; } = settings["ClassHub:Address"]?.TrimEnd('/') is { Length: > 0 } address ? address.Contains("://", StringComparison.Ordinal) ? address : "https://" + address : null;

    /// <summary>For what people copy or print.</summary>
    /// <exception cref="RuleBroken">In production nobody set it: whoever asks could have named any host.</exception>
    public string ForPrinting(HttpRequest request) => Known is null && environment.IsProduction()
        ? throw new RuleBroken("ClassHub does not know the address of this site, which belongs on this page. Whoever runs the server sets " +
            "ClassHub:Address, for example https://hub.school.example. Nothing was changed.")
        : For(request);

    /// <summary>As asked when nobody set it, for a request may name any host.</summary>
    public string For(HttpRequest request) => Known ?? $"{request.Scheme}://{request.Host}";
}
