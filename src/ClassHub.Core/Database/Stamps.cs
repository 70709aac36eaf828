using ClassHub.Classes;
using ClassHub.Marking;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ClassHub.Database;

/// <summary>Whose pages a save makes out of date. A page's version is made of these stamps, so an unchanged page is answered without asking for its rows. Bulk updates pass the change tracker by and raise their stamps themselves.</summary>
internal sealed class Stamps
{
    private const int AtOnce = 1_000;
    private readonly HashSet<int> classes = [], work = [], people = [], renamed = [];

    /// <summary>Whose pages the next save concerns.</summary>
    public void Note(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)) Note(entry);
    }

    public void NotePeople(IEnumerable<int> personIds) => people.UnionWith(personIds);

    public void Forget()
    {
        foreach (var ids in new[] { classes, work, people, renamed }) ids.Clear();
    }

    private void Note(EntityEntry entry)
    {
        switch (entry.Entity)
        {
            case SchoolClass c when entry.State == EntityState.Modified: classes.Add(c.Id); break;
            case Membership m: classes.Add(m.ClassId); people.Add(m.PersonId); break;
            case PupilGroup g: classes.Add(g.ClassId); break;
            case PupilGroupMember m: people.Add(m.PersonId); break;
            case JoinRequest r: work.Add(r.ClassId); break;
            case JoinCode c: work.Add(c.ClassId); break;
            case Post p: classes.Add(p.ClassId); classes.Add((int)entry.OriginalValues[nameof(Post.ClassId)]!); break;
            case ClassTask t: classes.Add(t.ClassId); break;
            case Arrangement a: people.Add(a.PupilId); break;
            case StepTick t: people.Add(t.PupilId); break;
            case Submission s: people.Add(s.PupilId); work.Add(s.ClassId); break;
            case HandInWish w: people.Add(w.PupilId); break;
            case Mark m: work.Add(m.Submission.ClassId); break;
            case GuardianLink g: people.Add(g.GuardianId); break;
            case Person p when entry.State == EntityState.Modified: people.Add(p.Id); renamed.Add(p.Id); break;
        }
    }

    /// <summary>In one order for all, so that two writers never wait for each other.</summary>
    public async Task RaiseAsync(ClassHubDb db, CancellationToken stop)
    {
        // A roster touches thousands at once; a statement takes only so many values.
        foreach (var some in classes.Chunk(AtOnce)) await db.StampClassesAsync(some, stop);
        foreach (var some in work.Chunk(AtOnce)) await db.StampWorkAsync(some, stop);
        foreach (var some in people.Chunk(AtOnce)) await db.StampPeopleAsync(some, stop);
        foreach (var some in renamed.Chunk(AtOnce)) await db.StampClassesOfAsync(some, stop);
        Forget();
    }
}

public static class Stamping
{
    public static Task StampClassesAsync(this ClassHubDb db, IReadOnlyCollection<int> classIds, CancellationToken stop) =>
        db.Classes.Where(c => classIds.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.Stamp, c => c.Stamp + 1), stop);

    public static Task StampAllClassesAsync(this ClassHubDb db, CancellationToken stop) =>
        db.Classes.ExecuteUpdateAsync(set => set.SetProperty(c => c.Stamp, c => c.Stamp + 1), stop);

    /// <summary>A name, or whether somebody is switched off, stands on the pages of all who share a class with them.</summary>
    public static Task StampClassesOfAsync(this ClassHubDb db, IReadOnlyCollection<int> personIds, CancellationToken stop) =>
        db.Classes.Where(c => db.Memberships.Any(m => m.ClassId == c.Id && personIds.Contains(m.PersonId))).ExecuteUpdateAsync(set => set.SetProperty(c => c.Stamp, c => c.Stamp + 1), stop);

    public static Task StampWorkAsync(this ClassHubDb db, IReadOnlyCollection<int> classIds, CancellationToken stop) =>
        db.Classes.Where(c => classIds.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.WorkStamp, c => c.WorkStamp + 1), stop);

    public static Task StampPeopleAsync(this ClassHubDb db, IReadOnlyCollection<int> personIds, CancellationToken stop) =>
        db.People.Where(p => personIds.Contains(p.Id)).ExecuteUpdateAsync(set => set.SetProperty(p => p.Stamp, p => p.Stamp + 1), stop);
}
