using ClassHub.Database;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Submissions;

public static class NarrowedReaders
{
    /// <summary>Pupils whom a task is for, who have begun or handed in, and whom it would not be for any more. They keep their work.</summary>
    public static async Task<List<string>> WouldLoseTaskAsync(this ClassHubDb db, int taskId, PostTarget target, CancellationToken stop)
    {
        if (target.IsForAll) return [];
        var (groups, pupils) = (target.GroupIds, target.PupilIds);
        return await db.People.Where(p => db.AudienceOf(taskId).Any(id => id == p.Id) && !pupils.Contains(p.Id)
                && !db.PupilGroupMembers.Any(m => m.PersonId == p.Id && groups.Contains(m.GroupId))
                && db.Submissions.Any(s => s.TaskId == taskId && s.PupilId == p.Id && (s.Number > 0 || s.DraftSavedAt != null)))
            .OrderBy(p => p.SortName).ThenBy(p => p.Id).Select(p => p.Name).ToListAsync(stop);
    }
}
