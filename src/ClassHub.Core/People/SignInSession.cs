namespace ClassHub.People;

/// <summary>One device on which a person is signed in. The cookie holds the key, the row only its hash; no row, no sign-in.</summary>
public sealed class SignInSession
{
    public int Id { get; private set; }
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    public byte[] KeyHash { get; private set; } = [];
    public DateTimeOffset StartedAt { get; private set; }
    /// <summary>Written at most once a minute.</summary>
    public DateTimeOffset LastUsedAt { get; private set; }
    /// <summary>Over at this moment even when in use.</summary>
    public DateTimeOffset EndsAt { get; private set; }
    public int IdleMinutes { get; private set; }
    /// <summary>A device that others use too: nothing is kept on it.</summary>
    public bool IsShared { get; private set; }
    /// <summary>"Phone, Chrome": enough to recognise it, nothing that follows a child around.</summary>
    public string Device { get; private set; } = "";

    private SignInSession() { }

    /// <summary>Shared device: 20 idle minutes, 8 hours at most. Own device: 30 days after last use. Staff: 8 idle hours, 7 days at most.</summary>
    public SignInSession(Person person, string key, bool isShared, string device, DateTimeOffset now)
    {
        Person = person;
        PersonId = person.Id;
        KeyHash = RandomKey.HashOf(key);
        (StartedAt, LastUsedAt, IsShared, Device) = (now, now, isShared, PlainText.Line(device, 60));
        var (idle, most) = (isShared, person.Role) switch
        {
            (true, _) => (TimeSpan.FromMinutes(20), TimeSpan.FromHours(8)),
            (false, Role.Staff) => (TimeSpan.FromHours(8), TimeSpan.FromDays(7)),
            (false, Role.Pupil or Role.Guardian) => (TimeSpan.FromDays(30), TimeSpan.FromDays(365)),
        };
        (IdleMinutes, EndsAt) = ((int)idle.TotalMinutes, now + most);
    }

    public static bool IsOver(DateTimeOffset lastUsedAt, int idleMinutes, DateTimeOffset endsAt, DateTimeOffset now) =>
        now >= endsAt || now >= lastUsedAt.AddMinutes(idleMinutes);
}
