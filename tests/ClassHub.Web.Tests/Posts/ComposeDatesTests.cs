using System.Net;
using ClassHub.Classes;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Posts;

/// <summary>Dates and groups in the composer, without a script.</summary>
public sealed class ComposeDatesTests : IAsyncLifetime
{
    private TestSite site = null!;
    private Visitor teacher = null!;
    private int maple, rowan, group;

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        await site.WithDbAsync(async db =>
        {
            var classes = await db.Classes.ToDictionaryAsync(c => c.Name);
            (maple, rowan) = (classes["5 Maple"].Id, classes["6 Rowan"].Id);
            var okafor = await db.People.SingleAsync(p => p.Surname == "Okafor");
            db.Add(new Membership(classes["6 Rowan"], okafor, isTeacher: true, isFirst: false, Everybody.MondayNine));
            var quick = new PupilGroup(rowan, "Quick readers");
            db.Add(quick);
            await db.SaveChangesAsync();
            group = quick.Id;
        });
        teacher = await site.SignedInAsync("Okafor");
    }

    public async Task DisposeAsync()
    {
        teacher.Dispose();
        await site.DisposeAsync();
    }

    private async Task<Answer> PostAsync(string goes, params (string Name, string Value)[] changed)
    {
        var form = (await teacher.GetAsync($"/classes/{maple}/posts/new")).Page;
        string Shown(string name) => form.QuerySelector($"input[name='Form.{name}']")?.GetAttribute("value") ?? "";
        (string Name, string Value)[] fields = [("Form.Kind", "Task"), ("Form.Title", "Poster"), ("Form.ForAll", "true"), ("Form.TakesText", "true"),
            ("Form.TakesLate", "true"), ("Form.Goes", goes),
            .. new[] { "At", "Due", "LateUntil", "DueShown", "LateShown" }.Select(n => ("Form." + n, Shown(n)))];
        return await teacher.PostFormAsync($"/classes/{maple}/posts/new", [.. fields.Where(f => changed.All(c => c.Name != f.Name)), .. changed]);
    }

    private Task<ClassTask> TaskAsync(int classId) => site.WithDbAsync(db => db.Tasks.AsNoTracking().SingleAsync(t => t.ClassId == classId));

    [Fact]
    public async Task The_end_of_late_work_moves_with_the_deadline_until_somebody_sets_it()
    {
        var answer = await PostAsync("Now", ("Form.Due", "2026-12-08T16:00"));

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var task = await TaskAsync(maple);
        // Shown were Wednesday 25 and Monday 30 November: five days.
        Assert.Equal(("2026-12-08T16:00", "2026-12-13T16:00"), (task.DueTyped, task.CloseTyped));
    }

    [Fact]
    public async Task An_end_of_late_work_that_was_set_stays_and_is_refused_where_it_cannot_be()
    {
        var refused = await PostAsync("Now", ("Form.Due", "2026-12-08T16:00"), ("Form.LateUntil", "2026-12-01T16:00"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Late work cannot end before the deadline.", refused.Main, StringComparison.Ordinal);

        await PostAsync("Now", ("Form.Due", "2026-12-08T16:00"), ("Form.LateUntil", "2026-12-24T12:00"));
        Assert.Equal("2026-12-24T12:00", (await TaskAsync(maple)).CloseTyped);
    }

    [Fact]
    public async Task Without_a_deadline_the_end_of_late_work_that_nobody_set_goes_too()
    {
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync("Now", ("Form.Due", ""))).Status);

        var task = await TaskAsync(maple);
        Assert.Null(task.DueAt);
        Assert.Null(task.CloseAt);
    }

    [Fact]
    public async Task A_further_class_gets_it_for_its_own_groups_with_its_own_deadline()
    {
        var form = await teacher.GetAsync($"/classes/{maple}/posts/new");
        Assert.Contains("Quick readers", form.Main, StringComparison.Ordinal);

        await PostAsync("Now", ("Form.Also[0].ClassId", $"{rowan}"), ("Form.Also[0].Chosen", "true"), ("Form.Also[0].Groups", $"{group}"),
            ("Form.Also[0].Due", "2026-12-02T16:00"));

        var there = await site.WithDbAsync(db => db.Posts.Include(p => p.Groups).AsNoTracking().SingleAsync(p => p.ClassId == rowan));
        Assert.False(there.IsForAll);
        Assert.Equal([group], there.Groups.Select(g => g.GroupId));
        var task = await TaskAsync(rowan);
        Assert.Equal(("2026-12-02T16:00", "2026-12-07T16:00"), (task.DueTyped, task.CloseTyped));
        Assert.True(await site.WithDbAsync(db => db.Posts.AnyAsync(p => p.ClassId == maple && p.IsForAll)));
    }

    [Fact]
    public async Task A_time_in_a_night_of_the_clock_change_is_taken_and_said()
    {
        await PostAsync("Later", ("Form.At", "2027-03-26T08:30"), ("Form.Due", "2027-03-28T01:30"));
        var skipped = (await teacher.GetAsync($"/classes/{maple}")).Main;
        await PostAsync("Later", ("Form.At", "2027-10-31T01:30"), ("Form.Due", "2027-11-02T16:00"));
        var twice = (await teacher.GetAsync($"/classes/{maple}")).Main;

        Assert.Contains("The clocks go forward that night: 01:30 does not exist. It counts as 02:00 (BST).", skipped, StringComparison.Ordinal);
        Assert.Contains("The clocks go back that night: 01:30 comes twice. The earlier one counts (BST).", twice, StringComparison.Ordinal);
    }
}
