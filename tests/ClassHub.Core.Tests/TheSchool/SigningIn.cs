using ClassHub.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests;

/// <summary>Passwords of the school of the tests. The app's hash costs 100 ms on purpose; here it only has to be right.</summary>
internal static class SigningIn
{
    public const string Right = "three short words";
    public static readonly IOptions<PasswordHasherOptions> Quick = Options.Create(new PasswordHasherOptions { IterationCount = 1000 });
    public static readonly PasswordHasher<Account> Hasher = new(Quick);

    public static CheckPassword CheckPassword(this TestSchool school) => new(school.Db(), Hasher, Quick);
    public static SignIn SignIn(this TestSchool school) => new(school.Db(), school.CheckPassword(), school.Guesses, school.Room, school.Clock);
    public static Passwords Passwords(this TestSchool school) => new(school.Db(), new ConfirmPassword(school.Db(), school.CheckPassword(), school.Clock),
        Hasher, school.Clock);

    public static async Task GivePasswordAsync(this TestSchool school, Person person, string password = Right)
    {
        var db = school.Db();
        (await db.Users.SingleAsync(a => a.PersonId == person.Id)).TakePassword(Hasher.HashPassword(null!, password), once: false);
        await db.SaveChangesAsync(Stop);
    }
}
