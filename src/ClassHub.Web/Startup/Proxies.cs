using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace ClassHub.Web.Startup;

public static class Proxies
{
    /// <summary>ClassHub:Proxies lists the addresses or networks ("10.0.0.5", "10.0.0.0/24") that may say who the visitor is and whether it was https. Nobody else is believed.</summary>
    public static void UseProxies(this WebApplication app)
    {
        var trusted = app.Configuration.GetSection("ClassHub:Proxies").Get<string[]>() ?? [];
        if (trusted.Length == 0) return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = 1 };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var one in trusted)
            if (System.Net.IPNetwork.TryParse(one, out var network)) options.KnownIPNetworks.Add(network);
            else options.KnownProxies.Add(IPAddress.Parse(one));
        app.UseForwardedHeaders(options);
    }
}
