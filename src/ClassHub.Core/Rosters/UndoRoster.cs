using ClassHub.Audit;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Rosters;

/// <summary>Takes the newest import back in one step. What somebody changed by hand since stays as it is and is listed; a person with work is switched off, not removed.</summary>
public sealed class UndoRoster(ClassHubDb db, TimeProvider clock)
{
    /// <returns>What stayed, a sentence each.</returns>
    /// <exception cref="RuleBroken">A newer import must go first, or this one cannot be taken back.</exception>
    public Task<IReadOnlyList<string>> RunAsync(int importId, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var import = await db.RosterImports.SingleAsync(i => i.Id == importId, stop);
        var newer = await db.RosterImports.Where(i => i.AppliedAt != null && i.UndoneAt == null && i.Id != import.Id && (i.AppliedAt > import.AppliedAt || (i.AppliedAt == import.AppliedAt && i.Id > import.Id)))
            .OrderByDescending(i => i.AppliedAt).ThenByDescending(i => i.Id).Select(i => i.FileName).FirstOrDefaultAsync(stop);
        if (import.UndoneAt is null && newer is not null) throw new RuleBroken($"Take back the newer roster “{newer}” first.");

        var back = new RosterTakingBack(db, import, byPersonId, clock.GetUtcNow());
        import.Undo(clock.GetUtcNow());
        await back.RunAsync(stop);
        import.NoteWhatStayed(back.Stayed);
        await db.AppendAuditAsync(clock.GetUtcNow(), byPersonId, AuditAction.UndidRoster, import.Id, $"{import.FileName} was taken back; {back.Stayed.Count} things stayed", stop);
        await db.SaveChangesAsync(stop);
        return (IReadOnlyList<string>)back.Stayed;
    }, stop);
}
