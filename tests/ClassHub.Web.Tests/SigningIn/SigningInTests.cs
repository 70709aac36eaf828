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
    public async Task After_thirteen_guesses_behind_the_schools_address_everybody_comes_in_and_nobody_reads_429()
    {
        using var guesser = site.Visitor("10.1.1.1");
        using var classmate = site.Visitor("10.1.1.1");
        using var amira = site.Visitor("10.1.1.1");
        for (var i = 0; i < 13; i++) Assert.Equal(HttpStatusCode.BadRequest, (await WaitedAsync(SignInAsync(guesser, "amira", "guess " + i))).Answer.Status);

        Assert.Equal((HttpStatusCode.Redirect, TimeSpan.Zero), await WaitedAsync(SignInAsync(classmate, "okafor", TestSite.Password)) is var other
            ? (other.Answer.Status, other.Waited) : default);
        var (right, waited) = await WaitedAsync(SignInAsync(amira, "amira", TestSite.Password));

        Assert.Equal(HttpStatusCode.Redirect, right.Status);
        Assert.InRange(waited, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
    }

    private async Task<(Answer Answer, TimeSpan Waited)> WaitedAsync(Task<Answer> asking)
    {
        var waited = await site.Clock!.UntilDoneAsync(asking);
        return (await asking, waited);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_browser_in_which_somebody_signed_in_once_waits_for_no_guesses_of_others(bool shared)
    {
        using var device = site.Visitor("10.3.3.3");
        await SignInAsync(device, "amira", TestSite.Password, shared);
        await device.PostFormAsync("/logout");
        using var guesser = site.Visitor("10.3.3.3");
        for (var i = 0; i < 12; i++) await WaitedAsync(SignInAsync(guesser, "amira", "guess " + i));

        var (answer, waited) = await WaitedAsync(SignInAsync(device, "amira", TestSite.Password, shared));

        Assert.Equal((HttpStatusCode.Redirect, TimeSpan.Zero), (answer.Status, waited));
        Assert.Contains("max-age=31536000", answer.Header("Set-Cookie")!.Split("classhub-device", 2)[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_guesses_keep_waiting_their_teacher_lets_in()
    {
        using var guesser = site.Visitor("10.4.4.4");
        for (var i = 0; i < 13; i++) await WaitedAsync(SignInAsync(guesser, "amira", "guess " + i));
        using var okafor = await site.SignedInAsync("Okafor");
        var (maple, amira) = await site.WithDbAsync(async db => (await db.Classes.Where(c => c.Name == "5 Maple").Select(c => c.Id).SingleAsync(),
            await db.People.Where(p => p.Surname == "Haddad").Select(p => p.Id).SingleAsync()));

        var people = await okafor.GetAsync($"/classes/{maple}/people");
        Assert.Contains("Guessed at", people.Main, StringComparison.Ordinal);
        var button = people.Page.QuerySelector($"button[formaction*='handler=LetIn'][formaction*='personId={amira}']")!;
        await okafor.PostAsync(button.GetAttribute("formaction")!, ("_form", people.FormToken));
        using var visitor = site.Visitor("10.4.4.4");
        var (answer, waited) = await WaitedAsync(SignInAsync(visitor, "amira", TestSite.Password));

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.InRange(waited, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Two_hundred_misses_stand_in_the_news_of_the_owner_and_lead_staff_to_the_person()
    {
        var amira = await site.WithDbAsync(db => db.People.Where(p => p.Surname == "Haddad").Select(p => p.Id).SingleAsync());
        using var guesser = site.Visitor();
        for (var i = 0; i < SignInThrottle.Many; i++) await WaitedAsync(SignInAsync(guesser, "amira", "guess"));
        await site.WithDbAsync(db => new ClassHub.Notifications.TellOfGuesses(db, site.Clock!).RunAsync(default));

        using var owner = await site.SignedInAsync("Haddad");
        Assert.Contains("wrong passwords at your name", (await owner.GetAsync("/news")).Main, StringComparison.Ordinal);
        using var okafor = await site.SignedInAsync("Okafor");
        Assert.Contains("at the name of Amira Haddad", (await okafor.GetAsync("/news")).Main, StringComparison.Ordinal);
        using var hart = await site.SignedInAsync("Hart");
        Assert.NotNull((await hart.GetAsync("/news")).Page.QuerySelector($"a[href='/admin/people/{amira}']"));
        Assert.NotNull((await hart.GetAsync($"/admin/people/{amira}")).Page.QuerySelector("form[action*='handler=LetIn']"));
    }

    [Fact]
    public async Task On_a_shared_device_the_cookie_ends_with_the_browser_and_pages_are_kept_nowhere()
    {
        using var amira = site.Visitor();

        var answer = await SignInAsync(amira, "amira", TestSite.Password, shared: true);
        var cookie = answer.Response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("classhub=", StringComparison.Ordinal));

        Assert.DoesNotContain("max-age", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
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
