using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Classes;

/// <summary>A group to choose from.</summary>
public sealed record GroupChoice(int Id, string Name);

public static class GroupsOfClass
{
    /// <summary>As people count: group 2 before group 10.</summary>
    public static async Task<IReadOnlyList<GroupChoice>> GroupsOfAsync(this ClassHubDb db, int classId, CancellationToken stop) =>
        [.. (await db.PupilGroups.Where(g => g.ClassId == classId).Select(g => new GroupChoice(g.Id, g.Name)).ToListAsync(stop))
            .OrderBy(g => g.Name, AsCounted.Order)];
}

/// <summary>Groups of pupils inside a class, so that a post can be for some.</summary>
public sealed class ManageGroups(ClassHubDb db)
{
    public const int Most = 40;

    public Task<int> MakeAsync(int classId, string? name, IReadOnlyCollection<int> pupilIds, CancellationToken stop) => db.WriteAsync(async () =>
    {
        if (await db.PupilGroups.CountAsync(g => g.ClassId == classId, stop) >= Most) throw new RuleBroken($"A class has at most {Most} groups.", "GroupName");
        var made = new PupilGroup(classId, name ?? "");
        await MustBeNewAsync(made, stop);
        db.PupilGroups.Add(made);
        await db.SaveChangesAsync(stop);
        await ChooseAsync(made, pupilIds, stop);
        return made.Id;
    }, stop);

    /// <summary>The name, and exactly these pupils of the class. Nothing happens when the group is gone.</summary>
    public Task ChangeAsync(int classId, int groupId, string? name, IReadOnlyCollection<int> pupilIds, CancellationToken stop) => db.WriteAsync(async () =>
    {
        if (await FindAsync(classId, groupId, stop) is not { } group) return;
        group.Rename(name ?? "");
        await MustBeNewAsync(group, stop);
        await ChooseAsync(group, pupilIds, stop);
    }, stop);

    private Task<PupilGroup?> FindAsync(int classId, int groupId, CancellationToken stop) =>
        db.PupilGroups.SingleOrDefaultAsync(g => g.Id == groupId && g.ClassId == classId, stop);

    private async Task ChooseAsync(PupilGroup group, IReadOnlyCollection<int> pupilIds, CancellationToken stop)
    {
        var wanted = await db.Memberships.Where(m => m.ClassId == group.ClassId && !m.IsTeacher && pupilIds.Contains(m.PersonId)).Select(m => m.PersonId).ToListAsync(stop);
        var members = await db.PupilGroupMembers.Where(m => m.GroupId == group.Id).ToListAsync(stop);
        db.PupilGroupMembers.RemoveRange(members.Where(m => !wanted.Contains(m.PersonId)));
        db.PupilGroupMembers.AddRange(wanted.Except(members.Select(m => m.PersonId)).Select(id => new PupilGroupMember(group.Id, id)));
        await db.SaveChangesAsync(stop);
        // Who is in a group decides what they read: the class's pages change even when only members did.
        await db.StampClassesAsync([group.ClassId], stop);
    }

    private async Task MustBeNewAsync(PupilGroup named, CancellationToken stop)
    {
        if (await db.PupilGroups.AnyAsync(g => g.ClassId == named.ClassId && g.Name == named.Name && g.Id != named.Id, stop))
            throw new RuleBroken($"There is already a group called {named.Name}.", "GroupName");
    }
}
