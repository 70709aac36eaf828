using ClassHub.Browser.Tests.Looking;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Stories;

/// <summary>The school's machine breaks, and there is another one and last night's backup.</summary>
[Collection(InTheBrowser.Name)]
public sealed class BackupStoryTests(Chromium chromium, DemoServer school, FreshServer other) : IClassFixture<FreshServer>
{
    [Fact]
    public async Task A_school_moves_to_another_machine_with_the_backup_that_its_office_took_home()
    {
        var folder = Directory.CreateTempSubdirectory("classhub-home-").FullName;
        try
        {
            var backup = await TakeHomeAsync(folder);
            await BringBackAsync(backup, Damaged(backup));

            await using var amira = await chromium.PhoneAsync(other, script: false);
            await amira.SignInAsync("amira");
            await Expect(amira.Heading("Do this now")).ToBeVisibleAsync();
            amira.HadNoTrouble();
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private async Task<string> TakeHomeAsync(string folder)
    {
        await using var office = await chromium.DesktopAsync(school);
        await office.HasSignedInAsync("admin");
        await office.Page.GotoAsync("/admin/backup");
        await office.PressAsync("Back up now");
        await office.SeesAsync("The backup is being made.");
        var download = office.Page.GetByRole(AriaRole.Button, new() { Name = "Download" });
        for (var tries = 0; tries < 100 && await download.CountAsync() == 0; tries++)
        {
            await Task.Delay(200);
            await office.Page.GotoAsync("/admin/backup");
        }
        await office.Page.GetByLabel("Your password").FillAsync("classhub-demo");
        var backup = Path.Combine(folder, "school.zip");
        await (await office.Page.RunAndWaitForDownloadAsync(() => download.ClickAsync())).SaveAsAsync(backup);
        office.HadNoTrouble();
        return backup;
    }

    private static string Damaged(string backup)
    {
        var bytes = File.ReadAllBytes(backup);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(backup + ".damaged.zip", bytes);
        return backup + ".damaged.zip";
    }

    private async Task BringBackAsync(string backup, string damaged)
    {
        await using var office = await chromium.PhoneAsync(other);
        await office.Page.GotoAsync("/");
        Assert.Empty(await office.Page.ProblemsAsync());
        await office.FollowAsync("Bring back a backup");
        await office.ListensAsync();
        Assert.Empty(await office.Page.ProblemsAsync());

        await office.Page.GetByLabel("The file").SetInputFilesAsync(damaged);
        await office.PressAsync("Bring it back");
        await office.SeesAsync("This backup is damaged");
        await office.Page.GetByLabel("The file").SetInputFilesAsync(backup);
        await office.PressAsync("Bring it back");
        await office.SeesAsync("The school is back as it was on");
        // The console calls a refusal an error.
        Assert.All(office.Troubles, trouble => Assert.Contains("status of 400", trouble, StringComparison.Ordinal));
    }
}
