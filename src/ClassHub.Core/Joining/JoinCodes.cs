using ClassHub.Classes;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Joining;

/// <summary>Codes that teachers hand out for a day.</summary>
public sealed class JoinCodes(ClassHubDb db, TimeProvider clock)
{
    private const int MostAtOnce = 5;

    /// <exception cref="RuleBroken">Five are open already, or the class is archived.</exception>
    public Task<JoinCode> MakeAsync(int classId, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var now = clock.GetUtcNow();
        if (await db.Classes.AnyAsync(c => c.Id == classId && c.ArchivedAt != null, stop)) throw new RuleBroken("This class is archived. Restore it first.");
        if (await db.JoinCodes.CountAsync(c => c.ClassId == classId && c.ExpiresAt > now, stop) >= MostAtOnce)
            throw new RuleBroken($"{MostAtOnce} codes are open already. Use one of them, or switch one off.");
        var code = new JoinCode(classId, byPersonId, now);
        db.JoinCodes.Add(code);
        await db.SaveChangesAsync(stop);
        return code;
    }, stop);

    /// <summary>From now on the code looks like any wrong one.</summary>
    public Task RevokeAsync(int classId, int codeId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        if (await db.JoinCodes.SingleOrDefaultAsync(c => c.Id == codeId && c.ClassId == classId, stop) is { } code) db.Remove(code);
        await db.SaveChangesAsync(stop);
    }, stop);
}
