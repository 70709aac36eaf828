using ClassHub.People;

namespace ClassHub.Classes;

/// <summary>Opens a request to join one class for a day. It never shows a name, and a wrong, expired or revoked code look alike.</summary>
public sealed class JoinCode
{
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);
    /// <summary>Nine characters of 31 are 44 bits.</summary>
    private const int Length = 9;

    public int Id { get; private set; }
    public int ClassId { get; private set; }
    public string Code { get; private set; } = "";
    public int MadeById { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }

    private JoinCode() { }
    public JoinCode(int classId, int madeById, DateTimeOffset now) => (ClassId, MadeById, Code, ExpiresAt) = (classId, madeById, RandomKey.ForReading(Length), now + Lasts);

    /// <summary>"ABC DEF GHJ"</summary>
    public string InGroups => $"{Code[..3]} {Code[3..6]} {Code[6..]}";

    /// <summary>What a person typed, without spaces and hyphens, upper case.</summary>
    public static string Typed(string? text) => new([.. (text ?? "").Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant).Take(20)]);
}

/// <summary>Somebody asks to join a class; a teacher of it decides.</summary>
public sealed class JoinRequest
{
    public int Id { get; private set; }
    public int ClassId { get; private set; }
    /// <summary>Set when the request was made signed in, or once a newcomer was admitted.</summary>
    public int? PersonId { get; private set; }
    public string Forename { get; private set; } = "";
    public string Surname { get; private set; } = "";
    public DateTimeOffset AskedAt { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public int? DecidedById { get; private set; }
    public bool IsAdmitted { get; private set; }

    private JoinRequest() { }

    public JoinRequest(int classId, int? personId, string? forename, string? surname, DateTimeOffset now)
    {
        (ClassId, PersonId, AskedAt) = (classId, personId, now);
        (Forename, Surname) = Person.Names(forename, surname);
        if (Forename == "") throw new RuleBroken("Write your name.", "Forename");
        if (Person.IsTooLong(Forename) || Person.IsTooLong(Surname)) throw new RuleBroken($"A name has at most {Person.LongestName} letters.", "Forename");
    }

    public void Decide(bool admit, int? personId, int byPersonId, DateTimeOffset now)
    {
        if (DecidedAt is not null) return;
        (DecidedAt, DecidedById, IsAdmitted) = (now, byPersonId, admit);
        PersonId ??= personId;
    }
}
