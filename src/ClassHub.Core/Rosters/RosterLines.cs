using ClassHub.People;

namespace ClassHub.Rosters;

/// <summary>Collects what is understood of a file line by line; a line that is refused is listed and leaves nothing behind.</summary>
internal sealed class RosterLines
{
    public List<RosterPerson> People { get; } = [];
    public List<RosterClass> Classes { get; } = [];
    public List<RosterSeat> Seats { get; } = [];
    public List<BadLine> BadLines { get; } = [];
    public List<string> Notes { get; } = [];

    private readonly Dictionary<string, RosterPerson> byKey = new(StringComparer.Ordinal);

    public void Refuse(string file, int line, string reason) => BadLines.Add(new(file, line, reason));

    /// <summary>The person of this line, or the same person of a line before; nothing when the line was refused.</summary>
    public RosterPerson? Take(RosterPerson person)
    {
        var (forename, surname) = Person.Names(person.Forename, person.Surname);
        person = person with { Forename = forename, Surname = surname };
        if (Fault(person) is { } fault)
        {
            Refuse(person.File, person.Line, fault);
            return null;
        }
        if (byKey.TryAdd(person.Key, person))
        {
            People.Add(person);
            return person;
        }
        var before = byKey[person.Key];
        if (before with { Line = person.Line } == person) return before;
        Refuse(person.File, person.Line, $"has the id {Shown(person.Key)} like line {before.Line}, but says something else ({before.Name} there, {person.Name} here)");
        return null;
    }

    private static string? Fault(RosterPerson person) =>
        person.Key == "" ? "has no id"
        : person.Key.Length > 80 ? "has an id longer than 80 characters"
        : person.Forename == "" ? "has no name"
        : Person.IsTooLong(person.Forename) || Person.IsTooLong(person.Surname) ? $"has a name longer than {Person.LongestName} letters"
        : null;

    /// <summary>One hand may have written both, or a system may count capitals.</summary>
    private IEnumerable<string> AlikeIds() =>
        People.GroupBy(p => p.Key, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g =>
            $"{string.Join(" and ", g.Select(p => $"{p.Name} ({Shown(p.Key)}, line {p.Line})"))} "
            + "have ids that differ in capitals only. Are they different people?");

    private static string Shown(string key) => PlainText.Line(key, 40);

    public RosterContent Content(RosterKind kind, bool namesWholeSchool, bool namesSeats) =>
        new(kind, People, Classes, Seats, [.. BadLines.OrderBy(b => b.File, StringComparer.Ordinal).ThenBy(b => b.Number)], Notes, namesWholeSchool, namesSeats)
        {
            Questions = [.. AlikeIds()],
        };
}
