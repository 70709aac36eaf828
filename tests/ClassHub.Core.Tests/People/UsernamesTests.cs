using ClassHub.People;
using CsCheck;

namespace ClassHub.Tests.Accounts;

public sealed class UsernamesTests
{
    [Theory]
    [InlineData("Amira", "Haddad", "amirah")]
    [InlineData("Zoë", "Østergård", "zoeo")]
    [InlineData("Mary Jane", "O'Neill", "maryo")]
    [InlineData("José-Luis", "de la Cruz", "jose-luisd")]
    [InlineData("Li", "Wu", "liw")]
    [InlineData("X", "", "xp")]
    [InlineData("", "", "pu")]
    [InlineData("李", "小龙", "李小")]
    public void A_name_that_a_child_can_type_is_suggested(string forename, string surname, string suggested) => Assert.Equal(suggested, Usernames.Suggest(forename, surname));

    [Fact]
    public void A_taken_name_gets_the_first_free_number()
    {
        var taken = new HashSet<string> { "AMIRAH", "AMIRAH2" };

        Assert.Equal(["amirah3", "amirah4", "ben"], [Usernames.Free("amirah", taken), Usernames.Free("Amirah", taken), Usernames.Free("ben", taken)]);
    }

    [Fact]
    public void Every_suggestion_is_a_username_that_an_account_takes() => Gen.Select(Gen.String, Gen.String).Sample((forename, surname) =>
    {
        var name = Usernames.Free(Usernames.Suggest(forename, surname), new HashSet<string>());
        var account = new Account(new Person(Role.Pupil, "A", "B", Everybody.MondayNine), name);
        Assert.InRange(account.UserName!.Length, 2, 30);
        Assert.Equal(Usernames.Normal(name), account.NormalizedUserName);
    }, iter: 20_000);
}
