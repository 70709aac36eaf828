namespace ClassHub.Rosters;

/// <summary>What a change was before or is after, for a table.</summary>
public static class RosterCell
{
    private static string Said(FullName name) => PlainText.Line($"{name.Title} {name.Forename} {name.Surname}", 200);
    private static string Said(ClassName name) => Classes.SchoolClass.Called(name.Name, name.Subject);

    public static string Of(RosterChangeKind kind, string? kept) => (kind, kept) switch
    {
        (_, null or "") or (RosterChangeKind.PersonLeaves, _) => "",
        (RosterChangeKind.PersonRenamed, _) => Said(FullName.Of(kept)),
        (RosterChangeKind.ClassNew or RosterChangeKind.ClassRenamed, _) => Said(ClassName.Of(kept)),
        (RosterChangeKind.PersonJoins, _) => kept.Split('\t') is [_, _, _, var year, var userName] ? PlainText.Line($"{year}, signs in as {userName}", 200).TrimStart(',', ' ') : kept,
        (RosterChangeKind.MemberLeaves, _) when kept.Contains('\t') => KeptSeat.Of(kept).IsTeacher ? Seat.Teacher : Seat.Pupil,
        (RosterChangeKind.GroupLeaves, _) => "group",
        (RosterChangeKind.PersonReturns or RosterChangeKind.YearChanged or RosterChangeKind.MemberJoins or RosterChangeKind.MemberLeaves, _) => kept,
    };

    /// <summary>Whom a change was about when the person is gone since.</summary>
    public static string NameOf(RosterChangeKind kind, string after) =>
        kind is RosterChangeKind.PersonJoins or RosterChangeKind.PersonRenamed && FullName.Of(after) is var name
            ? People.Person.FullName(name.Forename, name.Surname)
        : kind is RosterChangeKind.ClassNew or RosterChangeKind.ClassRenamed ? "" : "Somebody who is gone";

    /// <summary>Which class it was about when the class is gone since.</summary>
    public static string ClassOf(RosterChangeKind kind, string after) => kind == RosterChangeKind.ClassNew ? Of(kind, after) : "";
}
