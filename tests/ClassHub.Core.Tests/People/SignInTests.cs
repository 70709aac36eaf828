using ClassHub.Audit;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.SigningIn;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Accounts;

public sealed class SignInTests
{
    private static async Task<TestSchool> OpenAsync(Engine engine)
    {
        var school = await TestSchool.OpenAsync(engine);
        await school.GivePasswordAsync(school.Amira);
        return school;
    }

    private static Task<SignInAnswer> BeginAsync(TestSchool school, string password, string? device = null, string name = "amira", bool shared = true,
        string network = "10.0.0.1", string browser = "") =>
        Task.Run(() => school.SignIn().RunAsync(new(name, password, network, device, shared, "Phone, Chrome", browser), Stop));

    private static async Task<(SignInAnswer Answer, TimeSpan Waited)> TryAsync(TestSchool school, string password, string? device = null,
        string name = "amira", bool shared = true, string network = "10.0.0.1", string browser = "")
    {
        var trying = BeginAsync(school, password, device, name, shared, network, browser);
        var waited = await school.Clock.UntilDoneAsync(trying);
        return (await trying, waited);
    }

    [BothEngines]
    public async Task The_right_password_starts_a_session_of_which_only_the_hash_is_kept(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        var (answer, _) = await TryAsync(school, Right, name: "  AMIRA ");

        var session = await school.Db().SignInSessions.SingleAsync();
        Assert.Equal((school.Amira.Id, true), (session.PersonId, session.IsShared));
        Assert.Equal(RandomKey.HashOf(answer.SessionKey!), session.KeyHash);
        Assert.Equal(RandomKey.HashOf(answer.DeviceKey!), (await school.Db().KnownDevices.SingleAsync()).KeyHash);
    }

    [BothEngines]
    public async Task However_often_somebody_guessed_the_right_password_comes_in_within_twenty_seconds(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var waits = new List<int>();

        for (var guess = 1; guess <= 14; guess++)
        {
            var (wrong, waited) = await TryAsync(school, "guess");
            Assert.Equal((null, null), (wrong.SessionKey, wrong.WaitUntil));
            waits.Add((int)waited.TotalSeconds);
        }
        var (right, last) = await TryAsync(school, Right);

        Assert.Equal([0, 0, 0, 2, 4, 8, 16, 20, 20, 20, 20, 20, 20, 20], waits);
        Assert.NotNull(right.SessionKey);
        Assert.Equal(20, (int)last.TotalSeconds);
    }

    [BothEngines]
    public async Task Of_guesses_sent_at_once_each_that_is_looked_at_stands_alone_and_the_others_hear_when_to_try_again(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        for (var guess = 0; guess < 8; guess++) await TryAsync(school, "guess");

        var all = Enumerable.Range(0, 12).Select(_ => BeginAsync(school, "guess")).ToList();
        var took = await school.Clock.UntilDoneAsync(all);
        var answers = await Task.WhenAll(all);

        Assert.Single(answers, a => a.WaitUntil is null);
        Assert.All(answers.Where(a => a.WaitUntil is not null), a => Assert.InRange(a.WaitUntil!.Value - school.Now, TimeSpan.Zero, WaitingRoom.Longest));
        Assert.InRange(took, TimeSpan.Zero, WaitingRoom.Longest);
    }

    [BothEngines]
    public async Task The_owner_goes_before_a_browser_that_guesses(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        for (var guess = 0; guess < 8; guess++) await TryAsync(school, "guess", browser: "guesser");

        var guesses = Enumerable.Range(0, 6).Select(_ => BeginAsync(school, "guess", browser: "guesser")).ToList();
        var amira = BeginAsync(school, Right, browser: "amira's new phone");
        await school.Clock.UntilDoneAsync([.. guesses, amira]);

        Assert.NotNull((await amira).SessionKey);
    }

    [BothEngines]
    public async Task A_browser_that_signed_somebody_in_waits_for_nobody_on_a_shared_device_too(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.GivePasswordAsync(school.Ben);
        var device = (await TryAsync(school, Right)).Answer.DeviceKey;
        Assert.Equal(device, (await TryAsync(school, Right, device, "ben")).Answer.DeviceKey);
        for (var guess = 0; guess < 12; guess++) await TryAsync(school, "guess");

        foreach (var name in new[] { "amira", "ben" })
        {
            var (right, waited) = await TryAsync(school, Right, device, name);
            Assert.NotNull(right.SessionKey);
            Assert.Equal(TimeSpan.Zero, waited);
        }
        // It counts for its own accounts only.
        await school.GivePasswordAsync(school.Kai);
        for (var guess = 0; guess < 4; guess++) await TryAsync(school, "guess", name: "kai");
        Assert.NotEqual(TimeSpan.Zero, (await TryAsync(school, Right, device, "kai")).Waited);
    }

    [BothEngines]
    public async Task A_known_browser_loses_its_place_after_five_misses(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var device = (await TryAsync(school, Right)).Answer.DeviceKey;
        for (var guess = 0; guess < 12; guess++) await TryAsync(school, "guess");

        for (var miss = 0; miss < KnownDevice.MostMisses; miss++) Assert.Equal(TimeSpan.Zero, (await TryAsync(school, "guess", device)).Waited);
        Assert.NotEqual(TimeSpan.Zero, (await TryAsync(school, "guess", device)).Waited);

        // It waits like any other then, and has its place again when the person is in.
        Assert.NotNull((await TryAsync(school, Right, device)).Answer.SessionKey);
        Assert.Equal(TimeSpan.Zero, (await TryAsync(school, "guess", device)).Waited);
    }

    [BothEngines]
    public async Task A_mark_that_nobody_gave_out_is_none_and_an_account_keeps_the_newest_twenty(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        for (var browser = 0; browser < 25; browser++)
        {
            Assert.NotEqual("made up", (await TryAsync(school, Right, "made up")).Answer.DeviceKey);
            school.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(KnownDevice.MostOfOne, await school.Db().KnownDevices.CountAsync());
    }

    [BothEngines]
    public async Task A_name_that_nobody_has_waits_as_long_and_leaves_no_row(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        var waits = new List<TimeSpan>[] { [], [] };
        for (var guess = 0; guess < 18; guess++) waits[guess / 9].Add((await TryAsync(school, "guess", name: guess < 9 ? "amira" : "nobodyhere")).Waited);

        Assert.Equal(waits[0], waits[1]);
        Assert.Equal(1, await school.Db().SignInThrottles.CountAsync());
    }

    [BothEngines]
    public async Task Guesses_over_many_accounts_slow_the_unknown_browsers_of_their_network_and_no_others(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var device = (await TryAsync(school, Right, network: "10.0.0.9")).Answer.DeviceKey;

        var began = school.Now;
        for (var account = 0; account < 354; account++) await TryAsync(school, "password1", name: $"pupil{account}", network: "10.0.0.9");

        Assert.InRange(school.Now - began, TimeSpan.FromHours(1), TimeSpan.FromHours(2));
        Assert.InRange((await TryAsync(school, Right, network: "10.0.0.9")).Waited, TimeSpan.FromSeconds(1), WaitingRoom.Longest);
        Assert.Equal(TimeSpan.Zero, (await TryAsync(school, Right, device, network: "10.0.0.9")).Waited);
        Assert.Equal(TimeSpan.Zero, (await TryAsync(school, Right, network: "10.0.0.10")).Waited);
    }

    [BothEngines]
    public async Task Whoever_is_let_in_by_staff_waits_a_second_for_ten_minutes_and_it_is_written_down(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        for (var guess = 0; guess < 12; guess++) await TryAsync(school, "guess");

        await new ManagePeople(school.Db(), school.Clock).LetInAsync(school.Amira.Id, school.Okafor.Id, Stop);

        Assert.InRange((await TryAsync(school, "guess")).Waited, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.InRange((await TryAsync(school, Right)).Waited, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        var entry = await school.Db().Audit.SingleAsync();
        Assert.Equal((AuditAction.LetIn, school.Okafor.Id, school.Amira.Id), (entry.Action, entry.ActorId, entry.SubjectId));
    }

    [BothEngines]
    public async Task Guesses_made_while_the_clock_was_wrong_hold_nobody_up_when_it_is_right(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        for (var guess = 1; guess <= 12; guess++) await TryAsync(school, "guess");

        await school.Db().SignInThrottles.ExecuteUpdateAsync(set => set.SetProperty(t => t.LastFailAt, school.Now.AddYears(200)));

        Assert.Equal(TimeSpan.Zero, (await TryAsync(school, Right)).Waited);
    }

    [BothEngines]
    public async Task One_time_passwords_for_a_whole_class_leave_one_entry_each_in_an_unbroken_chain(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        var made = await school.Passwords().MakeAsync([school.Amira.Id, school.Ben.Id, school.Kai.Id, school.Weller.Id], school.Hart.Id, Stop);

        Assert.Equal(4, made.Count);
        var entries = await school.Db().Audit.OrderBy(a => a.Id).ToListAsync();
        Assert.Equal(4, entries.Count);
        for (var i = 1; i < entries.Count; i++) Assert.Equal(entries[i - 1].Hash, entries[i].PreviousHash);
        Assert.True((await TryAsync(school, made[school.Amira.Id])).Answer.MustChangePassword);
    }
}
