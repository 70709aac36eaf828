using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Rosters;

/// <summary>Puts back what an import changed, change by change in reverse, as far as it is still as the import left it.</summary>
internal sealed class RosterTakingBack(ClassHubDb db, RosterImport import, int byPersonId, DateTimeOffset now)
{
    public List<string> Stayed { get; } = [];

    private Dictionary<int, Person> people = [];
    private Dictionary<int, SchoolClass> classes = [];
    private Dictionary<(int ClassId, int PersonId), Membership> seats = [];
    private readonly List<int> signedOut = [];

    private readonly int importId = import.Id;
    private IQueryable<RosterChange> Changes => db.RosterChanges.Where(c => c.ImportId == importId);

    public async Task RunAsync(CancellationToken stop)
    {
        var changes = await Changes.AsNoTracking().OrderByDescending(c => c.Id).ToListAsync(stop);
        people = await db.People.Where(p => Changes.Any(c => c.PersonId == p.Id)).ToDictionaryAsync(p => p.Id, stop);
        classes = await db.Classes.Where(x => Changes.Any(c => c.ClassId == x.Id)).ToDictionaryAsync(c => c.Id, stop);
        seats = await db.Memberships.Where(m => Changes.Any(c => c.ClassId == m.ClassId)).ToDictionaryAsync(m => (m.ClassId, m.PersonId), stop);

        // Who was to start fresh was excused at the very moment of the import.
        var at = import.AppliedAt;
        await db.Arrangements.Where(a => a.At == at && a.DueAt == null && Changes.Any(c => c.PersonId == a.PupilId && c.Kind == RosterChangeKind.MemberJoins)).ExecuteDeleteAsync(stop);
        foreach (var change in changes) TakeBack(change);
        await db.SaveChangesAsync(stop);
        await TakeBackGroupsAsync([.. changes.Where(c => c.Kind == RosterChangeKind.GroupLeaves)], stop);
        await RemoveClassesAsync(changes.Where(c => c.Kind == RosterChangeKind.ClassNew), stop);
        await RemovePeopleAsync([.. changes.Where(c => c.Kind == RosterChangeKind.PersonJoins)], stop);
        await db.SaveChangesAsync(stop);
        foreach (var some in signedOut.Chunk(1_000)) await db.SignInSessions.Where(s => some.Contains(s.PersonId)).ExecuteDeleteAsync(stop);
    }

    private void TakeBack(RosterChange change)
    {
        var person = change.PersonId is { } id ? people.GetValueOrDefault(id) : null;
        switch (change.Kind)
        {
            case RosterChangeKind.PersonRenamed when person is not null:
                var (was, became) = (FullName.Of(change.Before), FullName.Of(change.After));
                if (new FullName(person.Forename, person.Surname, person.Title) != became) Stayed.Add($"{person.Name} was renamed by hand since and keeps that name.");
                else person.Rename(was.Forename, was.Surname, was.Title);
                break;
            case RosterChangeKind.YearChanged when person is not null:
                if ((person.YearGroup ?? "") != change.After) Stayed.Add($"{person.Name} was moved by hand since and stays in {person.YearGroup ?? "no year"}.");
                else person.MoveToYear(change.Before);
                break;
            case RosterChangeKind.PersonLeaves when person is not null:
                if (!person.IsDisabled) Stayed.Add($"{person.Name} was switched on by hand already.");
                else person.Enable();
                break;
            case RosterChangeKind.PersonReturns when person is not null:
                if (person.IsDisabled) Stayed.Add($"{person.Name} was switched off by hand already.");
                else SwitchOff(person);
                break;
            case RosterChangeKind.ClassRenamed when classes.GetValueOrDefault(change.ClassId!.Value) is { } named:
                var old = ClassName.Of(change.Before);
                if (new ClassName(named.Name, named.Subject) != ClassName.Of(change.After)) Stayed.Add($"{named.FullName} was renamed by hand since and keeps that name.");
                else named.Rename(old.Name, old.Subject);
                break;
            case RosterChangeKind.MemberJoins or RosterChangeKind.MemberLeaves when person is not null && classes.GetValueOrDefault(change.ClassId!.Value) is { } @class:
                TakeBackSeat(change, person, @class);
                break;
        }
    }

    private void TakeBackSeat(RosterChange change, Person person, SchoolClass @class)
    {
        var seat = seats.GetValueOrDefault((@class.Id, person.Id));
        if (change.Kind == RosterChangeKind.MemberJoins && seat is not null) db.Memberships.Remove(seat);
        else if (change.Kind == RosterChangeKind.MemberJoins) Stayed.Add($"{person.Name} was taken out of {@class.FullName} by hand already.");
        else if (seat is not null) Stayed.Add($"{person.Name} was put back into {@class.FullName} by hand already.");
        else if (KeptSeat.Of(change.Before) is var kept) db.Memberships.Add(new Membership(@class, person, kept.IsTeacher, kept.IsFirst, kept.JoinedAt));
    }

    private void SwitchOff(Person person)
    {
        if (person.Id == byPersonId) { Stayed.Add($"{person.Name} is you, and stays switched on."); return; }
        person.Disable(now);
        signedOut.Add(person.Id);
    }

    private async Task TakeBackGroupsAsync(IReadOnlyList<RosterChange> left, CancellationToken stop)
    {
        if (left.Count == 0) return;
        var classIds = left.Select(c => c.ClassId!.Value).ToHashSet();
        var groups = (await db.PupilGroups.Where(g => classIds.Contains(g.ClassId)).Select(g => g.Id).ToListAsync(stop)).ToHashSet();
        var there = (await db.PupilGroupMembers.Where(g => classIds.Contains(g.Group.ClassId)).Select(g => new { g.GroupId, g.PersonId }).ToListAsync(stop)).Select(g => (g.GroupId, g.PersonId)).ToHashSet();
        foreach (var (groupId, personId) in left.Select(c => (int.Parse(c.Before, System.Globalization.CultureInfo.InvariantCulture), c.PersonId!.Value)))
            if (groups.Contains(groupId) && people.ContainsKey(personId) && there.Add((groupId, personId))) db.PupilGroupMembers.Add(new PupilGroupMember(groupId, personId));
    }

    /// <summary>A class that is used, or was renamed, is not taken from under its people.</summary>
    private async Task RemoveClassesAsync(IEnumerable<RosterChange> made, CancellationToken stop)
    {
        var busy = (await db.Classes.Where(x => Changes.Any(c => c.ClassId == x.Id && c.Kind == RosterChangeKind.ClassNew)
                && (db.Posts.Any(p => p.ClassId == x.Id) || db.Memberships.Any(m => m.ClassId == x.Id) || db.PupilGroups.Any(g => g.ClassId == x.Id) || db.JoinRequests.Any(r => r.ClassId == x.Id) || db.Submissions.Any(s => s.ClassId == x.Id)))
            .Select(x => x.Id).ToListAsync(stop)).ToHashSet();
        foreach (var change in made)
        {
            if (classes.GetValueOrDefault(change.ClassId!.Value) is not { } @class) continue;
            if (busy.Contains(@class.Id))
            {
                @class.Archive(now);
                Stayed.Add($"{@class.FullName} has posts, groups or people of its own by now. It is archived, not removed.");
            }
            else if (new ClassName(@class.Name, @class.Subject) != ClassName.Of(change.After)) Stayed.Add($"{@class.FullName} was renamed by hand since and stays.");
            else db.Classes.Remove(@class);
        }
    }

    private async Task RemovePeopleAsync(IReadOnlyList<RosterChange> joined, CancellationToken stop)
    {
        if (joined.Count == 0) return;
        var made = Changes.Where(c => c.Kind == RosterChangeKind.PersonJoins).Select(c => c.PersonId);
        var hasWork = await InUse.WithWorkAsync(db, made, stop);
        var byHand = await InUse.ByHandAsync(db, made, stop);
        var names = await db.Users.Where(a => made.Contains(a.PersonId)).Select(a => new { a.PersonId, a.UserName }).ToDictionaryAsync(a => a.PersonId, a => a.UserName, stop);
        foreach (var change in joined)
        {
            if (people.GetValueOrDefault(change.PersonId!.Value) is not { } person) continue;
            if (hasWork.Contains(person.Id))
            {
                SwitchOff(person);
                Stayed.Add($"{person.Name} has signed in or has work by now: switched off, not removed.");
            }
            else if (byHand.Contains(person.Id) || person.IsDisabled || NewPerson.Of(person, names.GetValueOrDefault(person.Id) ?? "").ToString() != change.After)
                Stayed.Add($"{person.Name} was changed by hand since and stays.");
            else db.People.Remove(person);
        }
    }
}
