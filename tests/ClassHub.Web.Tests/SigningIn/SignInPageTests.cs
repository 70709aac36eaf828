using System.Net;
using ClassHub.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClassHub.Web.Tests.SigningIn;

/// <summary>What stands between a person with the right password and the first page: tabs, cookies, old passwords.</summary>
public sealed class SignInPageTests : IAsyncLifetime
{
    private TestSite site = null!;

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        await site.GivePasswordAsync("Haddad");
        await site.GivePasswordAsync("Okafor");
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    private static (string, string)[] Form(string name, string token, string password = TestSite.Password) => [("UserName", name), ("Password", password),
        ("Shared", "true"), ("_form", token)];

    [Fact]
    public async Task A_family_phone_is_a_choice_of_its_own_and_each_choice_says_what_it_costs()
    {
        using var phone = site.Visitor();
        var page = (await phone.GetAsync("/login")).Page;
        Assert.Equal(["true", "family", "false"], page.QuerySelectorAll("input[name=Shared]").Select(i => i.GetAttribute("value")));
        Assert.Contains("without internet you cannot read", page.QuerySelector("input[value=true] + span")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Whoever else opens it sees your pages", page.QuerySelector("input[value=family] + span")!.TextContent, StringComparison.Ordinal);

        var refused = await phone.PostFormAsync("/login", ("UserName", "amira"), ("Password", "not it"), ("Shared", "family"));
        Assert.NotNull(refused.Page.QuerySelector("input[value=family][checked]"));
        await phone.PostFormAsync("/login", ("UserName", "amira"), ("Password", TestSite.Password), ("Shared", "family"));

        Assert.False(await site.WithDbAsync(db => db.SignInSessions.Select(s => s.IsShared).SingleAsync()));
    }

    [Fact]
    public async Task A_password_for_once_can_be_read_while_it_is_typed_again()
    {
        await site.GivePasswordAsync("Haddad", once: true);
        using var amira = await site.SignedInAsync("Haddad");
        using var okafor = await site.SignedInAsync("Okafor");

        Assert.Equal("text", (await amira.GetAsync("/me/password")).Page.QuerySelector("#Old")!.GetAttribute("type"));
        Assert.Equal("password", (await okafor.GetAsync("/me/password")).Page.QuerySelector("#Old")!.GetAttribute("type"));
    }

    [Fact]
    public async Task Whoever_signed_in_in_another_tab_meanwhile_reads_so_and_goes_on()
    {
        using var browser = site.Visitor();
        var secondTab = (await browser.GetAsync("/login")).FormToken;
        await browser.PostFormAsync("/login", ("UserName", "amira"), ("Password", TestSite.Password), ("Shared", "true"));

        var answer = await browser.PostAsync("/login", Form("amira", secondTab));

        Assert.Contains("Amira Haddad is signed in already, in another tab", answer.Main, StringComparison.Ordinal);
        Assert.NotNull(answer.Page.QuerySelector("main a[href='/']"));
        Assert.NotNull(answer.Page.QuerySelector("main a[href='/logout']"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/me")).Status);
    }

    [Fact]
    public async Task A_form_of_a_tab_whose_cookie_another_tab_replaced_is_shown_fresh_with_what_it_is()
    {
        using var browser = site.Visitor();
        using var elsewhere = site.Visitor();
        var old = (await elsewhere.GetAsync("/login")).FormToken;
        await browser.GetAsync("/login");

        var answer = await browser.PostAsync("/login", Form("amira", old));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("open in another tab too", answer.Main, StringComparison.Ordinal);
        Assert.Equal("amira", answer.Page.QuerySelector("[name=UserName]")!.GetAttribute("value"));
        Assert.Equal("/", (await browser.PostAsync("/login", Form("amira", answer.FormToken))).Location);
    }

    [Fact]
    public async Task A_browser_that_keeps_no_cookies_reads_that_it_must()
    {
        using var browser = site.Visitor();
        using var withoutCookies = site.Visitor();
        var token = (await browser.GetAsync("/login")).FormToken;

        var answer = await withoutCookies.PostAsync("/login", Form("amira", token));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("Allow cookies for this site", answer.Main, StringComparison.Ordinal);
        Assert.Equal("amira", answer.Page.QuerySelector("[name=UserName]")!.GetAttribute("value"));
        Assert.DoesNotContain(TestSite.Password, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schools_own_address_shows_a_stranger_the_sign_in_page()
    {
        using var stranger = site.Visitor();

        var first = await stranger.GetAsync("/");

        Assert.Equal((HttpStatusCode.OK, "form"), (first.Status, first.Header("X-Sign-In")));
        Assert.Equal("/", (await stranger.PostAsync(first.Page.QuerySelector("main form")!.GetAttribute("action")!, Form("amira", first.FormToken))).Location);
        Assert.Null((await stranger.GetAsync("/")).Header("X-Sign-In"));
        // Any other page still leads there, and back.
        using var other = site.Visitor();
        Assert.Equal("/login?returnUrl=%2Fme", (await other.GetAsync("/me")).Location);
    }

    [Fact]
    public async Task A_one_time_password_of_a_fortnight_ago_is_told_from_a_wrong_one()
    {
        using var hart = await site.SignedInAsync("Hart");
        var made = await MakeAsync(hart, "Haddad");
        site.Clock!.Advance(TimeSpan.FromDays(15));
        using var amira = site.Visitor();

        var late = await amira.PostFormAsync("/login", ("UserName", "amira"), ("Password", made), ("Shared", "true"));

        Assert.Equal(HttpStatusCode.BadRequest, late.Status);
        Assert.Contains("good for 14 days", late.Main, StringComparison.Ordinal);
        Assert.Null(amira.Cookie("classhub"));
    }

    [Fact]
    public async Task Whose_password_somebody_else_made_reads_by_whom_at_the_next_sign_in()
    {
        using var hart = await site.SignedInAsync("Hart");
        var made = await MakeAsync(hart, "Haddad");
        using var amira = site.Visitor();
        await amira.PostFormAsync("/login", ("UserName", "amira"), ("Password", made), ("Shared", "true"));

        var page = await amira.GetAsync("/me/password");
        Assert.Matches("Hart\\s+made the password for you", page.Main);

        await amira.PostFormAsync("/me/password", ("Old", made), ("Chosen", "purple lamp seven"));
        Assert.DoesNotContain("made the password for you", (await amira.GetAsync("/me/password")).Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Haddad", "password1234")]
    [InlineData("Haddad", "k7#Vw!02pQz~")]
    [InlineData("Okafor", "Hazel Grove 2026")]
    [InlineData("Okafor", "passwordpassword")]
    public async Task A_password_that_is_tried_first_is_refused_beside_the_field(string surname, string chosen)
    {
        using var visitor = await site.SignedInAsync(surname);

        var answer = await visitor.PostFormAsync("/me/password", ("Old", TestSite.Password), ("Chosen", chosen));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.NotEqual("", answer.Page.QuerySelector("#Chosen")!.ParentElement!.QuerySelector(".field__error")!.TextContent.Trim());
    }

    [Fact]
    public async Task An_old_hash_is_made_anew_once_the_person_was_answered()
    {
        var old = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = 10_000 })).HashPassword(null!, TestSite.Password);
        Task<string?> HashAsync() => site.WithDbAsync(db => db.Users.Where(a => a.Person.Surname == "Haddad").Select(a => a.PasswordHash).SingleAsync());
        await site.WithDbAsync(db => db.Users.Where(a => a.Person.Surname == "Haddad").ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordHash, old)));
        using var amira = site.Visitor();

        Assert.Equal("/", (await amira.PostFormAsync("/login", ("UserName", "amira"), ("Password", TestSite.Password), ("Shared", "true"))).Location);
        for (var look = 0; look < 3000 && await HashAsync() == old; look++) await Task.Delay(20);
        Assert.NotEqual(old, await HashAsync());

        using var again = site.Visitor();
        Assert.Equal("/", (await again.PostFormAsync("/login", ("UserName", "amira"), ("Password", TestSite.Password), ("Shared", "true"))).Location);
    }

    private async Task<string> MakeAsync(Visitor office, string surname)
    {
        var id = await site.WithDbAsync(db => db.People.Where(p => p.Surname == surname).Select(p => p.Id).SingleAsync());
        var sheet = await office.PostAsync("/admin/people/sheet", ("Ids", $"{id}"), ("_form", await office.TokenAsync()));
        return sheet.Page.QuerySelectorAll(".slip dd.code")[1].TextContent;
    }
}
