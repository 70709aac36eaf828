using ClassHub.Audit;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Auditing;

public sealed class AuditLogTests
{
    [BothEngines]
    public async Task Sixteen_writers_at_once_make_one_unbroken_chain(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                var db = school.Db();
                await db.WriteAsync(async () =>
                {
                    await db.AppendAuditAsync(school.Now, school.Hart.Id, AuditAction.OpenedWork, writer, $"Reason {writer}.{i}", Stop);
                    await db.SaveChangesAsync(Stop);
                }, Stop);
            }
        })));

        await IsUnbrokenAsync(school, 48);
    }

    [BothEngines]
    public async Task Many_entries_of_one_save_follow_each_other(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);

        for (var round = 0; round < 3; round++)
        {
            var db = school.Db();
            await db.WriteAsync(async () =>
            {
                for (var i = 0; i < 30; i++) await db.AppendAuditAsync(school.Now, school.Hart.Id, AuditAction.MadePassword, i, "One-time password", Stop);
                await db.SaveChangesAsync(Stop);
            }, Stop);
        }

        await IsUnbrokenAsync(school, 90);
    }

    [BothEngines]
    public async Task A_changed_entry_no_longer_matches_its_hash(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var db = school.Db();
        await db.AppendAuditAsync(school.Now, school.Hart.Id, AuditAction.OpenedWork, 1, "A parent asked", Stop);
        await db.SaveChangesAsync(Stop);

        await db.Audit.ExecuteUpdateAsync(set => set.SetProperty(a => a.Reason, "Nothing to see"), Stop);

        var entry = await school.Db().Audit.SingleAsync();
        Assert.NotEqual(entry.Hash, entry.HashOfContent());
    }

    [BothEngines]
    public async Task A_stated_reason_lasts_half_an_hour_for_one_person_and_one_thing(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var db = school.Db();
        await db.AppendAuditAsync(school.Now, school.Hart.Id, AuditAction.OpenedWork, 7, "A parent asked", Stop);
        await db.SaveChangesAsync(Stop);

        Task<bool> Asked(int actor, int subject, int minutes) => db.HasStatedReasonAsync(actor, AuditAction.OpenedWork, subject, school.Now.AddMinutes(minutes), Stop);
        Assert.True(await Asked(school.Hart.Id, 7, 30));
        Assert.False(await Asked(school.Hart.Id, 7, 31));
        Assert.False(await Asked(school.Hart.Id, 8, 0));
        Assert.False(await Asked(school.Weller.Id, 7, 0));
    }

    private static async Task IsUnbrokenAsync(TestSchool school, int count)
    {
        var entries = await school.Db().Audit.OrderBy(a => a.Id).ToListAsync();
        Assert.Equal(count, entries.Count);
        Assert.Equal("", entries[0].PreviousHash);
        for (var i = 0; i < entries.Count; i++)
        {
            Assert.Equal(entries[i].Hash, entries[i].HashOfContent());
            if (i > 0) Assert.Equal(entries[i - 1].Hash, entries[i].PreviousHash);
        }
    }
}
