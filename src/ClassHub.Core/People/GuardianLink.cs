namespace ClassHub.People;

/// <summary>Somebody who looks after a pupil. Asked for, agreed to by the office, accepted by the guardian, and over at once when it is ended. Two guardians of one pupil never learn of each other here.</summary>
public sealed class GuardianLink
{
    /// <summary>How long an invitation can be accepted.</summary>
    public static readonly TimeSpan InviteLasts = TimeSpan.FromDays(7);
    public const int CodeLength = 8, MostTries = 5;

    public int Id { get; private set; }
    public int GuardianId { get; private set; }
    public Person Guardian { get; private set; } = null!;
    public int PupilId { get; private set; }
    public Person Pupil { get; private set; } = null!;
    public int InvitedById { get; private set; }
    public DateTimeOffset InvitedAt { get; private set; }
    /// <summary>A teacher's invitation waits for this; the office's own has it from the start.</summary>
    public DateTimeOffset? ApprovedAt { get; private set; }
    public DateTimeOffset? AcceptedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    /// <summary>Printed on a slip that the school hands over, so that a message to a wrong address opens nothing. None: invited before there were
    /// slips.</summary>
    public string? Code { get; private set; }
    /// <summary>How often a code was typed; after <see cref="MostTries"/> only the office helps.</summary>
    public int CodeTries { get; private set; }

    private GuardianLink() { }

    /// <exception cref="RuleBroken">Not a guardian, or not a pupil.</exception>
    public GuardianLink(Person guardian, Person pupil, int invitedById, bool isApproved, DateTimeOffset now)
    {
        if (guardian.Role != Role.Guardian || pupil.Role != Role.Pupil) throw new RuleBroken("A guardian looks after a pupil.");
        (Guardian, GuardianId, Pupil, PupilId, InvitedById, InvitedAt) = (guardian, guardian.Id, pupil, pupil.Id, invitedById, now);
        if (isApproved) ApprovedAt = now;
        Code = RandomKey.ForReading(CodeLength);
    }

    public bool IsWaiting => ApprovedAt is null && EndedAt is null;
    public bool IsOpen => ApprovedAt is not null && AcceptedAt is null && EndedAt is null;
    public bool IsActive => ApprovedAt is not null && AcceptedAt is not null && EndedAt is null;

    public void Approve(DateTimeOffset now)
    {
        // The week begins when the invitation goes out.
        if (ApprovedAt is null) InvitedAt = now;
        ApprovedAt ??= now;
    }

    /// <summary>Holds for a week again. The slip stays good, unless its code was guessed at too often.</summary>
    public void InviteAgain(DateTimeOffset now)
    {
        InvitedAt = now;
        if (Code is not null && CodeTries < MostTries) return;
        (Code, CodeTries) = (RandomKey.ForReading(CodeLength), 0);
    }

    /// <summary>Whether this is the code of the slip, however it was typed.</summary>
    public bool IsCode(string? typed) => Code is null || string.Concat((typed ?? "").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)) == Code;

    /// <exception cref="RuleBroken">Taken back, not agreed to, or more than a week ago.</exception>
    public void Accept(DateTimeOffset now)
    {
        if (EndedAt is not null || ApprovedAt is null || (AcceptedAt is null && now > InvitedAt + InviteLasts)) throw new RuleBroken("This invitation holds no more. Ask the school for a new one.");
        AcceptedAt ??= now;
    }

    public void End(DateTimeOffset now) => EndedAt ??= now;
}
