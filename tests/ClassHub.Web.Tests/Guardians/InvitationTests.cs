using System.Net;
using ClassHub.Notifications;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Guardians;

/// <summary>From the invitation to the guardian's first page, and who may change who is signed in.</summary>
public sealed class InvitationTests : IAsyncLifetime
{
    private TestSite site = null!;
    private int classId, amira, ben, linkId;
    private string code = "";

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        await site.WithDbAsync(async db =>
        {
            var people = await db.People.ToDictionaryAsync(p => p.Surname);
            (amira, ben) = (people["Haddad"].Id, people["Fisher"].Id);
            classId = await db.Classes.Where(c => c.Name == "5 Maple").Select(c => c.Id).SingleAsync();
            var farid = new Person(Role.Guardian, "Farid", "Senior", Everybody.MondayNine);
            var link = new GuardianLink(farid, people["Haddad"], people["Hart"].Id, isApproved: true, Everybody.MondayNine);
            db.AddRange(farid, link);
            await db.SaveChangesAsync();
            db.Add(new MessageSettings(farid.Id, "farid@example.org", Everybody.MondayNine));
            await db.SaveChangesAsync();
            (linkId, code) = (link.Id, link.Code!);
        });
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    private async Task<string> WayInAsync()
    {
        var key = RandomKey.Hex();
        await site.WithDbAsync(async db =>
        {
            db.Add(new SignInLink(await db.People.Where(p => p.Surname == "Senior").Select(p => p.Id).SingleAsync(), key, Everybody.MondayNine.AddDays(7)));
            await db.SaveChangesAsync();
        });
        return $"/guardian/in/{key}";
    }

    [Fact]
    public async Task A_guardian_accepts_with_the_code_of_the_slip_and_a_wrong_one_is_told_beside_the_field()
    {
        using var farid = await site.SignedInAsync("Senior");
        var home = await farid.GetAsync("/");
        Assert.NotNull(home.Page.QuerySelector($"form[action='/guardians/{linkId}?handler=Accept'] input[name=Code]"));

        var wrong = await farid.PostAsync($"/guardians/{linkId}?handler=Accept", ("_form", home.FormToken), ("Code", "WRONGONE"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("You can try 4 times more", wrong.Main, StringComparison.Ordinal);
        Assert.Equal("WRONGONE", wrong.Page.QuerySelector("input[name=Code]")!.GetAttribute("value"));
        Assert.DoesNotContain("Amira", (await farid.GetAsync("/classes")).Main, StringComparison.Ordinal);
        var right = await farid.PostAsync($"/guardians/{linkId}?handler=Accept", ("_form", wrong.FormToken),
            ("Code", $"{code[..4]} {code[4..].ToLowerInvariant()}"));

        Assert.Equal("/", right.Location);
        Assert.Contains("Nothing is set for Amira", (await farid.GetAsync("/")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_slip_shows_the_code_to_the_class_teachers_and_the_office_until_it_is_used()
    {
        using var okafor = await site.SignedInAsync("Okafor");
        using var hart = await site.SignedInAsync("Hart");
        var slip = $"/classes/{classId}/pupils/{amira}/guardians/{linkId}/slip";

        foreach (var reader in new[] { okafor, hart }) Assert.Contains($"{code[..4]} {code[4..]}", (await reader.GetAsync(slip)).Main,
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await okafor.GetAsync($"/classes/{classId}/pupils/{ben}/guardians/{linkId}/slip")).Status);
        await AcceptAsync();

        var used = (await okafor.GetAsync(slip)).Main;
        Assert.DoesNotContain(code[4..], used, StringComparison.Ordinal);
        Assert.Contains("no slip is needed any more", used, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_class_teachers_and_the_office_see_who_accepted_and_when()
    {
        using var nair = await site.SignedInAsync("Nair");
        using var hart = await site.SignedInAsync("Hart");
        Assert.Contains("not answered yet", (await nair.GetAsync($"/classes/{classId}/pupils/{amira}/guardians")).Main, StringComparison.Ordinal);
        await AcceptAsync();

        var page = (await nair.GetAsync($"/classes/{classId}/pupils/{amira}/guardians")).Main;
        Assert.Contains("Farid Senior", page, StringComparison.Ordinal);
        Assert.Contains("Accepted today, 9:00", page, StringComparison.Ordinal);
        Assert.DoesNotContain("farid@", page, StringComparison.Ordinal);
        Assert.Contains("Since today", (await hart.GetAsync("/admin/guardians")).Main, StringComparison.Ordinal);
        Assert.Contains("Accepted to look after a pupil", (await hart.PostFormAsync("/admin/audit")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_opened_by_somebody_signed_in_as_another_asks_before_it_changes_who_is_signed_in()
    {
        using var device = await site.SignedInAsync("Haddad");
        var way = await WayInAsync();

        var asked = await device.GetAsync(way);
        Assert.Contains("Amira Haddad is signed in on this device", asked.Main, StringComparison.Ordinal);
        // A page that did not ask, or a double click on an older one, changes nothing.
        var refused = await device.PostAsync(way, ("_form", asked.FormToken), ("Shared", "false"));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("Amira Haddad is signed in", refused.Main, StringComparison.Ordinal);
        Assert.Contains("Amira", (await device.GetAsync("/me")).Main, StringComparison.Ordinal);

        var entered = await device.PostAsync(way, ("_form", refused.FormToken), ("Shared", "true"), ("Instead", "true"));
        Assert.Equal("/", entered.Location);
        Assert.Equal("\"cache\"", entered.Header("Clear-Site-Data"));
        Assert.Contains("Farid Senior", (await device.GetAsync("/me")).Main, StringComparison.Ordinal);
        Assert.Equal(0, await site.WithDbAsync(db => db.SignInSessions.CountAsync(s => s.PersonId == amira)));
    }

    [Fact]
    public async Task Whoever_is_signed_in_as_themselves_already_is_not_asked()
    {
        using var farid = await site.SignedInAsync("Senior");
        var way = await WayInAsync();

        Assert.DoesNotContain("is signed in on this device", (await farid.GetAsync(way)).Main, StringComparison.Ordinal);
        Assert.Equal("/", (await farid.PostFormAsync(way, ("Shared", "false"))).Location);
    }

    [Fact]
    public async Task A_child_in_the_address_who_is_a_stranger_leads_nowhere()
    {
        await AcceptAsync();
        using var farid = await site.SignedInAsync("Senior");
        Assert.Equal(HttpStatusCode.OK, (await farid.GetAsync($"/classes/{classId}?child={amira}")).Status);
        var missing = (await farid.GetAsync("/classes/999999")).Body;

        foreach (var child in new[] { $"{ben}", "0", "999999", "-1", "", "x", $"{amira}&child={ben}", "99999999999" })
        {
            var answer = await farid.GetAsync($"/classes/{classId}?child={child}");
            Assert.Equal((HttpStatusCode.NotFound, missing), (answer.Status, answer.Body));
        }
    }

    private Task AcceptAsync() => site.WithDbAsync(async db =>
        await new ClassHub.Guardians.InviteGuardian(db, site.Clock!).AcceptAsync(linkId, await db.GuardianLinks.Where(l => l.Id == linkId)
            .Select(l => l.GuardianId).SingleAsync(), code, default));
}
