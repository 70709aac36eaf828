using ClassHub.Classes;

namespace ClassHub.Rosters;

/// <summary>What a seat is called where a change is kept.</summary>
internal static class Seat
{
    public const string Pupil = "pupil", Teacher = "teacher", FirstTeacher = "first teacher";
}

/// <summary>A name as a change keeps it: the parts apart, so that undo can put them back.</summary>
internal sealed record FullName(string Forename, string Surname, string? Title)
{
    public override string ToString() => $"{Forename}\t{Surname}\t{Title}";
    public static FullName Of(string kept) => kept.Split('\t') is [var forename, var surname, var title, ..] ? new(forename, surname, title == "" ? null : title) : new(kept, kept, null);
}

internal sealed record ClassName(string Name, Subject? Subject)
{
    public override string ToString() => $"{Name}\t{Subject}";
    public static ClassName Of(string kept) => new(kept.Split('\t')[0], Enum.TryParse<Subject>(kept.Split('\t')[^1], out var subject) ? subject : null);
}
