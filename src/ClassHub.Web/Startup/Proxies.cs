using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace ClassHub.Web.Startup;

public static class Proxies
{
    /// <summary>ClassHub:Proxies names the addresses or networks ("10.0.0.5", "10.0.0.0/24") that may say who the visitor is and whether it was https, as one
    /// value, a list with commas, or one by one. Nobody else is believed.</summary>
    /// <exception cref="RuleBroken">One of them is neither.</exception>
    public static ForwardedHeadersOptions? Of(IConfiguration settings)
    {
        var section = settings.GetSection("ClassHub:Proxies");
        var trusted = section.GetChildren().Select(c => c.Value).Prepend(section.Value)
            .SelectMany(v => (v ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        if (trusted.Count == 0) return null;
        // One proxy behind another: each that is trusted names the one before.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var one in trusted)
            if (IPAddress.TryParse(one, out var address)) options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(one, out var network)) options.KnownIPNetworks.Add(network);
            else throw new RuleBroken($"ClassHub:Proxies names “{one}”, which is neither an address (10.0.0.5) nor a network (10.0.0.0/24). Nothing " +
                $"was started.");
        return options;
    }

    public static void UseProxies(this WebApplication app)
    {
        if (Of(app.Configuration) is { } options) app.UseForwardedHeaders(options);
    }
}
