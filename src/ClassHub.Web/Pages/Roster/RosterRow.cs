using ClassHub.Rosters;

namespace ClassHub.Web.Pages.Roster;

/// <summary>A line of the table of changes, planned or done.</summary>
public sealed record RosterRow(RosterChangeKind Kind, string Who, string Where, string Before, string After)
{
    public static RosterRow Of(PlannedChange change) =>
        new(change.Kind, change.Who, change.Where, RosterCell.Of(change.Kind, change.Before), RosterCell.Of(change.Kind, change.After));

    public string Word => WordOf(Kind);
    public string Bar => Look.Bar;
    public string Chip => Look.Chip;
    public string Symbol => Look.Symbol;

    private (string Bar, string Chip, string Symbol) Look => Kind switch
    {
        RosterChangeKind.PersonJoins or RosterChangeKind.PersonReturns or RosterChangeKind.ClassNew or RosterChangeKind.MemberJoins => ("is-join", "good", "plus"),
        RosterChangeKind.PersonLeaves or RosterChangeKind.MemberLeaves or RosterChangeKind.GroupLeaves => ("is-leave", "bad", "minus"),
        _ => ("is-change", "warn", "pencil"),
    };

    public static string WordOf(RosterChangeKind kind) => kind switch
    {
        RosterChangeKind.PersonJoins => "New person",
        RosterChangeKind.PersonReturns => "Comes back",
        RosterChangeKind.PersonRenamed => "New name",
        RosterChangeKind.YearChanged => "New year",
        RosterChangeKind.ClassNew => "New class",
        RosterChangeKind.ClassRenamed => "Class renamed",
        RosterChangeKind.MemberJoins => "Joins class",
        RosterChangeKind.MemberLeaves => "Leaves class",
        RosterChangeKind.GroupLeaves => "Leaves group",
        _ => "Leaver",
    };
}
