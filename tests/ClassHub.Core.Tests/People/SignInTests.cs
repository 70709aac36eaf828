using ClassHub.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Accounts;

public sealed class SignInTests
{
    private const string Right = "three short words";
    // The app's hash costs 50 ms on purpose; here it only has to be right.
    private static readonly PasswordHasher<Account> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));

    private static async Task<TestSchool> OpenAsync(Engine engine)
    {
        var school = await TestSchool.OpenAsync(engine);
        var db = school.Db();
        (await db.Users.SingleAsync(a => a.PersonId == school.Amira.Id)).TakePassword(Hasher.HashPassword(null!, Right), once: false);
        await db.SaveChangesAsync(Stop);
        return school;
    }

    private static Task<SignInAnswer> TryAsync(TestSchool school, string password, string network = "10.0.0.1", string? device = null, bool shared = true, string name = "amira") =>
        new SignIn(school.Db(), Hasher, school.Clock).RunAsync(new(name, password, network, device, shared, "Phone, Chrome"), Stop);

    [BothEngines]
    public async Task The_right_password_starts_a_session_of_which_only_the_hash_is_kept(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        var answer = await TryAsync(school, Right, name: "  AMIRA ");

        var session = await school.Db().SignInSessions.SingleAsync();
        Assert.Equal((school.Amira.Id, true), (session.PersonId, session.IsShared));
        Assert.Equal(RandomKey.HashOf(answer.SessionKey!), session.KeyHash);
        Assert.Null(answer.DeviceKey);
    }

    [BothEngines]
    public async Task Waiting_doubles_with_each_guess_and_stays_at_a_quarter_of_an_hour(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var waits = new List<int>();

        for (var guess = 1; guess <= 11; guess++)
        {
            Assert.Null((await TryAsync(school, "guess")).WaitUntil);
            var wait = (await school.Db().SignInThrottles.SingleAsync()).FreeAt(school.Now) - school.Now;
            waits.Add(Math.Max(0, (int)wait.TotalSeconds));
            school.Clock.Advance(TimeSpan.FromSeconds(waits[^1]));
        }

        Assert.Equal([0, 0, 2, 4, 8, 16, 32, 64, 128, 900, 900], waits);
    }

    [BothEngines]
    public async Task Guesses_made_while_the_clock_was_wrong_lock_nobody_out_when_it_is_right(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var now = school.Now;
        school.Clock.SetUtcNow(now.AddYears(74));
        for (var guess = 1; guess <= 4; guess++) await TryAsync(school, "guess");
        Assert.NotNull((await TryAsync(school, Right)).WaitUntil);

        // The test's clock only goes forward, so the row goes back to the years before.
        await school.Db().SignInThrottles.ExecuteUpdateAsync(set => set.SetProperty(t => t.LastFailAt, now.AddYears(200)));

        Assert.NotNull((await TryAsync(school, Right)).SessionKey);
    }

    [BothEngines]
    public async Task Guesses_from_one_network_do_not_lock_the_owner_out_elsewhere(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        for (var guess = 0; guess < 3; guess++) await TryAsync(school, "guess");

        Assert.NotNull((await TryAsync(school, Right)).WaitUntil);
        Assert.NotNull((await TryAsync(school, Right, network: "10.0.0.2")).SessionKey);
    }

    [BothEngines]
    public async Task A_known_device_is_counted_by_itself(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var device = (await TryAsync(school, Right, shared: false)).DeviceKey;
        for (var guess = 0; guess < 3; guess++) await TryAsync(school, "guess");

        Assert.NotNull((await TryAsync(school, Right)).WaitUntil);
        Assert.NotNull((await TryAsync(school, Right, device: device)).SessionKey);
        Assert.NotNull((await TryAsync(school, Right, device: "not a device of hers")).WaitUntil);
    }

    [BothEngines]
    public async Task Many_wrong_guesses_at_once_are_all_counted(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => TryAsync(school, "guess"))));

        // Those that began before the third was counted count too; the others were told to wait.
        Assert.InRange((await school.Db().SignInThrottles.SingleAsync()).Fails, 3, 8);
    }

    [BothEngines]
    public async Task One_time_passwords_for_a_whole_class_leave_one_entry_each_in_an_unbroken_chain(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        var made = await new Passwords(school.Db(), new ConfirmPassword(school.Db(), new SignIn(school.Db(), Hasher, school.Clock), school.Clock), Hasher, school.Clock).MakeAsync([school.Amira.Id, school.Ben.Id, school.Kai.Id, school.Weller.Id], school.Hart.Id, Stop);

        Assert.Equal(4, made.Count);
        var entries = await school.Db().Audit.OrderBy(a => a.Id).ToListAsync();
        Assert.Equal(4, entries.Count);
        for (var i = 1; i < entries.Count; i++) Assert.Equal(entries[i - 1].Hash, entries[i].PreviousHash);
        Assert.True((await TryAsync(school, made[school.Amira.Id])).MustChangePassword);
    }
}
