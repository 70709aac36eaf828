using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Posts;

/// <summary>A group can go only while no post is for it: else that post would lose its readers unseen.</summary>
public sealed class RemoveGroup(ClassHubDb db)
{
    /// <summary>Returns what is needed to make it again, or nothing when it was gone already.</summary>
    /// <exception cref="RuleBroken">A post is for this group.</exception>
    public Task<(string Name, IReadOnlyList<int> PupilIds)?> RunAsync(int classId, int groupId, CancellationToken stop) => db.WriteAsync<(string, IReadOnlyList<int>)?>(async () =>
    {
        if (await db.PupilGroups.SingleOrDefaultAsync(g => g.Id == groupId && g.ClassId == classId, stop) is not { } group) return null;
        if (await db.Posts.AnyAsync(p => p.ClassId == classId && p.Groups.Any(g => g.GroupId == groupId), stop))
            throw new RuleBroken($"There are posts for {group.Name}. Choose other readers for them first.", "GroupName");
        var members = await db.PupilGroupMembers.Where(m => m.GroupId == groupId).OrderBy(m => m.PersonId).ToListAsync(stop);
        db.PupilGroupMembers.RemoveRange(members);
        db.PupilGroups.Remove(group);
        await db.SaveChangesAsync(stop);
        return (group.Name, [.. members.Select(m => m.PersonId)]);
    }, stop);
}
