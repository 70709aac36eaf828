using System.Globalization;

namespace ClassHub.Rosters;

/// <summary>A plan in plain words: "12 join 5 Maple, 3 are no longer in it."</summary>
public static class RosterSentences
{
    private const int MostClasses = 12;

    public static IReadOnlyList<string> Of(IReadOnlyCollection<PlannedChange> changes)
    {
        var said = new List<string>();
        var all = changes.ToLookup(c => c.Kind);
        Say(said, all[RosterChangeKind.PersonJoins], "is new in the school", "are new in the school");
        Say(said, all[RosterChangeKind.PersonReturns], "comes back", "come back");
        Say(said, all[RosterChangeKind.PersonRenamed], "changed name", "changed their names", c => $"{Before(c)} is now {c.Who}");
        Say(said, all[RosterChangeKind.YearChanged], "moves to another year", "move to another year", c => $"{c.Who}, {c.After}");
        if (all[RosterChangeKind.ClassNew].Count() is > 0 and var made) said.Add($"{Number(made)} {(made == 1 ? "class is" : "classes are")} new: {Some(all[RosterChangeKind.ClassNew].Select(c => c.Where))}.");
        if (all[RosterChangeKind.ClassRenamed].Count() is > 0 and var named) said.Add($"{Number(named)} {(named == 1 ? "class has" : "classes have")} a new name: {Some(all[RosterChangeKind.ClassRenamed].Select(c => c.Where))}.");
        SayClasses(said, all);
        Say(said, all[RosterChangeKind.PersonLeaves], "is not in the file any more", "are not in the file any more");
        return said;
    }

    private static void SayClasses(List<string> said, ILookup<RosterChangeKind, PlannedChange> all)
    {
        var classes = all[RosterChangeKind.MemberJoins].Concat(all[RosterChangeKind.MemberLeaves]).GroupBy(c => c.Where).OrderBy(c => c.Key, StringComparer.CurrentCultureIgnoreCase).ToList();
        foreach (var one in classes.Take(MostClasses))
        {
            var joins = one.Count(c => c.Kind == RosterChangeKind.MemberJoins);
            var leaves = one.Count() - joins;
            said.Add((joins, leaves) switch
            {
                (_, 0) => $"{Number(joins)} {(joins == 1 ? "joins" : "join")} {one.Key}.",
                (0, _) => $"{Number(leaves)} {(leaves == 1 ? "leaves" : "leave")} {one.Key}.",
                _ => $"{Number(joins)} {(joins == 1 ? "joins" : "join")} {one.Key}, {Number(leaves)} {(leaves == 1 ? "leaves" : "leave")} it.",
            });
        }
        if (classes.Count > MostClasses) said.Add($"{Number(classes.Count - MostClasses)} more classes get or lose people.");
    }

    private static void Say(List<string> said, IEnumerable<PlannedChange> some, string one, string many, Func<PlannedChange, string>? name = null)
    {
        var list = some.ToList();
        if (list.Count == 0) return;
        var names = list.Count <= 4 ? ": " + string.Join(", ", list.Select(name ?? (c => c.Who))) : "";
        said.Add($"{Number(list.Count)} {(list.Count == 1 ? one : many)}{names}.");
    }

    private static string Before(PlannedChange change) => FullName.Of(change.Before ?? "") is var old ? People.Person.FullName(old.Forename, old.Surname) : "";
    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static string Some(IEnumerable<string> names)
    {
        var list = names.ToList();
        return string.Join(", ", list.Take(5)) + (list.Count > 5 ? $" and {list.Count - 5} more" : "");
    }
}
