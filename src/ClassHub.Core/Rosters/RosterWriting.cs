using System.Globalization;
using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Rosters;

/// <summary>Writes a plan's changes: people and classes first, then who sits where. No statement per row.</summary>
internal sealed class RosterWriting(ClassHubDb db, int importId, int byPersonId, DateTimeOffset now)
{
    private Dictionary<int, Person> people = [];
    private Dictionary<int, SchoolClass> classes = [];
    private readonly Dictionary<string, Person> newPeople = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SchoolClass> newClasses = new(StringComparer.Ordinal);
    private readonly Dictionary<Person, Account> accounts = [];
    private readonly List<(int ClassId, Person Pupil)> newcomers = [];

    /// <summary>Pupils who came into a class that was here before.</summary>
    public IReadOnlyCollection<(int ClassId, int PupilId)> Newcomers => newcomers.ConvertAll(n => (n.ClassId, n.Pupil.Id));

    public async Task WriteAsync(IReadOnlyList<PlannedChange> changes, CancellationToken stop)
    {
        people = await db.People.Where(p => p.SchoolKey != null).OrderBy(p => p.Id).ToDictionaryAsync(p => p.Id, stop);
        classes = await db.Classes.OrderBy(c => c.Id).ToDictionaryAsync(c => c.Id, stop);
        await AddPeopleAsync([.. changes.Where(c => c.Kind == RosterChangeKind.PersonJoins)], stop);
        foreach (var change in changes) Change(change);
        await db.SaveChangesAsync(stop);        // the new people and classes have their ids from here on

        await LeaveAsync(changes.Where(c => c.Kind == RosterChangeKind.MemberLeaves), stop);
        foreach (var change in changes) Note(change);
        await db.SaveChangesAsync(stop);
        foreach (var office in newPeople.Values.Where(p => p.IsOffice))
            await db.AppendAuditAsync(now, byPersonId, AuditAction.ChangedRole, office.Id, $"{office.Name} came by roster and belongs to the office", stop);
        await EndSessionsAsync(changes, stop);
    }

    /// <summary>The file's usernames first, so that nobody is suggested one that another pupil has had for years.</summary>
    private async Task AddPeopleAsync(IReadOnlyList<PlannedChange> joins, CancellationToken stop)
    {
        if (joins.Count == 0) return;
        var taken = await db.TakenUsernamesAsync(stop);
        var named = joins.Where(j => j.Person!.UserName is not null && taken.Add(Usernames.Normal(j.Person.UserName))).Select(j => j.Id).ToHashSet();
        foreach (var (join, line) in joins.Select(j => (j, j.Person!)))
        {
            var person = new Person(line.Role, line.Forename, line.Surname, now, line.Key, line.YearGroup, line.Title);
            person.MakeOffice(line.IsOffice);
            newPeople.Add(line.Key, person);
            accounts.Add(person, new Account(person, named.Contains(join.Id) ? line.UserName! : Usernames.Free(Usernames.Suggest(line.Forename, line.Surname), taken)));
        }
        db.People.AddRange(newPeople.Values);
        db.Users.AddRange(accounts.Values);
    }

    private void Change(PlannedChange change)
    {
        switch (change.Kind)
        {
            case RosterChangeKind.PersonReturns: people[change.PersonId!.Value].Enable(); break;
            case RosterChangeKind.PersonLeaves: people[change.PersonId!.Value].Disable(now); break;
            case RosterChangeKind.YearChanged: people[change.PersonId!.Value].MoveToYear(change.After); break;
            case RosterChangeKind.PersonRenamed when FullName.Of(change.After!) is var name: people[change.PersonId!.Value].Rename(name.Forename, name.Surname, name.Title); break;
            case RosterChangeKind.ClassRenamed when ClassName.Of(change.After!) is var name: classes[change.ClassId!.Value].Rename(name.Name, name.Subject); break;
            case RosterChangeKind.ClassNew when change.Class is { } line:
                newClasses.Add(line.Key, db.Classes.Add(new SchoolClass(line.Name, line.Subject, now, line.Key)).Entity);
                break;
        }
    }

    private void Note(PlannedChange change)
    {
        var person = change.PersonId is { } personId ? people[personId] : change.PersonKey is { } key ? newPeople[key] : null;
        var @class = change.ClassId is { } classId ? classes[classId] : change.ClassKey is { } classKey ? newClasses[classKey] : null;
        if (change.Kind == RosterChangeKind.MemberLeaves) return;       // noted with the moment at which they had joined
        if (change.Kind == RosterChangeKind.MemberJoins) db.Memberships.Add(new Membership(@class!, person!, change.After != Seat.Pupil, change.After == Seat.FirstTeacher, now));
        if (change.IsNewcomer) newcomers.Add((change.ClassId!.Value, person!));
        var after = change.Kind == RosterChangeKind.PersonJoins ? NewPerson.Of(person!, accounts[person!].UserName!).ToString() : change.After;
        db.RosterChanges.Add(new RosterChange(importId, change.Kind, person?.Id, @class?.Id, change.Before, after));
    }

    /// <summary>Takes people out of classes and of the groups in them.</summary>
    private async Task LeaveAsync(IEnumerable<PlannedChange> leaves, CancellationToken stop)
    {
        foreach (var one in leaves.GroupBy(c => c.ClassId!.Value))
        {
            var gone = one.Select(c => c.PersonId!.Value).ToHashSet();
            foreach (var member in (await db.Memberships.Where(m => m.ClassId == one.Key).ToListAsync(stop)).Where(m => gone.Contains(m.PersonId)))
            {
                db.Memberships.Remove(member);
                db.RosterChanges.Add(new RosterChange(importId, RosterChangeKind.MemberLeaves, member.PersonId, one.Key, KeptSeat.Of(member).ToString(), null));
            }
            foreach (var grouped in (await db.PupilGroupMembers.Where(g => g.Group.ClassId == one.Key).ToListAsync(stop)).Where(g => gone.Contains(g.PersonId)))
            {
                db.PupilGroupMembers.Remove(grouped);
                db.RosterChanges.Add(new RosterChange(importId, RosterChangeKind.GroupLeaves, grouped.PersonId, one.Key, grouped.GroupId.ToString(CultureInfo.InvariantCulture), null));
            }
        }
    }

    private async Task EndSessionsAsync(IReadOnlyList<PlannedChange> changes, CancellationToken stop)
    {
        foreach (var some in changes.Where(c => c.Kind == RosterChangeKind.PersonLeaves).Select(c => c.PersonId!.Value).Chunk(1_000))
            await db.SignInSessions.Where(s => some.Contains(s.PersonId)).ExecuteDeleteAsync(stop);
    }
}

/// <summary>A new person as the import made them: whoever looks different later was changed by hand.</summary>
internal sealed record NewPerson(string Forename, string Surname, string? Title, string? YearGroup, string UserName)
{
    public static NewPerson Of(Person person, string userName) => new(person.Forename, person.Surname, person.Title, person.YearGroup, userName);
    public override string ToString() => string.Join('\t', Forename, Surname, Title, YearGroup, UserName);
}

/// <summary>A seat that was taken away, as it was.</summary>
internal sealed record KeptSeat(bool IsTeacher, bool IsFirst, DateTimeOffset JoinedAt)
{
    public static KeptSeat Of(Membership member) => new(member.IsTeacher, member.IsFirst, member.JoinedAt);
    public override string ToString() => string.Join('\t', IsTeacher, IsFirst, JoinedAt.ToString("O", CultureInfo.InvariantCulture));
    public static KeptSeat Of(string kept) => kept.Split('\t') is [var teacher, var first, var at] ? new(bool.Parse(teacher), bool.Parse(first), DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)) : throw new FormatException("Not a seat of ours.");
}
