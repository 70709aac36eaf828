using System.Security.Cryptography;
using System.Text;
using ClassHub.Browser.Tests.Faults;
using ClassHub.Browser.Tests.Looking;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Stories;

/// <summary>A father with two children comes in by the link that was sent to him.</summary>
[Collection(InTheBrowser.Name)]
public sealed class FamilyStoryTests(Chromium chromium, DemoServer school)
{
    /// <summary>Invited for Amira, already looking after another pupil; with a way in, as the message would have brought it.</summary>
    private string Invited()
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        using var db = StoredSchool.Open(school.Folder);
        using var command = db.CreateCommand();
        command.CommandText = """
            PRAGMA busy_timeout=20000;
            INSERT INTO People (Forename, Surname, Role, IsOffice, SendsUrgent, NeedsWords, SavesData, CreatedAt, Stamp) VALUES ('Yusuf', 'Hassan', 'Guardian', 0, 0, 0, 0, '2026-11-01 08:00:00', 1);
            INSERT INTO MessageSettings (PersonId, Email, Rhythm, Hour, UnsubscribeKey, ToldUntil) SELECT max(Id), 'yusuf@example.org', 'EverySchoolDay', '16:00:00', $key, '2026-11-01 08:00:00' FROM People;
            INSERT INTO GuardianLinks (GuardianId, PupilId, InvitedById, InvitedAt, ApprovedAt, Code)
            SELECT (SELECT max(Id) FROM People), PersonId, 1, strftime('%Y-%m-%d %H:%M:%S', 'now'), strftime('%Y-%m-%d %H:%M:%S', 'now'),
                'HEDGEHOG' FROM Accounts WHERE UserName = 'amira';
            INSERT INTO GuardianLinks (GuardianId, PupilId, InvitedById, InvitedAt, ApprovedAt, AcceptedAt) SELECT (SELECT max(Id) FROM People), PersonId, 1, '2026-11-01 08:00:00', '2026-11-01 08:00:00', '2026-11-01 09:00:00' FROM Accounts WHERE UserName = 'ben';
            INSERT INTO SignInLinks (PersonId, KeyHash, EndsAt) SELECT max(Id), $hash, '2100-01-01 00:00:00' FROM People;
            """;
        command.Parameters.AddWithValue("$key", key);
        command.Parameters.AddWithValue("$hash", SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        command.ExecuteNonQuery();
        return key;
    }

    [Fact]
    public async Task A_guardian_comes_in_without_a_password_says_yes_and_sees_both_children()
    {
        await using var yusuf = await chromium.PhoneAsync(school);
        var page = yusuf.Page;

        await page.GotoAsync("/guardian/in/" + Invited());
        await yusuf.PressAsync("Open ClassHub");
        await yusuf.SeesAsync("Do you look after Amira in 5 Maple?");
        Assert.Empty(await page.ProblemsAsync());
        await page.GetByLabel("The code of your slip").FillAsync("hedge hog");
        await yusuf.PressAsync("Yes");
        await Expect(yusuf.Heading("Amira")).ToBeVisibleAsync();
        await Expect(yusuf.Heading("Ben")).ToBeVisibleAsync();
        Assert.Empty(await page.ProblemsAsync());

        await page.Locator("section", new() { Has = yusuf.Heading("Amira") }).Locator("a.item").First.ClickAsync();
        await Expect(yusuf.Heading("The work")).ToBeVisibleAsync();
        await Expect(page.Locator("main form")).ToHaveCountAsync(0);
        Assert.Empty(await page.ProblemsAsync());
        foreach (var path in new[] { "/classes", "/calendar", "/calendar?view=list", "/news", "/search?q=fractions", "/me", "/me/messages", "/me/calendar" })
        {
            await page.GotoAsync(path);
            Assert.Empty((await page.ProblemsAsync()).Select(problem => path + ": " + problem));
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), path + " is wider than the phone");
        }
        yusuf.HadNoTrouble();
    }
}
