using System.Net;
using ClassHub.Audit;
using ClassHub.Backups;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Web.Tests.Backups;

public sealed class BackupPageTests
{
    private static async Task MakeAsync(TestSite site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<KeepBackup>().RunAsync(default);
        site.Clock!.Advance(TimeSpan.FromMinutes(1));
    }

    private static Task<int> DownloadsAsync(TestSite site) => site.WithDbAsync(db => db.Audit.CountAsync(a => a.Action == AuditAction.DownloadedBackup));

    [Fact]
    public async Task The_office_asks_for_a_backup_and_a_job_makes_it()
    {
        await using var site = await TestSite.OpenAsync();
        using var hart = await site.SignedInAsync("Hart");

        Assert.Contains("No backup was made yet", (await hart.GetAsync("/admin")).Main, StringComparison.Ordinal);
        var asked = await hart.PostFormAsync("/admin/backup");

        Assert.Equal((HttpStatusCode.Redirect, "/admin/backup"), (asked.Status, asked.Location));
        Assert.Equal(1, site.Services.GetRequiredService<JobStorage>().GetMonitoringApi().EnqueuedCount("default"));
        for (var i = 0; i < 4; i++) await MakeAsync(site);
        Assert.Equal(3, (await hart.GetAsync("/admin/backup")).Page.QuerySelectorAll("input[name=Name]").Length);
        Assert.Contains("The last backup was made today", (await hart.GetAsync("/admin")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taking_a_backup_asks_for_the_password_and_is_written_down()
    {
        await using var site = await TestSite.OpenAsync();
        await site.GivePasswordAsync("Hart");
        using var hart = await site.SignedInAsync("Hart");
        await MakeAsync(site);
        var name = (await hart.GetAsync("/admin/backup")).Page.QuerySelector("input[name=Name]")!.GetAttribute("value")!;
        var token = await hart.TokenAsync();
        Task<Answer> Download(string file, string password) => hart.PostAsync("/admin/backup?handler=Download", ("_form", token), ("Name", file), ("Password", password));

        var wrong = await Download(name, "something else");
        var elsewhere = await Download("../classhub.db", TestSite.Password);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, 0), (wrong.Status, elsewhere.Status, await DownloadsAsync(site)));
        Assert.Contains("That is not your password", wrong.Main, StringComparison.Ordinal);

        var taken = await Download(name, TestSite.Password);
        Assert.Equal((HttpStatusCode.OK, 1), (taken.Status, await DownloadsAsync(site)));
        Assert.StartsWith("attachment", taken.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.Equal(("sandbox; default-src 'none'", "nosniff", "no-store"), (taken.Header("Content-Security-Policy"), taken.Header("X-Content-Type-Options"), taken.Header("Cache-Control")));
        Assert.StartsWith("PK", taken.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_the_password_is_slowed_down()
    {
        await using var site = await TestSite.OpenAsync();
        await site.GivePasswordAsync("Hart");
        using var hart = await site.SignedInAsync("Hart");
        await MakeAsync(site);
        var token = await hart.TokenAsync();
        Task<Answer> Guess(string password) => hart.PostAsync("/admin/backup?handler=Download", ("_form", token), ("Name", "x"), ("Password", password));

        for (var i = 0; i < 3; i++) await Guess("guess " + i);

        Assert.Contains("wrong too often", (await Guess(TestSite.Password)).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_that_failed_while_nobody_looked_is_told_until_one_is_made()
    {
        await using var site = await TestSite.OpenAsync();
        using var hart = await site.SignedInAsync("Hart");
        var archives = site.Services.GetRequiredService<Archives>();
        // Something else has the name already.
        var taken = archives.NewPath(site.Clock!.GetUtcNow());
        Directory.CreateDirectory(taken);

        await Assert.ThrowsAsync<RuleBroken>(() => MakeAsync(site));
        Assert.Contains("was not made.", (await hart.GetAsync("/admin/backup")).Main, StringComparison.Ordinal);

        Directory.Delete(taken);
        await MakeAsync(site);
        Assert.DoesNotContain("was not made.", (await hart.GetAsync("/admin/backup")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_files_are_listed_for_the_office()
    {
        await using var site = await TestSite.OpenAsync();
        using var hart = await site.SignedInAsync("Hart");
        await site.WithDbAsync(async db =>
        {
            var ben = await db.People.SingleAsync(p => p.Surname == "Fisher");
            var file = db.Files.Add(new(new(ClassHub.Media.FileKey.New(), 7, new string('0', 64), []), "volcano.txt", ben.Id, null, Everybody.MondayNine)).Entity;
            file.Claim(Everybody.MondayNine);
            await db.SaveChangesAsync();
        });

        await MakeAsync(site);

        Assert.Contains("1 file is missing or changed", (await hart.GetAsync("/admin")).Main, StringComparison.Ordinal);
        Assert.Contains("Ben Fisher", (await hart.GetAsync("/admin/backup")).Main, StringComparison.Ordinal);
    }
}
