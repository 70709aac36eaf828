using ClassHub.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Accounts;

public sealed class PasswordsTests
{
    private static bool IsTaken(string? password, Role role)
    {
        try { PasswordRule.Check(password, role, "amirahaddad", "Hazel Grove Primary", "Chosen"); }
        catch (RuleBroken) { return false; }
        return true;
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("password")]
    [InlineData("12345678")]
    [InlineData("Pass Word!")]
    [InlineData("password123456")]
    [InlineData("123456password")]
    [InlineData("passwordpassword")]
    [InlineData("123456789012")]
    [InlineData("9876543210987")]
    [InlineData("abcdefghijklmn")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("qwertyuiop12")]
    [InlineData("ｐａｓｓｗｏｒｄ１２３４")]
    [InlineData("Amira.Haddad 2026")]
    [InlineData("amirahaddad")]
    [InlineData("Hazel Grove")]
    [InlineData("hazel-grove-2026")]
    [InlineData("HazelGrovePrimary")]
    [InlineData("Kite-Melon-River")]
    [InlineData("eleven char")]
    [InlineData("word word word")]
    public void Nobody_may_have_a_password_that_is_tried_first(string? password) =>
        Assert.Equal((false, false), (IsTaken(password, Role.Staff), IsTaken(password, Role.Pupil)));

    [Theory]
    [InlineData("purple lamp seven", true, true)]
    [InlineData("purple7lamp7seven", true, true)]
    [InlineData("Größe-Äpfel-Straße", true, true)]
    [InlineData("хлеб море окно", true, true)]
    [InlineData("k7#Vw!02pQz~", true, false)]
    [InlineData("purplelampseven", true, false)]
    [InlineData("cat dog sun", false, false)]
    [InlineData("purple lamp at 7", true, false)]
    public void Staff_have_twelve_characters_or_three_words_and_pupils_three_words(string password, bool staff, bool pupil) =>
        Assert.Equal((staff, pupil), (IsTaken(password, Role.Staff), IsTaken(password, Role.Pupil)));

    [Fact]
    public void One_time_passwords_pass_their_own_rule_and_differ()
    {
        var made = Enumerable.Range(0, 200).Select(_ => Passwords.OneTime()).ToList();

        Assert.All(made, p => Assert.True(IsTaken(p, Role.Pupil)));
        Assert.True(made.Distinct().Count() > 195);
    }

    [BothEngines]
    public async Task A_password_typed_on_another_keyboard_is_the_same_password(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.GivePasswordAsync(school.Amira, "before this one");
        await school.Passwords().ChooseAsync(school.Amira.Id, "before this one", "café lampe velours", 0, Stop);   // é as one sign

        Assert.Equal(Fit.Right, await FitAsync(school, "café lampe velours"));
        Assert.Equal(Fit.Right, await FitAsync(school, "cafe\u0301 lampe velours"));
        Assert.Equal(Fit.Right, await FitAsync(school, "ｃａｆé lampe velours"));
        Assert.Equal(Fit.Wrong, await FitAsync(school, "cafe lampe velours"));
    }

    [BothEngines]
    public async Task An_old_hash_opens_as_it_was_typed_and_is_made_anew(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var db = school.Db();
        var old = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = 500 }));
        (await db.Users.SingleAsync(a => a.PersonId == school.Amira.Id)).TakePassword(old.HashPassword(null!, "cafe\u0301 lampe velours"), once: false);
        await db.SaveChangesAsync(Stop);

        Assert.Equal(Fit.RightButOld, await FitAsync(school, "cafe\u0301 lampe velours"));
        var id = (await school.Db().Users.SingleAsync(a => a.PersonId == school.Amira.Id)).Id;
        Assert.Equal(id, (await school.SignIn().RunAsync(new("amira", "cafe\u0301 lampe velours", "10.0.0.1", null, true, "Phone"), Stop)).RenewAccountId);
        await school.CheckPassword().RenewAsync(id, "guess", Stop);
        Assert.Equal(Fit.RightButOld, await FitAsync(school, "cafe\u0301 lampe velours"));

        await school.CheckPassword().RenewAsync(id, "cafe\u0301 lampe velours", Stop);

        Assert.Equal(Fit.Right, await FitAsync(school, "cafe\u0301 lampe velours"));
        Assert.Equal(Fit.Right, await FitAsync(school, "café lampe velours"));
    }

    [Fact]
    public void The_programs_hashes_have_210_000_rounds_or_more() => Assert.True(Passwords.Rounds >= 210_000);

    [BothEngines]
    public async Task A_one_time_password_ends_after_fourteen_days(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var made = (await school.Passwords().MakeAsync([school.Amira.Id], school.Hart.Id, Stop))[school.Amira.Id];
        Task<SignInAnswer> TryAsync() => school.SignIn().RunAsync(new("amira", made, "10.0.0.1", null, true, "Phone"), Stop);

        school.Clock.Advance(Passwords.OneTimeLasts - TimeSpan.FromMinutes(1));
        Assert.True(await TryAsync() is { MustChangePassword: true, SessionKey: not null });
        school.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await TryAsync() is { IsTooOld: true, SessionKey: null });
    }

    private static async Task<Fit?> FitAsync(TestSchool school, string typed) =>
        await school.CheckPassword().RunAsync(await school.Db().Users.AsNoTracking().SingleAsync(a => a.PersonId == school.Amira.Id), typed, isKnown: true,
            Stop);
}
