using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Rosters;

internal sealed record KnownPerson(int Id, string? Key, Role Role, string Forename, string Surname, string? Title, string? YearGroup, bool IsDisabled)
{
    public string Name => Person.FullName(Forename, Surname);
}

internal sealed record KnownClass(int Id, string? Key, string Name, Subject? Subject, bool IsArchived)
{
    public string FullName => SchoolClass.Called(Name, Subject);
}

internal sealed record KnownSeat(int ClassId, int PersonId, bool IsTeacher, bool IsFirst);

/// <summary>The school's people and classes at this moment, as a roster is compared with them: three statements, however big the file.</summary>
internal sealed class SchoolNow
{
    public required IReadOnlyList<KnownPerson> People { get; init; }
    public required IReadOnlyList<KnownClass> Classes { get; init; }
    public required ILookup<int, KnownSeat> Seats { get; init; }
    public required IReadOnlyDictionary<int, KnownPerson> ById { get; init; }
    public required IReadOnlyDictionary<string, KnownPerson> ByKey { get; init; }

    public static async Task<SchoolNow> ReadAsync(ClassHubDb db, CancellationToken stop)
    {
        var people = await db.People.OrderBy(p => p.Id).Select(p => new KnownPerson(p.Id, p.SchoolKey, p.Role, p.Forename, p.Surname, p.Title, p.YearGroup, p.DisabledAt != null)).ToListAsync(stop);
        var classes = await db.Classes.OrderBy(c => c.Id).Select(c => new KnownClass(c.Id, c.SchoolKey, c.Name, c.Subject, c.ArchivedAt != null)).ToListAsync(stop);
        var seats = await db.Memberships.OrderBy(m => m.ClassId).ThenBy(m => m.PersonId).Select(m => new KnownSeat(m.ClassId, m.PersonId, m.IsTeacher, m.IsFirst)).ToListAsync(stop);
        return new SchoolNow
        {
            People = people,
            Classes = classes,
            Seats = seats.ToLookup(s => s.ClassId),
            ById = people.ToDictionary(p => p.Id),
            ByKey = people.Where(p => p.Key is not null).ToDictionary(p => p.Key!, StringComparer.Ordinal),
        };
    }
}
