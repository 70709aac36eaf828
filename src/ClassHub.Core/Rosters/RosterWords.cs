using System.Globalization;
using System.Text.RegularExpressions;
using ClassHub.Classes;

namespace ClassHub.Rosters;

/// <summary>School systems write the same thing in many ways; here each becomes the one ClassHub uses.</summary>
internal static partial class RosterWords
{
    private static readonly Dictionary<string, Subject> Subjects = Named(
        (Subject.Maths, "Mathematics;Math;Numeracy"),
        (Subject.English, "Literacy;English Language;English Literature;Reading;Writing;Phonics"),
        (Subject.Science, "Biology;Chemistry;Physics;Combined Science"),
        (Subject.Art, "Art and Design;Art & Design"),
        (Subject.Computing, "ICT;Computer Science"),
        (Subject.Languages, "French;Spanish;German;Modern Foreign Languages;MFL"),
        (Subject.Sport, "PE;Physical Education;Games"),
        (Subject.Religion, "RE;RS;Religious Education;Religious Studies"));

    private static Dictionary<string, Subject> Named(params (Subject Subject, string Names)[] all) =>
        all.SelectMany(a => a.Names.Split(';').Append(a.Subject.ToString()).Select(name => (name, a.Subject)))
            .Concat(Enum.GetValues<Subject>().Select(s => (name: s.ToString(), Subject: s))).DistinctBy(n => n.name).ToDictionary(n => n.name, n => n.Subject, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(?:year|yr|y|nc year|grade)?\s*0*(\d{1,2})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex YearNumber();

    public static Subject? SubjectOf(string? words) =>
        Subjects.TryGetValue(PlainText.Line(words?.Split(',')[0], 60), out var subject) ? subject : null;

    /// <summary>"5 Maple Maths" is the class "5 Maple" in Maths; "Choir" in Music stays "Choir".</summary>
    public static (string Name, Subject? Subject) ClassOf(string title, string? subjectWords)
    {
        var name = PlainText.Line(title, RosterLimits.Cell);
        var lastSpace = name.LastIndexOf(' ');
        var subject = SubjectOf(subjectWords) ?? (lastSpace > 0 ? SubjectOf(name[(lastSpace + 1)..]) : null);
        if (subject is null) return (name, null);
        foreach (var ending in new[] { PlainText.Line(subjectWords?.Split(',')[0], 60), subject.Value.ToString(), lastSpace > 0 && SubjectOf(name[(lastSpace + 1)..]) == subject ? name[(lastSpace + 1)..] : "" })
            if (ending != "" && name.EndsWith(" " + ending, StringComparison.OrdinalIgnoreCase) && name[..^ending.Length].TrimEnd(' ', '-', '·', ':', ',', '(') is { Length: > 0 } shorter)
                return (shorter, subject);
        return (name, subject);
    }

    /// <summary>"5", "05", "Y5" and "Year 5" are "Year 5"; anything else stays as the school writes it.</summary>
    public static string? YearOf(string words)
    {
        words = PlainText.Line(words.Split(',')[0], 30);
        if (words == "") return null;
        if (YearNumber().Match(words) is { Success: true } match && int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is > 0 and var number) return $"Year {number}";
        return words.ToUpperInvariant() is "R" or "KG" or "0" or "RECEPTION" ? "Reception" : words;
    }
}
