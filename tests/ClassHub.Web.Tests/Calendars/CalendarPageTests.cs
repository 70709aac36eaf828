using System.Net;
using AngleSharp.Dom;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Calendars;

/// <summary>The calendar as pages: what is over, what comes, how much of a day is in sight, and whose date it is.</summary>
public sealed class CalendarPageTests : IAsyncLifetime
{
    private TestSite site = null!;
    private int maple, rowan, amira, kai;

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        await site.WithDbAsync(async db =>
        {
            (amira, kai) = (await IdAsync(db, "Haddad"), await IdAsync(db, "Moana"));
            var classes = await db.Classes.ToDictionaryAsync(c => c.Name);
            (maple, rowan) = (classes["5 Maple"].Id, classes["6 Rowan"].Id);
            var farid = new Person(Role.Guardian, "Farid", "Senior", Everybody.MondayNine);
            db.Add(farid);
            foreach (var child in new[] { amira, kai })
            {
                var pupil = await db.People.SingleAsync(p => p.Id == child);
                var link = new GuardianLink(farid, pupil, await IdAsync(db, "Hart"), isApproved: true, Everybody.MondayNine);
                link.Accept(Everybody.MondayNine);
                db.Add(link);
            }
            var okafor = await db.People.SingleAsync(p => p.Surname == "Okafor");
            db.Add(new Membership(classes["6 Rowan"], okafor, isTeacher: true, isFirst: false, Everybody.MondayNine));
            await db.SaveChangesAsync();
            await SetAsync(db, maple, "Over since Friday", Everybody.MondayNine.AddDays(-3));
            for (var i = 1; i <= 5; i++) await SetAsync(db, maple, $"Poster {i}", Everybody.MondayNine.AddDays(1).AddHours(i));
            await SetAsync(db, rowan, "Magnets", Everybody.MondayNine.AddDays(2));
        });
    }

    private static Task<int> IdAsync(ClassHubDb db, string surname) => db.People.Where(p => p.Surname == surname).Select(p => p.Id).SingleAsync();

    private static async Task SetAsync(ClassHubDb db, int classId, string title, DateTimeOffset due)
    {
        var at = Everybody.MondayNine.AddDays(-7);
        var post = db.Posts.Add(new Post(classId, PostKind.Task, await IdAsync(db, "Okafor"), null, at)).Entity;
        post.Write(title, "", null, null, at);
        post.Publish(at, null, at);
        await db.SaveChangesAsync();
        db.Tasks.Add(new ClassTask(post)).Entity.Schedule(due, null, null, null, at);
        await db.SaveChangesAsync();
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    private static IElement DayOf(Answer page, string name) =>
        page.Page.QuerySelectorAll("li.date").Single(d => d.QuerySelector(".date__long")!.TextContent.Contains(name, StringComparison.Ordinal));
    private static List<string> Titles(IParentNode within) => [.. within.QuerySelectorAll(".date__entry .b").Select(b => b.TextContent)];

    [Fact]
    public async Task What_comes_next_stands_first_and_the_past_is_told_from_the_coming()
    {
        using var pupil = await site.SignedInAsync("Haddad");

        var opened = await pupil.GetAsync("/calendar");
        var month = await pupil.GetAsync("/calendar?view=month&on=2026-11-23");

        Assert.Contains("Monday 23", opened.Page.QuerySelector("li.date .date__long")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(35, opened.Page.QuerySelectorAll("li.date").Length);
        Assert.Contains("is-now", opened.Page.QuerySelector("ol.dates")!.ClassList);
        Assert.Equal(["Poster 1", "Poster 2", "Poster 3"], Titles(month.Page.QuerySelector("section[aria-labelledby=next]")!));
        Assert.Contains("is-today", DayOf(month, "Today, Monday 23").ClassList);
        var over = DayOf(month, "Friday 20");
        Assert.Contains("is-past", over.ClassList);
        Assert.Contains("(over)", over.TextContent, StringComparison.Ordinal);
        Assert.Contains("Was due", over.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Was due", DayOf(month, "Tuesday 24").TextContent, StringComparison.Ordinal);
        Assert.Empty((await pupil.GetAsync("/calendar?view=month&on=2026-12-05")).Page.QuerySelectorAll("section[aria-labelledby=next]"));
    }

    [Fact]
    public async Task More_than_three_dates_of_a_day_fold_with_their_number()
    {
        using var pupil = await site.SignedInAsync("Haddad");

        var tuesday = DayOf(await pupil.GetAsync("/calendar"), "Tuesday 24");

        Assert.Equal(3, tuesday.QuerySelectorAll(".date__entry").Count(e => e.Closest("details") is null));
        Assert.StartsWith("2 more", tuesday.QuerySelector("details > summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(5, Titles(tuesday).Count);
        Assert.Empty(DayOf(await pupil.GetAsync("/calendar?view=month&on=2026-11-20"), "Friday 20").QuerySelectorAll("details"));
    }

    [Fact]
    public async Task It_is_filtered_by_class_and_nobody_asks_for_a_class_that_is_not_theirs()
    {
        using var teacher = await site.SignedInAsync("Okafor");
        using var pupil = await site.SignedInAsync("Haddad");

        Assert.Equal(["Magnets"], Titles(DayOf(await teacher.GetAsync($"/calendar?class={rowan}"), "Wednesday 25")));
        Assert.Empty(Titles(DayOf(await teacher.GetAsync($"/calendar?class={maple}"), "Wednesday 25")));
        var later = (await teacher.GetAsync($"/calendar?class={maple}")).Page.QuerySelector("a.icon[href*='on=2026-12']")!;
        Assert.EndsWith($"&class={maple}", later.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await teacher.GetAsync("/calendar?view=list&on=2026-11-23&child=&class=")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await pupil.GetAsync($"/calendar?class={rowan}")).Status);
    }

    [Fact]
    public async Task A_guardian_of_two_reads_whose_date_it_is_and_chooses_one_child()
    {
        using var farid = await site.SignedInAsync("Senior");

        var all = await farid.GetAsync("/calendar");
        var ofKai = await farid.GetAsync($"/calendar?child={kai}");

        Assert.Contains("Kai. Due", DayOf(all, "Wednesday 25").TextContent, StringComparison.Ordinal);
        Assert.Contains("Amira. Due", DayOf(all, "Tuesday 24").TextContent, StringComparison.Ordinal);
        Assert.EndsWith($"?child={kai}", DayOf(all, "Wednesday 25").QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty(Titles(DayOf(ofKai, "Tuesday 24")));
        Assert.Equal(["Magnets"], Titles(DayOf(ofKai, "Wednesday 25")));
        Assert.DoesNotContain("Kai. Due", ofKai.Main, StringComparison.Ordinal);
        var ben = await site.WithDbAsync(db => IdAsync(db, "Fisher"));
        Assert.Equal(HttpStatusCode.NotFound, (await farid.GetAsync($"/calendar?child={ben}")).Status);
        Assert.Contains("A is Amira, K is Kai", (await farid.GetAsync("/me/calendar")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pupils_times_carry_their_instant_and_the_page_the_schools_zone()
    {
        using var pupil = await site.SignedInAsync("Haddad");

        foreach (var path in new[] { "/calendar", "/" })
        {
            var page = (await pupil.GetAsync(path)).Page;
            Assert.Equal("Europe/London", page.Body!.GetAttribute("data-zone"));
            Assert.NotNull(page.Body.GetAttribute("data-two-clocks"));
            Assert.Contains("2026-11-24T10:00:00Z", page.QuerySelectorAll("time").Select(t => t.GetAttribute("datetime")));
        }
    }
}
