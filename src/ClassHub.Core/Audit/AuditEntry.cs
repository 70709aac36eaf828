using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClassHub.Audit;

public enum AuditAction
{
    OpenedWork, OpenedTask, OpenedPost, OpenedPerson, ReadAudit,
    AppliedRoster, UndidRoster, DisabledPerson, EnabledPerson, ChangedRole, MadePassword, ChangedSettings, SetUpSchool, EndedSessions, AdmittedNewcomer, AddedToClass, RemovedFromClass, DownloadedBackup,
    InvitedGuardian, ApprovedGuardian, EndedGuardian, OpenedGuardian, SentUrgent,
    AddedPerson, RenamedAccount, AddedTeacher, RemovedTeacher, MadeFirstTeacher, AskedToTeach, AnsweredTeacher, ArchivedClass, RestoredClass,
    LetIn, AcceptedGuardian, ChangedAddress,
}

/// <summary>What a member of staff did that the school must be able to answer for. Append-only; each row carries the hash of the one before.</summary>
public sealed class AuditEntry
{
    public long Id { get; private set; }
    public DateTimeOffset At { get; private set; }
    public int ActorId { get; private set; }
    public AuditAction Action { get; private set; }
    /// <summary>The id of what was opened or changed; which table it means follows from the action.</summary>
    public int SubjectId { get; private set; }
    /// <summary>What the person typed, or a sentence made by ClassHub. At most 500 characters.</summary>
    public string Reason { get; private set; } = "";
    /// <summary>Hash of the entry before; unique, so two writers cannot both append after the same entry.</summary>
    public string PreviousHash { get; private set; } = "";
    public string Hash { get; private set; } = "";

    private AuditEntry() { }

    public AuditEntry(AuditEntry? previous, DateTimeOffset at, int actorId, AuditAction action, int subjectId, string reason)
    {
        (At, ActorId, Action, SubjectId, Reason) = (at, actorId, action, subjectId, PlainText.Line(reason, 500));
        PreviousHash = previous?.Hash ?? "";
        Hash = HashOfContent();
    }

    /// <summary>SHA-256 over the fields and the hash before: a row changed behind our back no longer matches.</summary>
    public string HashOfContent() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        PreviousHash, At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffff", CultureInfo.InvariantCulture), ActorId.ToString(CultureInfo.InvariantCulture), Action, SubjectId.ToString(CultureInfo.InvariantCulture), Reason))));
}
