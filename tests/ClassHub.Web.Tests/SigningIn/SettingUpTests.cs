using System.Net;
using ClassHub.Web.Access;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Web.Tests.SigningIn;

public sealed class SettingUpTests
{
    private static (string, string)[] Form(string code) =>
    [
        ("Code", code), ("School.Name", "Hazel Grove"), ("School.TimeZone", "Europe/London"), ("School.Days", "Monday"), ("School.Days", "Friday"), ("School.Morning", "08:30"),
        ("Forename", "Lena"), ("Surname", "Hart"), ("UserName", "lena"), ("Password", TestSite.Password),
    ];

    [Fact]
    public async Task The_first_visitor_needs_the_code_of_the_log_and_it_works_once()
    {
        using var site = await TestSite.OpenAsync("Production", hasSchool: false);
        using var stranger = site.Visitor();
        var code = site.Services.GetRequiredService<SetUpCode>().Words;

        Assert.Equal("/setup", (await stranger.GetAsync("/login")).Location);
        var refused = await stranger.PostFormAsync("/setup", Form("WRONGCODE1"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("not the code", refused.Main, StringComparison.Ordinal);

        var opened = await stranger.PostFormAsync("/setup", Form(code));
        Assert.Equal((HttpStatusCode.Redirect, "/login"), (opened.Status, opened.Location));

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/setup")).Status);
        var again = await stranger.PostAsync("/setup", [("_form", await stranger.TokenAsync()), .. Form(code)]);
        Assert.Equal(HttpStatusCode.NotFound, again.Status);
    }

    [Fact]
    public async Task What_was_typed_stays_when_the_form_is_refused()
    {
        using var site = await TestSite.OpenAsync(hasSchool: false);
        using var stranger = site.Visitor();
        var code = site.Services.GetRequiredService<SetUpCode>().Words;

        var form = Form(code).Select(f => f.Item1 == "Password" ? ("Password", "short") : f).ToArray();
        var refused = await stranger.PostFormAsync("/setup", form);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("Hazel Grove", refused.Page.QuerySelector("[name='School.Name']")!.GetAttribute("value"));
        Assert.Contains("At least 12 characters", refused.Page.QuerySelector("#Password")!.ParentElement!.QuerySelector(".field__error")!.TextContent,
            StringComparison.Ordinal);
        Assert.DoesNotContain("short", refused.Page.QuerySelector("[name=Password]")!.OuterHtml, StringComparison.Ordinal);
    }
}
