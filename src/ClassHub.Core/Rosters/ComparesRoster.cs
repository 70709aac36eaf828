using ClassHub.Classes;
using ClassHub.People;

namespace ClassHub.Rosters;

/// <summary>Makes the plan: finds each person and class of the file in the school by the school's own ids, and lists what differs. Writes nothing.</summary>
internal sealed class ComparesRoster(RosterContent content, SchoolNow school)
{
    private readonly List<PlannedChange> changes = [];
    private readonly List<string> notes = [.. content.Notes];
    private readonly List<string> questions = [.. content.Questions];
    /// <summary>The person of the file, by the file's key: known here, or new.</summary>
    private readonly Dictionary<string, (RosterPerson Line, KnownPerson? Known)> people = new(StringComparer.Ordinal);
    private readonly HashSet<int> inFile = [];
    /// <summary>The classes here that a class of the file means; empty for one that is new.</summary>
    private readonly Dictionary<string, List<KnownClass>> classes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RosterClass> newClasses = new(StringComparer.Ordinal);

    public static RosterPlan Plan(RosterContent content, SchoolNow school)
    {
        var compares = new ComparesRoster(content, school);
        compares.ComparePeople();
        compares.CompareClasses();
        compares.CompareSeats();
        compares.FindLeavers();
        return new RosterPlan(content, school, compares.changes, compares.notes, compares.questions);
    }

    private void ComparePeople()
    {
        var byHand = school.People.Where(p => p.Key is null && !p.IsDisabled).ToLookup(p => p.Name, StringComparer.OrdinalIgnoreCase);
        var alike = school.People.Where(p => p.Key is not null).ToLookup(p => p.Key!, StringComparer.OrdinalIgnoreCase);
        foreach (var line in content.People)
        {
            var known = school.ByKey.GetValueOrDefault(line.Key) ?? (line.OtherKey is null ? null : school.ByKey.GetValueOrDefault(line.OtherKey));
            if (known is not null && !inFile.Add(known.Id)) { notes.Add($"{line.Name} (line {line.Line}) has an id of {known.Name}, who is in the file already. That line is passed by."); continue; }
            if (known is not null && known.Role != line.Role) { notes.Add($"{line.Name} is {InWords(line.Role)} in the file and {InWords(known.Role)} here. Nothing about them is changed."); continue; }
            people.Add(line.Key, (line, known));
            if (known is null && alike[line.Key].FirstOrDefault() is { } almost)
                questions.Add($"{line.Name} ({PlainText.Line(line.Key, 40)}, line {line.Line}) would be new, "
                    + $"but {almost.Name} is here with the id {almost.Key}, which differs in capitals only. Is it somebody else?");
            if (known is null) Joins(line, byHand[line.Name].FirstOrDefault());
            else Differs(line, known);
        }
    }

    private static string InWords(Role role) => role == Role.Pupil ? "a pupil" : role == Role.Staff ? "staff" : "a guardian";

    private void Joins(RosterPerson line, KnownPerson? sameName)
    {
        var what = line.Role == Role.Pupil ? line.YearGroup ?? "Pupil" : line.IsOffice ? "Staff, school office" : "Staff";
        changes.Add(new($"join:{line.Key}", RosterChangeKind.PersonJoins, null, null, line.Name, "", null, what) { Person = line, PersonKey = line.Key });
        if (sameName is not null && notes.Count < 50)
            notes.Add($"{line.Name} would be new, but there is already a {line.Name} who was added by hand. If it is the same person, write the id {PlainText.Line(line.Key, 40)} into their page first.");
    }

    private void Differs(RosterPerson line, KnownPerson known)
    {
        if (known.IsDisabled) changes.Add(Of(RosterChangeKind.PersonReturns, known, "switched off", "switched on"));
        var before = new FullName(known.Forename, known.Surname, known.Title);
        var after = new FullName(line.Forename, line.Surname, line.Role == Role.Staff ? line.Title ?? known.Title : known.Title);
        if (before != after) changes.Add(Of(RosterChangeKind.PersonRenamed, known, before.ToString(), after.ToString()) with { Who = line.Name, Person = line });
        if (line.YearGroup is { } year && year != known.YearGroup) changes.Add(Of(RosterChangeKind.YearChanged, known, known.YearGroup, year));
    }

    private static PlannedChange Of(RosterChangeKind kind, KnownPerson person, string? before, string? after) => new($"{kind}:{person.Id}", kind, person.Id, null, person.Name, "", before, after);

    private void CompareClasses()
    {
        var byKey = new Dictionary<string, KnownClass>(content.Kind == RosterKind.OfficeSheet ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var known in school.Classes.Where(c => c.Key is not null)) byKey.TryAdd(known.Key!, known);
        foreach (var line in content.Classes)
        {
            if (byKey.GetValueOrDefault(line.Key) is { } known)
            {
                classes[line.Key] = known.IsArchived ? [] : [known];
                if (known.IsArchived) notes.Add($"{known.FullName} is archived here. Nothing in it is changed.");
                else if (content.Kind == RosterKind.OneRoster && (known.Name, known.Subject) != (line.Name, line.Subject ?? known.Subject))
                    changes.Add(new($"ClassRenamed:{known.Id}", RosterChangeKind.ClassRenamed, null, known.Id, "", SchoolClass.Called(line.Name, line.Subject), new ClassName(known.Name, known.Subject).ToString(), new ClassName(line.Name, line.Subject ?? known.Subject).ToString()));
            }
            else if (SameName(line) is { Count: > 0 } same) classes[line.Key] = same;
            else
            {
                newClasses.Add(line.Key, line);
                changes.Add(new($"class:{line.Key}", RosterChangeKind.ClassNew, null, null, "", SchoolClass.Called(line.Name, line.Subject), null, new ClassName(line.Name, line.Subject).ToString()) { Class = line, ClassKey = line.Key });
            }
        }
    }

    /// <summary>An office sheet says "5 Maple" and means each class of that name, whatever its subject; a OneRoster class can only be one that was made by hand.</summary>
    private List<KnownClass> SameName(RosterClass line)
    {
        var current = school.Classes.Where(c => !c.IsArchived && c.Name.Equals(line.Name, StringComparison.OrdinalIgnoreCase));
        if (content.Kind == RosterKind.OneRoster) return [.. current.Where(c => c.Key is null && c.Subject == line.Subject).Take(1)];
        var same = current.Where(c => line.Subject is null || c.Subject == line.Subject).ToList();
        return same.Any(c => c.Key is null) ? [.. same.Where(c => c.Key is null)] : same;
    }

    private void CompareSeats()
    {
        var present = new Dictionary<int, HashSet<int>>();
        var hasFirst = school.Seats.Where(c => c.Any(s => s.IsFirst)).Select(c => $"{c.Key}").ToHashSet();
        var seen = new HashSet<(string, string)>();
        foreach (var known in classes.Values.SelectMany(c => c)) present.TryAdd(known.Id, []);
        foreach (var seat in content.Seats.OrderByDescending(s => s.IsFirst))
        {
            if (!people.TryGetValue(seat.PersonKey, out var person)) continue;
            if (newClasses.TryGetValue(seat.ClassKey, out var made)) Sits(person, seat, null, made);
            foreach (var known in classes.GetValueOrDefault(seat.ClassKey, []))
                if (person.Known is null || (present[known.Id].Add(person.Known.Id) && school.Seats[known.Id].All(s => s.PersonId != person.Known.Id)))
                    Sits(person, seat, known, null);
        }
        if (content.NamesSeats && content.BadLines.Count == 0) FindMembersWhoLeft(present);

        void Sits((RosterPerson Line, KnownPerson? Known) person, RosterSeat seat, KnownClass? known, RosterClass? made)
        {
            var classId = known is null ? $"new:{seat.ClassKey}" : $"{known.Id}";
            if (!seen.Add((classId, seat.PersonKey))) return;
            var role = !seat.IsTeacher ? Seat.Pupil : hasFirst.Add(classId) ? Seat.FirstTeacher : Seat.Teacher;
            changes.Add(new($"seat:{classId}:{person.Known?.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? seat.PersonKey}", RosterChangeKind.MemberJoins, person.Known?.Id, known?.Id, person.Line.Name,
                known?.FullName ?? SchoolClass.Called(made!.Name, made.Subject), null, role)
            { PersonKey = seat.PersonKey, ClassKey = seat.ClassKey });
        }
    }

    /// <summary>Members with an id of the school's whom the file no longer has in a class it speaks of. Who was added by hand is never touched.</summary>
    private void FindMembersWhoLeft(Dictionary<int, HashSet<int>> present)
    {
        foreach (var known in school.Classes.Where(c => present.ContainsKey(c.Id)))
            foreach (var seat in school.Seats[known.Id])
            {
                var person = school.ById[seat.PersonId];
                var isAway = person.IsDisabled && !inFile.Contains(person.Id);
                if (person.Key is null || isAway || present[known.Id].Contains(person.Id) || IsLeaver(person)) continue;
                if (content.Kind == RosterKind.OfficeSheet && (seat.IsTeacher || !inFile.Contains(person.Id))) continue;
                changes.Add(new($"leave:{known.Id}:{person.Id}", RosterChangeKind.MemberLeaves, person.Id, known.Id, person.Name, known.FullName, seat.IsTeacher ? seat.IsFirst ? Seat.FirstTeacher : Seat.Teacher : Seat.Pupil, null));
            }
    }

    private HashSet<string>? years;
    private HashSet<int>? taughtHere;

    /// <summary>Not in the file, although the file speaks of the whole school, or of this pupil's year or class.</summary>
    private bool IsLeaver(KnownPerson person)
    {
        if (person.Key is null || person.IsDisabled || inFile.Contains(person.Id)) return false;
        if (content.NamesWholeSchool) return true;
        years ??= [.. content.People.Select(p => p.YearGroup).OfType<string>()];
        taughtHere ??= [.. classes.Values.SelectMany(c => c).SelectMany(c => school.Seats[c.Id]).Where(s => !s.IsTeacher).Select(s => s.PersonId)];
        return person.Role == Role.Pupil && (person.YearGroup is { } year ? years.Contains(year) || (years.Count == 0 && taughtHere.Contains(person.Id)) : taughtHere.Contains(person.Id));
    }

    private void FindLeavers()
    {
        if (content.BadLines.Count > 0)
        {
            notes.Add("While lines are left out, nobody is taken out of the school or a class: the missing line may be theirs.");
            return;
        }
        foreach (var person in school.People.Where(IsLeaver)) changes.Add(Of(RosterChangeKind.PersonLeaves, person, "here", "not in the file"));
    }
}
