using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Rosters;

/// <summary>Which of some people have left a trace that must not go with them.</summary>
internal static class InUse
{
    /// <summary>Signed in, got a password, or made something: such a person is switched off, never removed.</summary>
    public static Task<HashSet<int>> WithWorkAsync(ClassHubDb db, IQueryable<int?> some, CancellationToken stop) => AllAsync(stop,
        db.Submissions.Where(s => some.Contains(s.PupilId)).Select(s => s.PupilId),
        db.Files.Where(f => some.Contains(f.OwnerId)).Select(f => f.OwnerId),
        db.Posts.Where(p => some.Contains(p.AuthorId)).Select(p => p.AuthorId),
        db.Captions.Where(c => some.Contains(c.WrittenById)).Select(c => c.WrittenById),
        db.Marks.Where(m => some.Contains(m.MarkedById)).Select(m => m.MarkedById),
        db.StepTicks.Where(t => some.Contains(t.PupilId)).Select(t => t.PupilId),
        db.Audit.Where(a => some.Contains(a.ActorId)).Select(a => a.ActorId),
        db.RosterImports.Where(i => some.Contains(i.ByPersonId)).Select(i => i.ByPersonId),
        db.SignInSessions.Where(s => some.Contains(s.PersonId)).Select(s => s.PersonId),
        db.Users.Where(a => some.Contains(a.PersonId) && (a.PasswordHash != null || db.KnownDevices.Any(d => d.AccountId == a.Id))).Select(a => a.PersonId));

    /// <summary>Put somewhere by a teacher or the office since the import made them.</summary>
    public static Task<HashSet<int>> ByHandAsync(ClassHubDb db, IQueryable<int?> some, CancellationToken stop) => AllAsync(stop,
        db.Memberships.Where(m => some.Contains(m.PersonId)).Select(m => m.PersonId),
        db.PupilGroupMembers.Where(g => some.Contains(g.PersonId)).Select(g => g.PersonId),
        db.Arrangements.Where(a => some.Contains(a.PupilId)).Select(a => a.PupilId),
        db.JoinRequests.Where(r => some.Contains(r.PersonId)).Select(r => r.PersonId!.Value),
        db.Posts.SelectMany(p => p.Readers).Where(r => some.Contains(r.PersonId)).Select(r => r.PersonId));

    private static async Task<HashSet<int>> AllAsync(CancellationToken stop, params IQueryable<int>[] questions)
    {
        var found = new HashSet<int>();
        foreach (var question in questions) found.UnionWith(await question.Distinct().ToListAsync(stop));
        return found;
    }
}
