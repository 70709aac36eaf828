using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Today;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Today;

/// <summary>A guardian's first page: for each child what waits, what came back and what is done.</summary>
public sealed record FamilyHome(string Name, DateTimeOffset Now, IReadOnlyList<FamilyHome.OneChild> Children, IReadOnlyList<FamilyHome.Asked> Waiting)
{
    public sealed record OneChild(int PupilId, string Forename, IReadOnlyList<PupilTaskRow> Tasks, DateTimeOffset Now)
    {
        /// <summary>The soonest deadline first, what was asked again after them. All of it.</summary>
        public IEnumerable<PupilTaskRow> ToDo => Tasks.Where(t => t.Standing(Now) is { IsOwed: true, MayHandIn: true })
            .OrderBy(t => t.Standing(Now).IsAskedAgain).ThenBy(t => t.Standing(Now).Due ?? DateTimeOffset.MaxValue).ThenBy(t => t.TaskId);
        public IEnumerable<PupilTaskRow> GivenBack => Tasks.Where(t => t.Standing(Now).ReturnedAt is not null).OrderByDescending(t => t.ReturnedAt);
        public IReadOnlyList<PupilTaskRow> Sent => [.. Tasks.Where(t => t.Standing(Now) is { ReturnedAt: null, IsHandedIn: true }).OrderByDescending(t => t.HandedInAt)];
    }

    /// <summary>An invitation that waits for this guardian's word. No more of the pupil than the first name and the class.</summary>
    public sealed record Asked(int LinkId, string Forename, string? ClassName, bool HasCode);

    public static async Task<FamilyHome> ReadAsync(ClassHubDb db, Viewer guardian, CancellationToken stop)
    {
        var children = new List<OneChild>();
        foreach (var child in guardian.Children) children.Add(new(child.PupilId, child.Forename, await db.OpenTasksAsync(child.PupilId, guardian.Now, stop), guardian.Now));
        var since = guardian.Now - GuardianLink.InviteLasts;
        var waiting = await db.GuardianLinks.Where(l => l.GuardianId == guardian.PersonId && l.ApprovedAt != null && l.AcceptedAt == null && l.EndedAt == null && l.InvitedAt >= since)
            .OrderBy(l => l.Id).Select(l => new Asked(l.Id, l.Pupil.Forename, db.Memberships.Where(m => m.PersonId == l.PupilId && m.Class.ArchivedAt == null)
                .OrderBy(m => m.ClassId).Select(m => m.Class.Name).FirstOrDefault(), l.Code != null)).ToListAsync(stop);
        return new(guardian.Name, guardian.Now, children, waiting);
    }
}
