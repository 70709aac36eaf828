using System.Text.RegularExpressions;
using ClassHub.Backups;
using ClassHub.Media;
using ClassHub.Web.Pages.Problems;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Web.Tests.Problems;

public sealed partial class DiskTests
{
    [Fact]
    public async Task The_office_never_reads_that_a_backup_was_made_after_one_that_failed()
    {
        await using var site = await TestSite.OpenAsync();
        using var hart = await site.SignedInAsync("Hart");
        var archives = site.Services.GetRequiredService<Archives>();
        archives.NoteMade(Everybody.MondayNine.AddDays(-1));
        Assert.Contains("The last backup was made", (await hart.GetAsync("/admin")).Main, StringComparison.Ordinal);

        archives.NoteFailed(Everybody.MondayNine, "There is not enough space on the disk for it.");

        var words = (await hart.GetAsync("/admin")).Page.QuerySelector("section[aria-labelledby=b]")!.TextContent;
        Assert.DoesNotContain("Made", words, StringComparison.Ordinal);
        Assert.Contains("was not made. There is not enough space on the disk for it.", words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_folder_that_cannot_be_written_into_is_a_sentence_at_the_start()
    {
        var folder = TestDatabase.TemporaryFolder();

        Assert.Null(SchoolDisk.ProblemWith(folder));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        Assert.StartsWith("ClassHub cannot write into its data folder /proc/classhub", SchoolDisk.ProblemWith("/proc/classhub"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_field_for_a_password_is_one_that_no_answer_shows_again()
    {
        var names = Directory.EnumerateFiles(Repository.PathOf("src/ClassHub.Web/Pages"), "*.cshtml", SearchOption.AllDirectories)
            .SelectMany(f => Inputs().Matches(File.ReadAllText(f))).Select(m => m.Value).Where(i =>
                i.Contains("type=\"password\"", StringComparison.Ordinal)).Select(i => Name().Match(i).Groups[1].Value).ToHashSet();

        Assert.NotEmpty(names);
        Assert.Empty(names.Except(KeptForm.Secrets));
    }

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs();
    [GeneratedRegex(" name=\"([^\"]*)\"")]
    private static partial Regex Name();
}
