using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.SchoolWork;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Tasks;

public sealed class StepsTests
{
    private const string Parts = "Read this first.\n\n1. Measure the table:\n   - the length\n   - the width\n2. Draw it\n   Use a ruler for this.\n\n## Afternoon\n\n1. Colour it\n2. Show it to somebody\n\nWell done.";

    [Fact]
    public void Steps_stand_in_their_place_with_what_is_indented_below_them()
    {
        var parts = TaskSteps.Parts(new Written(Parts));

        Assert.Equal([0, 2, 0, 2, 0], parts.Select(p => p.Steps.Count));
        Assert.Contains("<li dir=\"auto\">the width</li>", parts[1].Steps[0].Below, StringComparison.Ordinal);
        Assert.Equal(("Draw it<br>Use a ruler for this.", ""), (parts[1].Steps[1].Words, parts[1].Steps[1].Below));
        Assert.Contains("Afternoon", parts[2].Html, StringComparison.Ordinal);
        Assert.Equal(["Measure the table:", "Draw it", "Colour it", "Show it to somebody"], TaskSteps.Of(Parts, WritingRules.Second));
    }

    [Fact]
    public void A_date_and_a_price_are_no_steps() =>
        Assert.Empty(TaskSteps.Of("We meet on\n12. December in front of the school.\nCost:\n5. 50 for the bus\n\n3) Bring a coat", WritingRules.Second));

    [Fact]
    public void A_task_from_before_keeps_its_steps_below_the_rest()
    {
        const string body = "Read first.\n1. Draw it\n2) Colour it\n```\n3. not a step\n```\n    4. code\n2026 was warm.";

        Assert.Equal(["Draw it", "Colour it"], TaskSteps.Of(body, WritingRules.First));
        Assert.Equal([0, 2], TaskSteps.Parts(new Written(body, WritingRules.First)).Select(p => p.Steps.Count));
    }

    [Fact]
    public void More_steps_than_a_pupil_can_tick_are_read_all_the_same()
    {
        var parts = TaskSteps.Parts(new Written(string.Join('\n', Enumerable.Range(1, 99).Select(i => $"{i}. do x{i}"))));

        Assert.Equal([TaskSteps.Most, 0], parts.Select(p => p.Steps.Count));
        Assert.Contains("<ol start=\"31\">", parts[1].Html, StringComparison.Ordinal);
        Assert.Contains("do x99", parts[1].Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Read|Draw|Colour", "Draw|Read|Colour", "0>1 1>0 2>2")]
    [InlineData("Read|Draw|Colour", "Read|Find a pencil|Draw|Colour", "0>0 1>2 2>3")]
    [InlineData("Read|Draw|Colour", "Read|Colour", "0>0 2>1")]
    [InlineData("Read pages 4 to 6|Draw it", "Read pages 4 to 7|Draw it", "0>0 1>1")]
    [InlineData("Draw it|Draw it", "Draw it|Draw it|Draw it", "0>0 1>1")]
    [InlineData("Read the book", "Phone a friend", "")]
    public void A_step_is_known_by_its_words(string before, string after, string moved) =>
        Assert.Equal(moved, string.Join(' ', MoveTicks.Moved(before.Split('|'), after.Split('|')).OrderBy(m => m.Key).Select(m => $"{m.Key}>{m.Value}")));

    [BothEngines]
    public async Task A_tick_moves_with_the_words_of_its_step(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync(body: "1. Read\n2. Draw\n3. Colour");
        await new Arrange(school.Db(), school.Clock).TickAsync(task, school.Amira.Id, [0, 2], default);
        await new Arrange(school.Db(), school.Clock).TickAsync(task, school.Ben.Id, [1], default);

        await school.Compose().EditAsync(await school.ViewerAsync(school.Okafor), task, 1, false, Words("Volcano poster", "1. Colour\n2. Find a pencil\n3. Read\n4. Draw"), For(school.Maple, Now), Stop);

        await using var db = school.Db();
        Assert.Equal([0, 2], await db.StepTicks.Where(t => t.TaskId == task && t.PupilId == school.Amira.Id).OrderBy(t => t.Step).Select(t => t.Step).ToListAsync());
        Assert.Equal([3], await db.StepTicks.Where(t => t.TaskId == task && t.PupilId == school.Ben.Id).Select(t => t.Step).ToListAsync());
        Assert.Equal(4, await db.Tasks.Where(t => t.Id == task).Select(t => t.StepCount).SingleAsync());
    }
}
