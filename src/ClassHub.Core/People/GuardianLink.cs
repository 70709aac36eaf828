namespace ClassHub.People;

/// <summary>Somebody who looks after a pupil. Asked for, agreed to by the office, accepted by the guardian, and over at once when it is ended. Two guardians of one pupil never learn of each other here.</summary>
public sealed class GuardianLink
{
    /// <summary>How long an invitation can be accepted.</summary>
    public static readonly TimeSpan InviteLasts = TimeSpan.FromDays(7);

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

    private GuardianLink() { }

    /// <exception cref="RuleBroken">Not a guardian, or not a pupil.</exception>
    public GuardianLink(Person guardian, Person pupil, int invitedById, bool isApproved, DateTimeOffset now)
    {
        if (guardian.Role != Role.Guardian || pupil.Role != Role.Pupil) throw new RuleBroken("A guardian looks after a pupil.");
        (Guardian, GuardianId, Pupil, PupilId, InvitedById, InvitedAt) = (guardian, guardian.Id, pupil, pupil.Id, invitedById, now);
        if (isApproved) ApprovedAt = now;
    }

    public bool IsWaiting => ApprovedAt is null && EndedAt is null;
    public bool IsActive => ApprovedAt is not null && AcceptedAt is not null && EndedAt is null;

    public void Approve(DateTimeOffset now)
    {
        // The week begins when the invitation goes out.
        if (ApprovedAt is null) InvitedAt = now;
        ApprovedAt ??= now;
    }

    /// <exception cref="RuleBroken">Taken back, not agreed to, or more than a week ago.</exception>
    public void Accept(DateTimeOffset now)
    {
        if (EndedAt is not null || ApprovedAt is null || (AcceptedAt is null && now > InvitedAt + InviteLasts)) throw new RuleBroken("This invitation holds no more. Ask the school for a new one.");
        AcceptedAt ??= now;
    }

    public void End(DateTimeOffset now) => EndedAt ??= now;
}
