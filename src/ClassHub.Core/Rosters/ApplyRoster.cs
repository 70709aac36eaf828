using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Rosters;

/// <summary>The plan that was looked at is no longer the plan: nothing was written, and the newest is shown.</summary>
public sealed class SchoolMoved() : Exception("The school changed since you looked. Nothing was changed by the roster. Here is the newest.");

/// <summary>Does what the plan says, all of it in one transaction or nothing, and writes down each change so that it can be taken back.</summary>
public sealed class ApplyRoster(ClassHubDb db, PreviewRoster preview, TimeProvider clock)
{
    /// <param name="planHash">Of the plan the office looked at.</param>
    /// <exception cref="SchoolMoved">The plan is another one by now.</exception>
    /// <exception cref="RuleBroken">Bad lines, too many removals without the typed number, or nothing to do.</exception>
    public async Task RunAsync(int importId, string? planHash, RosterTicks ticks, int byPersonId, CancellationToken stop, string? reading = null)
    {
        var content = await preview.ContentAsync(importId, reading, stop) ?? throw new SchoolMoved();
        await db.WriteAsync(async () =>
        {
            var import = await db.RosterImports.SingleAsync(i => i.Id == importId, stop);
            if (import.AppliedAt is not null) throw new SchoolMoved();
            var plan = ComparesRoster.Plan(content, await SchoolNow.ReadAsync(db, stop));
            if (plan.Hash != planHash) throw new SchoolMoved();
            plan.MustBeMeant(ticks);
            var changes = plan.Changes.Where(ticks.Has).ToList();
            if (changes.Count == 0) throw new RuleBroken("There is nothing to apply.");
            await MustLeaveAnOfficeAsync(changes, byPersonId, stop);

            var (fileId, now) = (import.FileId, clock.GetUtcNow());
            var writing = new RosterWriting(db, import.Id, byPersonId, now);
            await writing.WriteAsync(changes, stop);
            var excused = ticks.StartFresh ? await db.StartFreshAsync(writing.Newcomers, byPersonId, now, stop) : 0;
            import.Apply(plan.Hash, string.Join(' ', [.. RosterSentences.Of(changes), .. excused > 0 ? [$"Newcomers start fresh: {excused:N0} open tasks are not asked of them."] : Array.Empty<string>()]), now);
            await TakeRoster.LetGoAsync(db, [fileId], stop);
            await db.AppendAuditAsync(now, byPersonId, AuditAction.AppliedRoster, import.Id, import.Summary, stop);
            await db.SaveChangesAsync(stop);
        }, stop);
    }

    private async Task MustLeaveAnOfficeAsync(List<PlannedChange> changes, int byPersonId, CancellationToken stop)
    {
        var leavers = changes.Where(c => c.Kind == RosterChangeKind.PersonLeaves).Select(c => c.PersonId!.Value).ToHashSet();
        if (leavers.Contains(byPersonId)) throw new RuleBroken("You are not in the file, and you cannot switch off your own account. Take the tick beside your name away.");
        if (leavers.Count == 0) return;
        var office = await db.People.Where(p => p.IsOffice && p.DisabledAt == null).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(stop);
        if (office.All(leavers.Contains)) throw new RuleBroken("The school needs at least one person in the office. Take the tick beside one of them away.");
    }
}
