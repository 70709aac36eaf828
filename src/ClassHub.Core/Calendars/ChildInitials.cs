using System.Globalization;
using ClassHub.Classes;

namespace ClassHub.Calendars;

/// <summary>Tells a guardian of several whose date it is where others may read along: by a letter, never by a name.</summary>
public static class ChildInitials
{
    /// <summary>By pupil, in the order of the family's page; two with the same letter are A1 and A2. None for a guardian of one.</summary>
    public static IReadOnlyDictionary<int, string> Of(IReadOnlyList<Child> children)
    {
        var letters = children.ToLookup(c => Letter(c.Forename));
        var initials = letters.SelectMany(same => same.Select((child, place) =>
            (child.PupilId, Initial: same.Count() == 1 ? same.Key : $"{same.Key}{place + 1}")));
        return children.Count < 2 ? new Dictionary<int, string>() : initials.ToDictionary(c => c.PupilId, c => c.Initial);
    }

    private static string Letter(string forename) => forename == "" ? "?" : StringInfo.GetNextTextElement(forename).ToUpper(CultureInfo.InvariantCulture);
}
