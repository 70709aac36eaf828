using System.Net;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.School;
using ClassHub.Web.Tests.Access;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.ChildSafety;

/// <summary>What a school gets that changes no setting, and what a device keeps that many children use.</summary>
public sealed class SafeFromTheStartTests
{
    [Fact]
    public async Task CS24_A_join_code_never_shows_a_name_and_a_wrong_one_looks_like_an_expired_one()
    {
        using var site = await TestSite.OpenAsync();
        var (good, expired) = await site.WithDbAsync(async db =>
        {
            var (maple, okafor) = (await db.Classes.SingleAsync(c => c.Name == "5 Maple"), await db.People.SingleAsync(p => p.Surname == "Okafor"));
            var (now, long_) = (new JoinCode(maple.Id, okafor.Id, Everybody.MondayNine), new JoinCode(maple.Id, okafor.Id, Everybody.MondayNine - JoinCode.Lasts));
            db.AddRange(now, long_);
            await db.SaveChangesAsync();
            return (now.Code, long_.Code);
        });
        using var sofia = site.Visitor();
        Task<Answer> Ask(string code) => sofia.PostFormAsync("/join", ("Code", code), ("Forename", "Sofia"), ("Surname", "Rossi"));

        var (wrong, late, right) = (await Ask("AAAAAAAAA"), await Ask(expired), await Ask(good));
        var asked = await sofia.GetAsync(right.Location!);

        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal((wrong.Status, wrong.Main.Replace("AAAAAAAAA", expired, StringComparison.Ordinal)), (late.Status, late.Main));
        foreach (var answer in new[] { wrong, late, right, asked })
            foreach (var name in new[] { "Maple", "Okafor", "Nair", "Amira", "Haddad" })
                Assert.DoesNotContain(name, answer.Body, StringComparison.Ordinal);
        // Nobody is in before a teacher admits them.
        Assert.Equal(0, await site.WithDbAsync(db => db.People.CountAsync(p => p.Surname == "Rossi")));
    }

    [Fact]
    public async Task CS25_A_shared_device_keeps_no_page_and_forgets_after_twenty_quiet_minutes()
    {
        using var site = await TestSite.OpenAsync();
        using var amira = await site.SignedInAsync("Haddad", shared: true);
        var maple = await site.WithDbAsync(db => db.Classes.Where(c => c.Name == "5 Maple").Select(c => c.Id).SingleAsync());

        foreach (var page in new[] { "/", "/classes", $"/classes/{maple}", $"/classes/{maple}/work", "/work", "/news", "/me" })
        {
            var answer = await amira.GetAsync(page);
            Assert.Equal((HttpStatusCode.OK, "no-store"), (answer.Status, answer.Header("Cache-Control")));
            Assert.Null(answer.Header("ETag"));
        }
        site.Clock!.Advance(TimeSpan.FromMinutes(21));
        Assert.NotNull((await amira.GetAsync("/")).Page.QuerySelector("form[action='/login']"));

        using var ben = await site.SignedInAsync("Fisher", shared: true);
        Assert.Equal("\"cache\"", (await ben.PostFormAsync("/logout")).Header("Clear-Site-Data"));
        Assert.NotNull((await ben.GetAsync("/")).Page.QuerySelector("form[action='/login']"));
    }

    [Fact]
    public async Task CS36_A_fresh_school_has_quiet_hours_and_nothing_open_to_strangers()
    {
        using var site = await TestSite.OpenAsync(hasMail: false);
        using var stranger = site.Visitor();
        var fresh = new SchoolProfile("Fresh", "Europe/London", SchoolDays.MondayToFriday, new(8, 30), Everybody.MondayNine);
        var endpoints = await AppEndpoint.AllAsync(site);

        Assert.Equal((new TimeOnly(19, 0), new TimeOnly(7, 0)), (fresh.QuietFrom, fresh.QuietUntil));
        // Comments, rooms and signing up do not exist; guardians and mail are off until the school names a mail server.
        Assert.DoesNotContain(endpoints, e => new[] { "comment", "room", "register", "signup" }.Any(w => e.Address.Contains(w, StringComparison.OrdinalIgnoreCase)));
        foreach (var page in endpoints.Where(e => e is { Page: not null, Method: "GET" } && !e.Address.StartsWith("/problem", StringComparison.Ordinal)).Select(e => e.Address.Replace("{classId}", "1", StringComparison.Ordinal)))
        {
            var answer = await stranger.GetAsync(page.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal));
            if (page is "/" or "/login" or "/logout" or "/join") Assert.Equal(HttpStatusCode.OK, answer.Status);
            else Assert.True(answer.Status == HttpStatusCode.NotFound || answer.Location?.StartsWith("/login", StringComparison.Ordinal) == true, $"{page} answers {answer.Status} to a stranger");
        }
    }
}
