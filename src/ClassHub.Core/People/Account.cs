using Microsoft.AspNetCore.Identity;

namespace ClassHub.People;

/// <summary>A way to sign in: a short username and, once one was made, a password. Never an e-mail address for pupils.</summary>
public sealed class Account : IdentityUser<int>
{
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    /// <summary>Set with a one-time password: it opens nothing but the page where a new one is chosen.</summary>
    public bool MustChangePassword { get; private set; }
    /// <summary>When a one-time password opens nothing any more; none for a password of one's own.</summary>
    public DateTimeOffset? PasswordEndsAt { get; private set; }
    /// <summary>Who made the one-time password for this person, and when: they read it when they choose their own.</summary>
    public int? PasswordById { get; private set; }
    public DateTimeOffset? PasswordMadeAt { get; private set; }
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
    public bool IsTooOld(DateTimeOffset now) => MustChangePassword && PasswordEndsAt <= now;

    /// <exception cref="RuleBroken">Not 2 to 30 letters a to z or digits.</exception>
    public void Rename(string userName)
    {
        var name = Usernames.Tidy(userName);
        if (name.Length is < Usernames.Shortest or > Usernames.Longest) throw new RuleBroken("A username has 2 to 30 letters a to z or digits.", "UserName");
        (UserName, NormalizedUserName) = (name, Usernames.Normal(name));
    }

    /// <param name="hash">Made outside any transaction: it costs about 100 ms of processor time.</param>
    public void TakePassword(string hash, bool once)
    {
        (PasswordHash, MustChangePassword, PasswordEndsAt, PasswordById, PasswordMadeAt) = (hash, once, null, null, null);
        SecurityStamp = RandomKey.Hex();
    }

    /// <summary>A one-time password, made by somebody else.</summary>
    public void TakeOneTime(string hash, int byPersonId, DateTimeOffset now)
    {
        TakePassword(hash, once: true);
        (PasswordEndsAt, PasswordById, PasswordMadeAt) = (now + Passwords.OneTimeLasts, byPersonId, now);
    }
}
