using System.Net;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.SigningIn;

public sealed class SigningInTests : IAsyncLifetime, IDisposable
{
    private TestSite site = null!;

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        await site.GivePasswordAsync("Haddad");
        await site.GivePasswordAsync("Okafor");
    }

    public Task DisposeAsync() => Task.CompletedTask;
    public void Dispose() => site.Dispose();

    private static Task<Answer> SignInAsync(Visitor visitor, string name, string password, bool shared = true, string? returnUrl = null) =>
        visitor.PostFormAsync("/login", ("UserName", name), ("Password", password), ("Shared", shared ? "true" : "false"), ("ReturnUrl", returnUrl ?? ""));

    private static string WithoutToken(string body, params string[] names) => names.Append("").Aggregate(
        System.Text.RegularExpressions.Regex.Replace(body, "name=\"_form\"[^>]*value=\"[^\"]*\"", ""), (text, name) => name == "" ? text : text.Replace(name, "NAME"));

    [Fact]
    public async Task The_right_password_opens_the_first_page()
    {
        using var amira = site.Visitor();

        var answer = await SignInAsync(amira, " AMIRA ", TestSite.Password);

        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.Status, answer.Location));
        Assert.Equal(HttpStatusCode.OK, (await amira.GetAsync("/me")).Status);
    }

    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_get_the_same_bytes()
    {
        using var known = site.Visitor();
        using var unknown = site.Visitor();

        var wrong = await SignInAsync(known, "amira", "not her password");
        var nobody = await SignInAsync(unknown, "nobodyhere", "not her password");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (wrong.Status, nobody.Status));
        Assert.Equal(WithoutToken(wrong.Body, "amira"), WithoutToken(nobody.Body, "nobodyhere"));
        Assert.Null(known.Cookie("classhub"));
    }

    [Fact]
    public async Task Guesses_are_slowed_for_one_account_and_one_network_only()
    {
        using var guesser = site.Visitor("10.1.1.1");
        using var classmate = site.Visitor("10.1.1.1");
        using var amiraAtHome = site.Visitor("10.2.2.2");

        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.BadRequest, (await SignInAsync(guesser, "amira", "guess " + i)).Status);
        var fourth = await SignInAsync(guesser, "amira", TestSite.Password);

        Assert.Equal(HttpStatusCode.TooManyRequests, fourth.Status);
        Assert.Equal("2", fourth.Header("Retry-After"));
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(classmate, "okafor", TestSite.Password)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(amiraAtHome, "amira", TestSite.Password)).Status);

        site.Clock!.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(guesser, "amira", TestSite.Password)).Status);
    }

    [Fact]
    public async Task A_device_seen_before_gets_in_while_others_on_its_network_guess()
    {
        using var own = site.Visitor("10.3.3.3");
        await SignInAsync(own, "amira", TestSite.Password, shared: false);
        using var guesser = site.Visitor("10.3.3.3");
        for (var i = 0; i < 4; i++) await SignInAsync(guesser, "amira", "guess " + i);

        using var later = site.Visitor("10.3.3.3").WithCookie("classhub-device", own.Cookie("classhub-device")!);
        var answer = await SignInAsync(later, "amira", TestSite.Password);

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
    }

    [Fact]
    public async Task On_a_shared_device_the_cookie_ends_with_the_browser_and_pages_are_kept_nowhere()
    {
        using var amira = site.Visitor();

        var answer = await SignInAsync(amira, "amira", TestSite.Password, shared: true);
        var cookie = answer.Header("Set-Cookie")!;

        Assert.DoesNotContain("max-age", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("classhub-device", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("no-store", (await amira.GetAsync("/me")).Header("Cache-Control"));

        site.Clock!.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal("/login?returnUrl=%2Fme", (await amira.GetAsync("/me")).Location);
    }

    [Fact]
    public async Task An_own_device_stays_signed_in_for_thirty_days()
    {
        using var amira = site.Visitor();
        await SignInAsync(amira, "amira", TestSite.Password, shared: false);

        site.Clock!.Advance(TimeSpan.FromDays(29));
        Assert.Equal(HttpStatusCode.OK, (await amira.GetAsync("/me")).Status);
    }

    [Fact]
    public async Task Switching_a_person_off_ends_their_very_next_request()
    {
        using var kai = await site.SignedInAsync("Moana");
        Assert.Equal(HttpStatusCode.OK, (await kai.GetAsync("/me")).Status);

        await site.WithDbAsync(db => db.People.Where(p => p.Surname == "Moana").ExecuteUpdateAsync(set => set.SetProperty(p => p.DisabledAt, Everybody.MondayNine)));

        Assert.Equal(HttpStatusCode.Redirect, (await kai.GetAsync("/me")).Status);
    }

    [Fact]
    public async Task A_person_switched_off_cannot_sign_in_and_is_told_nothing_about_it()
    {
        await site.GivePasswordAsync("Fisher");
        await site.WithDbAsync(db => db.People.Where(p => p.Surname == "Fisher").ExecuteUpdateAsync(set => set.SetProperty(p => p.DisabledAt, Everybody.MondayNine)));
        using var ben = site.Visitor();
        using var amira = site.Visitor();

        var off = await SignInAsync(ben, "ben", TestSite.Password);
        var wrong = await SignInAsync(amira, "amira", "wrong");

        Assert.Equal(HttpStatusCode.BadRequest, off.Status);
        Assert.Equal(WithoutToken(wrong.Body, "amira"), WithoutToken(off.Body, "ben"));
    }

    [Theory]
    [InlineData("/me/sessions", "/me/sessions")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https:evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/ok\r\nSet-Cookie: a=b", "/")]
    [InlineData("/logout", "/")]
    public async Task Signing_in_leads_only_to_addresses_of_our_own(string wanted, string led)
    {
        using var amira = site.Visitor();

        var answer = await SignInAsync(amira, "amira", TestSite.Password, returnUrl: wanted);

        Assert.Equal(led, answer.Location);
    }

    [Fact]
    public async Task A_one_time_password_opens_nothing_but_the_page_for_a_new_one()
    {
        await site.GivePasswordAsync("Nair", once: true);
        using var nair = site.Visitor();

        var answer = await SignInAsync(nair, "nair", TestSite.Password);
        Assert.Equal("/me/password", answer.Location);
        Assert.Equal("/me/password", (await nair.GetAsync("/me")).Location);

        var chosen = await nair.PostFormAsync("/me/password", ("Old", TestSite.Password), ("Chosen", "another good one"));
        Assert.Equal("/", chosen.Location);
        Assert.Equal(HttpStatusCode.OK, (await nair.GetAsync("/me")).Status);
    }

    [Fact]
    public async Task A_key_from_before_sign_in_is_worth_nothing_afterwards()
    {
        using var amira = site.Visitor().WithCookie("classhub", new string('a', 64));

        await SignInAsync(amira, "amira", TestSite.Password);
        var key = amira.Cookie("classhub")!;
        Assert.NotEqual(new string('a', 64), key);

        Assert.Equal("/login?left=true", (await amira.PostFormAsync("/logout")).Location);
        using var thief = site.Visitor().WithCookie("classhub", key);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/me")).Status);
    }
}
