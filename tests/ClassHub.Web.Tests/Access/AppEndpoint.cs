using System.Reflection;
using System.Text.RegularExpressions;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Web.Tests.Access;

/// <summary>One thing the program answers: a handler of a page, or an endpoint without a page.</summary>
/// <param name="Address">As its route writes it: "/classes/{classId}/people?handler=Add", without the kinds of its parameters.</param>
internal sealed partial record AppEndpoint(string Method, string Address, IReadOnlyList<string> Rows, string Route, Type? Page)
{
    public string Row => Rows[0];
    public override string ToString() => $"{Method} {Address}";

    public static async Task<IReadOnlyList<AppEndpoint>> AllAsync(TestSite site)
    {
        var found = new List<AppEndpoint>();
        var loader = site.Services.GetRequiredService<PageLoader>();
        foreach (var page in site.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>())
            found.AddRange(OfPage(await loader.LoadAsync(page, new EndpointMetadataCollection(page.EndpointMetadata ?? []))));
        // Without a publish the static files have one more endpoint, for files added since the build; it is never mapped in production.
        foreach (var endpoint in site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is null && e.RoutePattern.RawText != "{**path:file}"))
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                found.Add(new(method, Plain("/" + endpoint.RoutePattern.RawText?.TrimStart('/')), [.. endpoint.Metadata.GetOrderedMetadata<RowAttribute>().Select(r => r.Id)], endpoint.RoutePattern.RawText ?? "", null));
        return found;
    }

    private static IEnumerable<AppEndpoint> OfPage(CompiledPageActionDescriptor page) =>
        from handler in page.HandlerMethods
        let own = handler.MethodInfo.GetCustomAttributes<RowAttribute>().ToList()
        let rows = own.Count > 0 ? own : page.HandlerTypeInfo.GetCustomAttributes<RowAttribute>().ToList()
        let route = "/" + page.AttributeRouteInfo!.Template
        select new AppEndpoint(handler.HttpMethod.ToUpperInvariant(), AddressOf(route, handler.Name), [.. rows.Select(r => r.Id)], route, page.HandlerTypeInfo);

    /// <summary>A handler is named by its route where the route has a place for it, else by the query.</summary>
    private static string AddressOf(string route, string? handler) =>
        Handler().IsMatch(route) ? Plain(Handler().Replace(route, handler?.ToLowerInvariant() ?? "")).TrimEnd('/') : Plain(route) + (handler is null ? "" : $"?handler={handler}");

    [GeneratedRegex(@"\{handler[^}]*\}")]
    private static partial Regex Handler();

    private static string Plain(string route) => Kind().Replace(route, "{$1}");

    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex Kind();
}
