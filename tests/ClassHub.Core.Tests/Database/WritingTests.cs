using ClassHub.Classes;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Writing;

public sealed class WritingTests
{
    [BothEngines]
    public async Task A_verb_that_fails_leaves_nothing(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var db = school.Db();

        await Assert.ThrowsAsync<RuleBroken>(() => db.WriteAsync(async () =>
        {
            db.Add(new SchoolClass("Half written", null, school.Now));
            await db.SaveChangesAsync(Stop);
            throw new RuleBroken("No.");
        }, Stop));

        Assert.False(await school.Db().Classes.AnyAsync(c => c.Name == "Half written"));
    }
}
