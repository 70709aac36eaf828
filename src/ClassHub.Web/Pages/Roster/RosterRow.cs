using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Rosters;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Roster;

/// <summary>A line of the table of changes, planned or done.</summary>
public sealed record RosterRow(RosterChangeKind Kind, string Who, string Where, string Before, string After)
{
    public static RosterRow Of(PlannedChange change) =>
        new(change.Kind, change.Who, change.Where, RosterCell.Of(change.Kind, change.Before), RosterCell.Of(change.Kind, change.After));

    /// <summary>What was done, with the names of today; the name of then where somebody is gone.</summary>
    public static async Task<IReadOnlyList<RosterRow>> DoneAsync(ClassHubDb db, IQueryable<RosterChange> changes, int most, CancellationToken stop)
    {
        var some = await changes.OrderBy(c => c.Id).Take(most).Select(c => new
        {
            c.Kind,
            c.Before,
            c.After,
            Who = db.People.Where(p => p.Id == c.PersonId).Select(p => p.Name).FirstOrDefault(),
            Where = db.Classes.Where(x => x.Id == c.ClassId).Select(x => new { x.Name, x.Subject }).FirstOrDefault(),
        }).ToListAsync(stop);
        return [.. some.Select(c => new RosterRow(c.Kind, c.Who ?? RosterCell.NameOf(c.Kind, c.After), c.Where is null ? RosterCell.ClassOf(c.Kind, c.After) : SchoolClass.Called(c.Where.Name, c.Where.Subject),
            RosterCell.Of(c.Kind, c.Before), RosterCell.Of(c.Kind, c.After)))];
    }

    public string Word => WordOf(Kind);
    public string Bar => Look.Bar;
    public string Chip => Look.Chip;
    public string Symbol => Look.Symbol;

    private (string Bar, string Chip, string Symbol) Look => Kind switch
    {
        RosterChangeKind.PersonJoins or RosterChangeKind.PersonReturns or RosterChangeKind.ClassNew or RosterChangeKind.MemberJoins => ("is-join", "good", "plus"),
        RosterChangeKind.PersonLeaves or RosterChangeKind.MemberLeaves or RosterChangeKind.GroupLeaves => ("is-leave", "bad", "minus"),
        RosterChangeKind.PersonRenamed or RosterChangeKind.YearChanged or RosterChangeKind.ClassRenamed => ("is-change", "warn", "pencil"),
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
        RosterChangeKind.PersonLeaves => "Leaver",
    };
}
