using Microsoft.AspNetCore.Identity;

namespace ClassHub.People;

/// <summary>A way to sign in: a short username and, once one was made, a password. Never an e-mail address for pupils.</summary>
public sealed class Account : IdentityUser<int>
{
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    /// <summary>Set with a one-time password: it opens nothing but the page where a new one is chosen.</summary>
    public bool MustChangePassword { get; private set; }
    /// <summary>Kept when the session is gone: who has never come in, and who not for a month, needs a call.</summary>
    public DateTimeOffset? LastSignInAt { get; private set; }

    private Account() { }

    public Account(Person person, string userName)
    {
        Person = person;
        Rename(userName);
        SecurityStamp = RandomKey.Hex();
    }

    public bool HasPassword => PasswordHash is not null;

    /// <exception cref="RuleBroken">Not 2 to 30 letters, digits, dots or hyphens.</exception>
    public void Rename(string userName)
    {
        var name = Usernames.Tidy(userName);
        if (name.Length is < 2 or > 30) throw new RuleBroken("A username has 2 to 30 letters, digits, dots or hyphens.", "UserName");
        (UserName, NormalizedUserName) = (name, Usernames.Normal(name));
    }

    /// <param name="hash">Made outside any transaction: it costs about 50 ms of processor time.</param>
    public void TakePassword(string hash, bool once)
    {
        (PasswordHash, MustChangePassword) = (hash, once);
        SecurityStamp = RandomKey.Hex();
    }
}
