using System.Net;

namespace ClassHub.Web.Startup;

/// <summary>Settings that cannot be read stop the start in words, before anything listens: guessed at, they would open the school to more than was
/// meant.</summary>
public static class Refusal
{
    public static string? Of(IConfiguration settings)
    {
        try { _ = Proxies.Of(settings); }
        catch (RuleBroken refused) { return refused.Message; }
        return (settings["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Listening).FirstOrDefault(sentence => sentence is not null);
    }

    /// <summary>What the server cannot read it takes for "every interface", and port 80.</summary>
    private static string? Listening(string url)
    {
        var wrong = $"--urls names “{url}”, which is no address to listen on. Nothing was started. Write http://127.0.0.1:5080 for this machine, " +
            $"http://[::1]:5080, http://localhost:5080, or http://*:5080 for every interface.";
        if (url.Split("://", 2) is not [("http" or "https"), var rest]) return wrong;
        if (rest.StartsWith("unix:/", StringComparison.Ordinal)) return null;
        rest = rest.TrimEnd('/');
        var colon = rest.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(rest[(colon + 1)..], System.Globalization.NumberStyles.None, null, out _)) return wrong;
        var host = rest[..colon];
        var isAddress = host.StartsWith('[') ? IPAddress.TryParse(host, out _) : IPAddress.TryParse(host, out var address) && address.ToString() == host
            && !host.Contains(':', StringComparison.Ordinal);
        return host is "*" or "+" or "localhost" || isAddress ? null : wrong;
    }
}
