using ClassHub.People;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tests.Accounts;

public sealed class UsernamesTests
{
    [Theory]
    [InlineData("Amira", "Haddad", "amirah")]
    [InlineData("Zoë", "Østergård", "zoeo")]
    [InlineData("Mary Jane", "O'Neill", "maryo")]
    [InlineData("José-Luis", "de la Cruz", "joseluisd")]
    [InlineData("Li", "Wu", "liw")]
    [InlineData("X", "", "xp")]
    [InlineData("Đorđe", "Ђорђевић", "dorded")]
    [InlineData("Иван", "Петров", "ivanp")]
    [InlineData("محمد", "عبد الله", "mhmda")]
    [InlineData("İbrahim", "Işık", "ibrahimi")]
    [InlineData("D'Arcy", "O’Neill", "darcyo")]
    [InlineData("X Æ A-12", "Musk", "xm")]
    [InlineData("李", "Smith", "smith")]
    [InlineData("Budi", "", "budi")]
    public void A_name_that_a_child_can_type_is_suggested(string forename, string surname, string suggested) => Assert.Equal(suggested, Usernames.Suggest(forename, surname));

    [Fact]
    public void A_taken_name_gets_the_first_free_number()
    {
        var taken = new HashSet<string> { "AMIRAH", "AMIRAH2" };

        Assert.Equal(["amirah3", "amirah4", "ben"], [Usernames.Free("amirah", taken), Usernames.Free("Amirah", taken), Usernames.Free("ben", taken)]);
    }

    [Theory]
    [InlineData("李", "小龙")]
    [InlineData("สมชาย", "ใจดี")]
    public void A_name_without_a_letter_from_a_to_z_gets_a_word_and_a_number(string forename, string surname)
    {
        Assert.Matches("^[a-z]{3,}[0-9]{2}$", Usernames.Suggest(forename, surname));
        Assert.Equal(Usernames.Suggest(forename, surname), Usernames.Suggest(forename, surname));
    }

    [BothEngines]
    public async Task Whoever_has_a_username_with_a_dot_or_of_other_letters_finds_their_account_with_it(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        async Task<string?> Find(string typed) => (await school.Db().Users.FindAccountAsync(typed, TestSchool.Stop))?.UserName;
        await school.Db().Users.Where(a => a.PersonId == school.Amira.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.UserName, "a.haddad").SetProperty(a => a.NormalizedUserName, "A.HADDAD"));
        await school.Db().Users.Where(a => a.PersonId == school.Kai.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.UserName, "оля").SetProperty(a => a.NormalizedUserName, "ОЛЯ"));

        Assert.Equal("a.haddad", await Find("A.Haddad"));
        Assert.Equal("оля", await Find("Оля"));
        Assert.Equal("ben", await Find("B.e-n"));
        Assert.Null(await Find("ahaddad"));
        Assert.Null(await Find("李"));
    }

    [Fact]
    public void Every_suggestion_is_a_username_that_an_account_takes() => Gen.Select(Gen.String, Gen.String).Sample((forename, surname) =>
    {
        var name = Usernames.Free(Usernames.Suggest(forename, surname), new HashSet<string>());
        Assert.All(name, c => Assert.True(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));
        var account = new Account(new Person(Role.Pupil, "A", "B", Everybody.MondayNine), name);
        Assert.InRange(account.UserName!.Length, 2, 30);
        Assert.Equal(Usernames.Normal(name), account.NormalizedUserName);
    }, iter: 20_000);
}
