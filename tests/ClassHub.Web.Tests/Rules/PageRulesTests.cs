using System.Reflection;
using ClassHub.Web.Tests.Access;
using Microsoft.AspNetCore.Authorization;

namespace ClassHub.Web.Tests.Rules;

public sealed class PageRulesTests
{
    /// <summary>A page on this list can be read by anybody on the internet.</summary>
    private static readonly string[] OpenToEveryone = ["/login", "/logout", "/setup", "/setup/backup", "/problem/{code}", "/join", "/guardian", "/guardian/in/{linkKey}", "/unsubscribe/{unsubscribeKey}"];

    private static async Task<IReadOnlyList<AppEndpoint>> PagesAsync() => [.. (await AppEndpoint.AllAsync(await TestSite.SharedAsync())).Where(e => e.Page is not null)];
    private static string Address(AppEndpoint page) => page.Address.Split('?')[0];

    [Fact]
    public async Task Only_the_pages_on_this_list_are_open_without_signing_in() =>
        Assert.Empty((await PagesAsync()).Where(p => p.Page!.GetCustomAttribute<AllowAnonymousAttribute>() is not null).Select(Address).Distinct().Except(OpenToEveryone));

    [Fact]
    public async Task Every_page_inside_a_class_names_the_class_in_its_address() =>
        Assert.All((await PagesAsync()).Where(p => p.Route.StartsWith("/classes/", StringComparison.Ordinal) && p.Route != "/classes/new"), p => Assert.StartsWith("/classes/{classId:int}", p.Route));

    [Fact]
    public async Task Every_number_in_an_address_is_typed() =>
        Assert.Empty((await PagesAsync()).Where(p => System.Text.RegularExpressions.Regex.IsMatch(p.Route, @"\{\w+Id\}")).Select(p => p.Route));

    [Fact]
    public async Task CS19_Nobody_can_sign_in_as_somebody_else()
    {
        var addresses = (await AppEndpoint.AllAsync(await TestSite.SharedAsync())).Select(e => e.Address);
        Assert.DoesNotContain(addresses, a => System.Text.RegularExpressions.Regex.IsMatch(a, "(?i)impersonat|log-?in-?as|sign-?in-?as|masquerade|become|switch-?user"));

        // A session is started at two places in the whole program: by a password, and by the link that was sent to a guardian.
        var starts = from file in Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
                     where !file.Contains("/obj/", StringComparison.Ordinal) && File.ReadAllText(file).Contains("new SignInSession(", StringComparison.Ordinal)
                     select Path.GetFileName(file);
        Assert.Equal(["SignIn.cs", "SignInLink.cs"], starts.Order());
        var keys = from file in Directory.EnumerateFiles(Repository.PathOf("src/ClassHub.Web"), "*.cs", SearchOption.AllDirectories)
                   where !file.Contains("/obj/", StringComparison.Ordinal) && File.ReadAllText(file).Contains("SessionCookie.Give(HttpContext, SessionCookie.NameFor", StringComparison.Ordinal)
                   select Path.GetFileName(file);
        Assert.Equal(["Enter.cshtml.cs", "Login.cshtml.cs"], keys.Order());
    }
}
