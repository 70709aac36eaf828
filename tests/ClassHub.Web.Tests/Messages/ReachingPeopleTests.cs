using System.Net;
using ClassHub.Database;
using ClassHub.Notifications;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Messages;

/// <summary>What the office does when e-mail does not reach somebody, and who hears of it.</summary>
public sealed class ReachingPeopleTests : IAsyncLifetime
{
    private TestSite site = null!;
    private int classId, amira, farid, okafor;

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        await site.WithDbAsync(async db =>
        {
            var people = await db.People.ToDictionaryAsync(p => p.Surname);
            (amira, okafor) = (people["Haddad"].Id, people["Okafor"].Id);
            classId = await db.Classes.Where(c => c.Name == "5 Maple").Select(c => c.Id).SingleAsync();
            var guardian = new Person(Role.Guardian, "Farid", "Senior", Everybody.MondayNine);
            var link = new GuardianLink(guardian, people["Haddad"], people["Hart"].Id, isApproved: true, Everybody.MondayNine);
            link.Accept(Everybody.MondayNine);
            db.AddRange(guardian, link);
            await db.SaveChangesAsync();
            db.AddRange(new MessageSettings(guardian.Id, "farid@example.org", Everybody.MondayNine),
                new MessageSettings(okafor, "okafor@hazel.example", Everybody.MondayNine));
            await db.SaveChangesAsync();
            farid = guardian.Id;
        });
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    private string Card(int person) => $"/admin/people/{person}";
    private Task<MessageSettings> SettingsAsync(int person) => site.WithDbAsync(db => db.MessageSettings.AsNoTracking().SingleAsync(s => s.PersonId == person));

    [Fact]
    public async Task The_office_marks_a_returned_mail_and_the_childs_teacher_reads_it_in_the_news()
    {
        using var hart = await site.SignedInAsync("Hart");
        using var teacher = await site.SignedInAsync("Okafor");

        Assert.Equal(Card(farid), (await hart.PostAsync(Card(farid) + "?handler=MailReturned", ("_form", await hart.TokenAsync()))).Location);

        Assert.Contains("E-mail came back. Noticed today", (await hart.GetAsync(Card(farid))).Main, StringComparison.Ordinal);
        Assert.Contains("E-mail came back", (await hart.GetAsync("/admin/guardians")).Main, StringComparison.Ordinal);
        Assert.Contains("1 person comes back", (await hart.GetAsync("/admin")).Main, StringComparison.Ordinal);
        var news = await teacher.GetAsync("/news");
        Assert.Contains("E-mail to a guardian of Amira Haddad comes back", news.Main, StringComparison.Ordinal);
        var link = news.Page.QuerySelector($"a[href='/classes/{classId}/pupils/{amira}/guardians']")!;
        Assert.Contains("E-mail came back", (await teacher.GetAsync(link.GetAttribute("href")!)).Main, StringComparison.Ordinal);
        await hart.PostAsync(Card(farid) + "?handler=MailAgain", ("_form", await hart.TokenAsync()));
        Assert.Null((await SettingsAsync(farid)).Trouble);
    }

    [Fact]
    public async Task The_office_changes_the_address_of_guardians_and_staff_and_the_old_one_is_told()
    {
        using var hart = await site.SignedInAsync("Hart");

        foreach (var (person, old) in new[] { (farid, "farid@example.org"), (okafor, "okafor@hazel.example") })
        {
            var wrong = await hart.PostAsync(Card(person) + "?handler=Address", ("_form", await hart.TokenAsync()), ("NewAddress", "a..b@example.org"));
            Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
            Assert.Equal("a..b@example.org", wrong.Page.QuerySelector("#NewAddress")!.GetAttribute("value"));
            Assert.Contains("sofia@example.org", wrong.Page.QuerySelector("#NewAddress")!.ParentElement!.TextContent, StringComparison.Ordinal);
            await hart.PostAsync(Card(person) + "?handler=Address", ("_form", await hart.TokenAsync()), ("NewAddress", $"new{person}@example.org"));
            Assert.Equal($"new{person}@example.org", (await SettingsAsync(person)).Email);
            Assert.Equal(old, await site.WithDbAsync(db => db.Messages.Where(m => m.PersonId == person && m.Kind == MessageKind.AddressChanged)
                .Select(m => m.Address).SingleAsync()));
        }
        Assert.Equal(HttpStatusCode.BadRequest, (await hart.PostAsync(Card(amira) + "?handler=Address", ("_form", await hart.TokenAsync()),
            ("NewAddress", "amira@example.org"))).Status);
        Assert.DoesNotContain("@example.org", (await hart.GetAsync(Card(farid))).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_who_change_their_own_address_are_told_at_the_old_one()
    {
        using var teacher = await site.SignedInAsync("Okafor");

        Assert.Equal("/me/messages", (await teacher.PostFormAsync("/me/messages", ("Email", "daniel@hazel.example"), ("Rhythm", "EverySchoolDay"),
            ("Hour", "16:00"))).Location);
        await teacher.PostFormAsync("/me/messages", ("Email", "daniel@hazel.example"), ("Rhythm", "Never"), ("Hour", "16:00"));

        Assert.Equal("okafor@hazel.example", await site.WithDbAsync(db => db.Messages.Select(m => m.Address).SingleAsync()));
    }
}
