using ClassHub.Database;
using ClassHub.Media.Renditions;
using ClassHub.People;
using ClassHub.Web.Startup;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ClassHub.Web.Tests;

/// <summary>
/// The whole program in this process, with the school of <see cref="Everybody"/>, on Monday at 9:00. A test that only looks shares one site;
/// a test that moves the clock or changes people whom others meet opens its own.
/// </summary>
public sealed class TestSite : WebApplicationFactory<Program>
{
    public const string Password = "three short words";
    private static readonly Lazy<Task<TestSite>> OfAll = new(() => OpenAsync());
    private static readonly Lazy<string> Hash = new(() =>
        new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = Passwords.Rounds })).HashPassword(null!, Password));

    private readonly string folder = TestDatabase.TemporaryFolder();
    private readonly string environment;
    private int visitors;

    /// <summary>A site without a school wants to be set up, which waits on a real clock.</summary>
    public WatchedClock? Clock { get; }

    /// <summary>Settings of this site alone.</summary>
    public IReadOnlyDictionary<string, string> More { get; private init; } = new Dictionary<string, string>();

    private readonly bool hasMail;
    private readonly string? programs;

    /// <summary>What a technician would read; only of a site on PostgreSQL.</summary>
    public HeardLog Log { get; } = new();
    /// <summary>Where the school is on PostgreSQL.</summary>
    public TestDatabase? Database { get; private init; }

    private TestSite(string environment, bool hasSchool, bool hasMail, string? programs, bool stands = false)
    {
        (this.environment, this.hasMail, this.programs) = (environment, hasMail, programs);
        if (hasSchool) Clock = new WatchedClock(Everybody.MondayNine);
        else if (stands) Clock = new WatchedClock(TimeProvider.System.GetUtcNow());
    }

    private bool ownsDatabase = true;
    private string connection = "";

    /// <summary>The school on PostgreSQL, with a log that is heard.</summary>
    /// <param name="settings">Of the connection, as a school would write them; none: those that the tests have for themselves.</param>
    public static async Task<TestSite> OnPostgresAsync(string? settings = null)
    {
        var database = await TestDatabase.OpenAsync(Engine.Postgres);
        var site = new TestSite("Testing", true, true, null)
        {
            Database = database,
            connection = settings is null ? database.Where
            : database.WhereAlone + ";" + settings
        };
        _ = site.Server;
        return site;
    }

    /// <summary>One of several servers on this PostgreSQL, which the caller keeps.</summary>
    public static TestSite WithoutSchool(TestDatabase database)
    {
        var site = new TestSite("Production", false, true, null) { Database = database, ownsDatabase = false, connection = database.WhereAlone };
        _ = site.Server;
        return site;
    }

    public static Task<TestSite> SharedAsync() => OfAll.Value;

    /// <param name="hasMail">A mail server is named (nothing is sent: the jobs sleep), so that there can be guardians.</param>
    /// <param name="programs">The folder in which ffmpeg and the others are looked for; none: where this machine has them.</param>
    /// <param name="stands">Of a site without a school: nothing that is waited for is given up because the machine is slow. A wrong set-up code would be waited
    /// for for ever.</param>
    public static async Task<TestSite> OpenAsync(string environment = "Testing", bool hasSchool = true, bool hasMail = true, string? programs = null,
        bool stands = false, params (string Name, string Value)[] settings)
    {
        var site = new TestSite(environment, hasSchool, hasMail, programs, stands) { More = settings.ToDictionary(s => s.Name, s => s.Value) };
        if (hasSchool) await TestDatabase.CopySqliteAsync(Path.Combine(site.folder, "classhub.db"));
        _ = site.Server;
        return site;
    }

    protected override void ConfigureWebHost(IWebHostBuilder web)
    {
        web.UseEnvironment(environment);
        web.UseSetting("ClassHub:DataFolder", folder);
        web.UseSetting("ClassHub:Demo", "false");
        // A job that wakes up in the middle would look like a change that a request made.
        web.UseSetting("ClassHub:Jobs", "false");
        web.UseSetting("ConnectionStrings:ClassHub", connection);
        if (hasMail)
            foreach (var (name, value) in new[] { ("Mail:Host", "mail.invalid"), ("Mail:From", "school@hazel.example"), ("Address", "https://hub.hazel.example") }) web.UseSetting("ClassHub:" + name, value);
        foreach (var (name, value) in More) web.UseSetting(name, value);
        web.ConfigureTestServices(services =>
        {
            // Hangfire keeps its log where all programs of one process share it: one that ends with its site would end that of the others.
            services.AddSingleton(Database is null ? NullLoggerFactory.Instance : Log.Factory());
            services.AddSingleton<IStartupFilter, FromNetwork>();
            if (Clock is not null) services.AddSingleton<TimeProvider>(Clock);
            if (programs is not null) services.AddSingleton(new MediaTools(Commands.Itself(ReadPicture.Command), programs, TimeProvider.System));
        });
    }

    public async Task<T> WithDbAsync<T>(Func<ClassHubDb, Task<T>> ask)
    {
        await using var scope = Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<ClassHubDb>());
    }

    public Task WithDbAsync(Func<ClassHubDb, Task> act) => WithDbAsync(async db => { await act(db); return true; });

    /// <summary>A browser nobody signed in with. Each comes from its own network, unless told otherwise.</summary>
    public Visitor Visitor(string? network = null) => new(this, network ?? $"10.0.{Interlocked.Increment(ref visitors) / 250}.{visitors % 250 + 1}");

    /// <summary>Signed in as the person with this surname, without going through the sign-in page.</summary>
    public async Task<Visitor> SignedInAsync(string surname, bool shared = false, string device = "Computer")
    {
        var key = RandomKey.Hex() + RandomKey.Hex();
        await WithDbAsync(async db =>
        {
            var person = await db.People.SingleAsync(p => p.Surname == surname);
            db.SignInSessions.Add(new SignInSession(person, key, shared, device, Services.GetRequiredService<TimeProvider>().GetUtcNow()));
            await db.SaveChangesAsync();
        });
        return Visitor().WithCookie("classhub", key);
    }

    /// <summary>Gives the person with this surname the password of the tests.</summary>
    public Task GivePasswordAsync(string surname, bool once = false) => WithDbAsync(async db =>
    {
        (await db.Users.SingleAsync(a => a.Person.Surname == surname)).TakePassword(Hash.Value, once);
        await db.SaveChangesAsync();
    });

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Database is not null && ownsDatabase) await Database.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
