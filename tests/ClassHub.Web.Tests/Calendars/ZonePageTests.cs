using System.Net;
using ClassHub.Posts;
using ClassHub.Web.Startup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Web.Tests.Calendars;

/// <summary>The office changes the school's time zone: it sees first what moves, and then all of it has moved.</summary>
public sealed class ZonePageTests
{
    [Fact]
    public async Task The_office_sees_what_moves_before_anything_does()
    {
        await using var site = await TestSite.OpenAsync();
        await site.WithDbAsync(async db =>
        {
            var okafor = await db.People.SingleAsync(p => p.Surname == "Okafor");
            var post = db.Posts.Add(new Post(1, PostKind.Notice, okafor.Id, null, Everybody.MondayNine)).Entity;
            post.Write("Trip tomorrow", "", null, null, Everybody.MondayNine);
            post.Publish(Everybody.MondayNine.AddDays(1), "2026-11-24T09:00", Everybody.MondayNine);
            await db.SaveChangesAsync();
        });
        using var office = await site.SignedInAsync("Hart");
        (string, string)[] form = [("School.Name", "Hazel Grove"), ("School.TimeZone", "Europe/Paris"), ("School.Morning", "08:30"),
            ("School.Days", "Monday"), ("School.Holidays", "")];

        var preview = await office.PostFormAsync("/admin/settings", form);

        Assert.Equal(HttpStatusCode.OK, preview.Status);
        Assert.Contains("1 post still to go out", preview.Main, StringComparison.Ordinal);
        Assert.Contains("Trip tomorrow", preview.Main, StringComparison.Ordinal);
        Assert.Contains("an hour earlier", preview.Main, StringComparison.Ordinal);
        Assert.Equal(("Hazel Grove Primary", "Europe/London", null), await ZoneAsync(site));

        var done = await office.PostFormAsync("/admin/settings", [.. form, ("SeenZone", "Europe/Paris")]);

        Assert.Equal(HttpStatusCode.Redirect, done.Status);
        Assert.Contains("The school goes by Europe/Paris now.", (await office.GetAsync("/admin/settings")).Main, StringComparison.Ordinal);
        Assert.Equal(("Hazel Grove", "Europe/Paris", null), await ZoneAsync(site));
        Assert.Equal("Europe/Paris", site.Services.GetRequiredService<CurrentSchool>().Calendar.Zone.Id);
        Assert.Equal(Everybody.MondayNine.AddDays(1).AddHours(-1), await site.WithDbAsync(db => db.Posts.Select(p => p.PublishAt).SingleAsync()));
    }

    private static Task<(string, string, string?)> ZoneAsync(TestSite site) =>
        site.WithDbAsync(async db => await db.Schools.AsNoTracking().SingleAsync() is var s ? (s.Name, s.TimeZone, s.NextTimeZone) : default);
}
