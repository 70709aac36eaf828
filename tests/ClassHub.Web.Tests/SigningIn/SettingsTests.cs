using System.Net;
using ClassHub.Audit;
using ClassHub.Web.Access;
using ClassHub.Web.Startup;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClassHub.Web.Tests.SigningIn;

/// <summary>What whoever runs the server sets, or forgets: refused or said in words, never guessed at.</summary>
public sealed class SettingsTests
{
    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build();

    [Theory]
    [InlineData("127.0.0.1:5080")]
    [InlineData("localhost")]
    [InlineData("http:/127.0.0.1:5080")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.0.0.1;5080")]
    [InlineData("http://127.0.0.l:5080")]
    [InlineData("http://127.1:5080")]
    [InlineData("http://hub.school.example:5080")]
    [InlineData("http://::1:5080")]
    [InlineData("http://127.0.0.1:508O")]
    [InlineData("http://127.0.0.1:70000")]
    [InlineData("htp://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:5080;http://nonsense")]
    public void An_address_to_listen_on_that_cannot_be_read_is_refused_in_words(string urls) =>
        Assert.Contains("Nothing was started", Refusal.Of(Settings(("urls", urls))), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://localhost:5080/")]
    [InlineData("http://*:80;https://+:443")]
    [InlineData("http://[::1]:5080")]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://unix:/run/classhub.sock")]
    public void An_address_to_listen_on_that_can_be_read_is_taken(string urls) => Assert.Null(Refusal.Of(Settings(("urls", urls))));

    [Fact]
    public void Without_an_address_to_listen_on_the_default_holds() => Assert.Null(Refusal.Of(Settings()));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1,10.0.0.0/24")]
    [InlineData(" 127.0.0.1 ; 10.0.0.0/24 ")]
    public void Proxies_are_one_value_or_a_list(string value) =>
        Assert.Equal(IPAddress.Loopback, Assert.Single(Proxies.Of(Settings(("ClassHub:Proxies", value)))!.KnownProxies));

    [Fact]
    public void Proxies_are_named_one_by_one()
    {
        var options = Proxies.Of(Settings(("ClassHub:Proxies:0", "127.0.0.1"), ("ClassHub:Proxies:1", "10.0.0.0/24")))!;

        Assert.Equal((1, 1), (options.KnownProxies.Count, options.KnownIPNetworks.Count));
        Assert.Null(Proxies.Of(Settings()));
    }

    [Theory]
    [InlineData("proxy.school.example")]
    [InlineData("127.0.0.1,nonsense")]
    [InlineData("10.0.0.0/33")]
    public void A_proxy_that_cannot_be_read_stops_the_start_in_words(string value) =>
        Assert.Contains("Nothing was started", Refusal.Of(Settings(("ClassHub:Proxies", value))), StringComparison.Ordinal);

    [Fact]
    public async Task A_proxy_named_by_one_value_is_believed_and_nobody_else()
    {
        await using var site = await TestSite.OpenAsync(settings: ("ClassHub:Proxies", "10.9.9.9"));
        async Task<bool> IsBelievedAsync(string network)
        {
            using var visitor = site.Visitor(network);
            var request = new HttpRequestMessage(HttpMethod.Get, "/login");
            request.Headers.Add("X-Forwarded-For", "203.0.113.5");
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("Cookie", "__Host-classhub=" + new string('a', 64));
            return (await visitor.SendAsync(request)).Header("Clear-Site-Data") is not null;
        }

        Assert.True(await IsBelievedAsync("10.9.9.9"));
        Assert.False(await IsBelievedAsync("10.9.9.8"));
    }

    [Fact]
    public async Task Data_folder_and_files_are_for_the_programs_own_user_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        await using var site = await TestSite.OpenAsync();
        var folder = site.Services.GetRequiredService<IConfiguration>()["ClassHub:DataFolder"]!;
        await site.GivePasswordAsync("Haddad");
        await File.WriteAllTextAsync(Path.Combine(folder, "new"), "made by the program");
        Directory.CreateDirectory(Path.Combine(folder, "a", "folder"));

        Assert.Equal("rwx------", Mode(folder));
        Assert.All(Directory.EnumerateFiles(folder).Where(f => Path.GetFileName(f).StartsWith("classhub.db", StringComparison.Ordinal) || f.EndsWith("new",
            StringComparison.Ordinal)), f => Assert.Equal("rw-------", Mode(f)));
        Assert.Equal("rwx------", Mode(Path.Combine(folder, "a", "folder")));
    }

    private static string Mode(string path)
    {
        var mode = OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(path);
        return string.Concat(Enumerable.Range(0, 9).Select(bit => (mode >> (8 - bit) & 1) == 1 ? "rwx"[bit % 3] : '-'));
    }

    [Fact]
    public async Task Without_its_address_a_production_site_prints_none_and_makes_no_password()
    {
        await using var site = await TestSite.OpenAsync("Production", hasMail: false);
        using var hart = await site.SignedInAsync("Hart");
        using var okafor = await site.SignedInAsync("Okafor");
        var (amira, maple) = await site.WithDbAsync(async db => (await db.People.Where(p => p.Surname == "Haddad").Select(p => p.Id).SingleAsync(),
            await db.Classes.Where(c => c.Name == "5 Maple").Select(c => c.Id).SingleAsync()));
        await okafor.PostAsync("/me/calendar", ("_form", await okafor.TokenAsync()));

        var refused = new[]
        {
            await hart.PostAsync("/admin/people/sheet", ("Ids", $"{amira}"), ("_form", await hart.TokenAsync())),
            await okafor.PostAsync($"/classes/{maple}/sheet", ("Ids", $"{amira}"), ("Which", "chosen"), ("_form", await okafor.TokenAsync())),
            await okafor.GetAsync($"/classes/{maple}/joincodes"),
        };

        Assert.All(refused, answer =>
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Contains("ClassHub:Address", answer.Main, StringComparison.Ordinal);
        });
        Assert.False(await site.WithDbAsync(db => db.Audit.AnyAsync(a => a.Action == AuditAction.MadePassword)));
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("", true)]
    [InlineData("hub.hazel.example;localhost", false)]
    public async Task The_office_reads_when_the_site_answers_to_any_name(string hosts, bool said)
    {
        await using var site = await TestSite.OpenAsync(settings: ("AllowedHosts", hosts));
        using var hart = await site.SignedInAsync("Hart");

        Assert.Equal(said, (await hart.GetAsync("/admin")).Main.Contains("AllowedHosts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wrong_set_up_codes_are_looked_at_one_a_second_over_all_connections_and_logged()
    {
        var site = await TestSite.SharedAsync();
        var (clock, log) = (new WatchedClock(Everybody.MondayNine), new Kept());
        var code = new SetUpCode(site.Services.GetRequiredService<IWebHostEnvironment>(), new EphemeralDataProtectionProvider(), clock, log);
        async Task<string> TypeAsync(string typed)
        {
            try { await code.MustBeAsync(typed, new DefaultHttpContext(), default); }
            catch (RuleBroken refused) { return refused.Message; }
            return "right";
        }

        var guesses = Enumerable.Range(0, 30).Select(i => TypeAsync($"WRONGCODE{i}")).ToList();
        while (guesses.Any(g => !g.IsCompleted))
        {
            if (clock.SomebodyWaits) clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        Assert.Equal(TimeSpan.FromSeconds(20), clock.GetUtcNow() - Everybody.MondayNine);
        Assert.Equal((10, 20), ((await Task.WhenAll(guesses)).Count(g => g.StartsWith("Others", StringComparison.Ordinal)), log.Lines.Count));
        Assert.All(log.Lines, line => Assert.Contains("wrong set-up code", line, StringComparison.Ordinal));
        Assert.Equal("right", await TypeAsync(code.Words));
    }

    [Fact]
    public async Task The_set_up_cookie_is_no_place_to_guess_at_the_code()
    {
        var site = await TestSite.SharedAsync();
        var code = new SetUpCode(site.Services.GetRequiredService<IWebHostEnvironment>(), new EphemeralDataProtectionProvider(), TimeProvider.System,
            new Kept());
        var typed = new DefaultHttpContext();
        code.Remember(typed);
        var kept = typed.Response.Headers.SetCookie.ToString().Split(';')[0];

        Assert.True(code.WasTyped(With(kept)));
        Assert.False(code.WasTyped(With("classhub-setup=" + code.Words)));

        static HttpRequest With(string cookie) => new DefaultHttpContext { Request = { Headers = { Cookie = cookie } } }.Request;
    }

    private sealed class Kept : ILogger<SetUpCode>
    {
        public List<string> Lines { get; } = [];
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel level) => true;
        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? problem, Func<TState, Exception?, string> words) =>
            Lines.Add(words(state, problem));
    }
}
