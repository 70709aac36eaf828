using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Audit;

public static class CheckAudit
{
    /// <summary>The newest entry that was changed, or whose forerunner is missing; nothing when they all fit together.</summary>
    public static async Task<long?> BrokenAuditAsync(this ClassHubDb db, int newest, CancellationToken stop)
    {
        var entries = await db.Audit.AsNoTracking().OrderByDescending(a => a.Id).Take(newest).ToListAsync(stop);
        for (var i = 0; i < entries.Count; i++)
        {
            var before = i + 1 < entries.Count ? entries[i + 1].Hash : entries.Count < newest ? "" : entries[i].PreviousHash;
            if (entries[i].Hash != entries[i].HashOfContent() || entries[i].PreviousHash != before) return entries[i].Id;
        }
        return null;
    }
}
