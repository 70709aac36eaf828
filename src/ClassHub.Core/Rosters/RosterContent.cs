using ClassHub.Classes;
using ClassHub.People;

namespace ClassHub.Rosters;

/// <summary>A person as the file has them. Only what ClassHub keeps: no e-mail address, telephone number or password is ever read.</summary>
/// <param name="OtherKey">A second id of the school, by which the person may already be known.</param>
public sealed record RosterPerson(string File, int Line, string Key, string? OtherKey, Role Role, string Forename, string Surname, string? Title, string? YearGroup, string? UserName, bool IsOffice)
{
    public string Name => ClassHub.People.Person.FullName(Forename, Surname);
}

public sealed record RosterClass(string Key, string Name, Subject? Subject);

public sealed record RosterSeat(string PersonKey, string ClassKey, bool IsTeacher, bool IsFirst);

/// <summary>A line that cannot be taken in as it is, and why.</summary>
public sealed record BadLine(string File, int Number, string Reason);

/// <summary>What was understood of a file. This, and not the file itself, is kept between the first look and the moment it is applied.</summary>
/// <param name="NamesWholeSchool">Whoever is not in it has left; else only the years and classes it names are complete.</param>
public sealed record RosterContent(RosterKind Kind, IReadOnlyList<RosterPerson> People, IReadOnlyList<RosterClass> Classes, IReadOnlyList<RosterSeat> Seats,
    IReadOnlyList<BadLine> BadLines, IReadOnlyList<string> Notes, bool NamesWholeSchool, bool NamesSeats)
{
    /// <summary>What must be answered before it is applied, in sentences.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];
    /// <summary>The same file read in other encodings, where this one made unlikely names; the likeliest first.</summary>
    public IReadOnlyList<RosterReading> Others { get; init; } = [];
}

/// <param name="Key">"windows-1250"</param>
/// <param name="Called">"Central European"</param>
/// <param name="Example">A name that this encoding makes of an unlikely one.</param>
public sealed record RosterReading(string Key, string Called, string Example, RosterContent Content);
