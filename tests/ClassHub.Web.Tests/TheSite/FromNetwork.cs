using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace ClassHub.Web.Tests;

/// <summary>In memory there is no network: the address a visitor comes from stands in a header that only the tests read.</summary>
public sealed class FromNetwork : IStartupFilter
{
    public const string Header = "Test-Network";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, then) =>
        {
            if (IPAddress.TryParse(context.Request.Headers[Header], out var address)) context.Connection.RemoteIpAddress = address;
            return then(context);
        });
        next(app);
    };
}
