using ClassHub.People;

namespace ClassHub.Rosters;

public enum RosterKind { OneRoster, OfficeSheet }

public enum RosterChangeKind { PersonJoins, PersonReturns, PersonRenamed, YearChanged, ClassNew, ClassRenamed, MemberJoins, MemberLeaves, GroupLeaves, PersonLeaves }

/// <summary>One file from the school's own system: read, looked at, perhaps applied, perhaps taken back.</summary>
public sealed class RosterImport
{
    public static readonly TimeSpan UndoLasts = TimeSpan.FromDays(30);

    public int Id { get; private set; }
    public DateTimeOffset At { get; private set; }
    public int ByPersonId { get; private set; }
    public string FileName { get; private set; } = "";
    public RosterKind Kind { get; private set; }
    /// <summary>What was read from the file; let go once it is applied or a month old.</summary>
    public int? FileId { get; private set; }
    public string? PlanHash { get; private set; }
    public DateTimeOffset? AppliedAt { get; private set; }
    public DateTimeOffset? UndoneAt { get; private set; }
    /// <summary>What it changed, in sentences.</summary>
    public string Summary { get; private set; } = "";
    /// <summary>What undo left alone because somebody had changed or used it since, a line each.</summary>
    public string Stayed { get; private set; } = "";

    private RosterImport() { }

    public RosterImport(string? fileName, RosterKind kind, int fileId, int byPersonId, DateTimeOffset now)
    {
        (Kind, FileId, ByPersonId, At) = (kind, fileId, byPersonId, now);
        FileName = PlainText.Line(fileName?.Split('/', '\\')[^1], 120) is { Length: > 0 } name ? name : "roster";
    }

    public bool MayBeUndone(DateTimeOffset now) => AppliedAt is { } at && UndoneAt is null && now < at + UndoLasts;

    public void Apply(string planHash, string summary, DateTimeOffset now) =>
        (PlanHash, Summary, AppliedAt, FileId) = (planHash, PlainText.Line(summary, 500), now, null);

    /// <exception cref="RuleBroken">Not applied, already taken back, or too long ago.</exception>
    public void Undo(DateTimeOffset now)
    {
        if (AppliedAt is null) throw new RuleBroken("This roster was never applied, so there is nothing to take back.");
        if (UndoneAt is not null) throw new RuleBroken("This roster was already taken back.");
        if (!MayBeUndone(now)) throw new RuleBroken("A roster can be taken back for 30 days. This one is older: change what is wrong by hand.");
        UndoneAt = now;
    }

    public void NoteWhatStayed(IReadOnlyCollection<string> sentences) =>
        Stayed = string.Join('\n', sentences.Take(200)) + (sentences.Count > 200 ? $"\n… and {sentences.Count - 200} more." : "");
}

/// <summary>One thing an import changed, with what was there before: enough to take it back.</summary>
public sealed class RosterChange
{
    /// <summary>Of what was before and is after, in characters: both names of a person, the title, the year and the username.</summary>
    public const int Longest = 2 * Person.LongestKeptName + 100;

    public long Id { get; private set; }
    public int ImportId { get; private set; }
    public RosterChangeKind Kind { get; private set; }
    public int? PersonId { get; private set; }
    public int? ClassId { get; private set; }
    public string Before { get; private set; } = "";
    public string After { get; private set; } = "";

    private RosterChange() { }
    public RosterChange(int importId, RosterChangeKind kind, int? personId, int? classId, string? before, string? after) =>
        (ImportId, Kind, PersonId, ClassId, Before, After) = (importId, kind, personId, classId, before ?? "", after ?? "");
}
