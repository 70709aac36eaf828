using System.Text.RegularExpressions;
using ClassHub.Calendars;
using ClassHub.Classes;
using ClassHub.People;
using ClassHub.Tasks;
using ClassHub.Tests.Mail;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.SchoolWork;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Dates;

/// <summary>What another calendar says about a date.</summary>
public sealed class FeedWordsTests
{
    private static readonly System.Globalization.CultureInfo Invariant = System.Globalization.CultureInfo.InvariantCulture;

    private sealed record Told(string Summary, int Sequence, string Url);

    private static async Task<List<Told>> ReadAsync(TestSchool school, Viewer viewer)
    {
        await using var db = school.Db();
        var entries = await db.EntriesAsync(viewer, school.Now.AddDays(-7), school.Now.AddDays(30), Stop, withCancelled: true);
        var profile = await db.Schools.AsNoTracking().SingleAsync();
        var written = new WriteICalendar(school.SchoolClock).Write(profile, entries, [], "https://hub.hazel.example");
        var text = written.Replace("\r\n ", "", StringComparison.Ordinal);
        return [.. text.Split("BEGIN:VEVENT").Skip(1).Select(e => new Told(Field(e, "SUMMARY"), int.Parse(Field(e, "SEQUENCE"), Invariant), Field(e, "URL")))];

        static string Field(string e, string name) => Regex.Match(e, $"^{name}[^:\n]*:(.*?)\r?$", RegexOptions.Multiline).Groups[1].Value;
    }

    [BothEngines]
    public async Task What_is_handed_in_or_excused_is_not_due_any_more_and_each_change_counts_on(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var told = new List<Told>();
        async Task ThenAsync(Func<Task> what)
        {
            school.Clock.Advance(TimeSpan.FromSeconds(20));
            await what();
            told.Add(Assert.Single(await ReadAsync(school, await school.ViewerAsync(school.Amira))));
        }

        await ThenAsync(() => Task.CompletedTask);
        await ThenAsync(() => school.HandInAsync(task, school.Amira));
        await ThenAsync(() => school.Draft().TakeBackAsync(task, school.Amira.Id, school.Now, Stop));
        await ThenAsync(() => new Arrange(school.Db(), school.Clock).ExcuseAsync(task, school.Amira.Id, school.Okafor.Id, Stop));
        await ThenAsync(() => new Arrange(school.Db(), school.Clock).WithdrawAsync(task, school.Amira.Id, school.Okafor.Id, Stop));

        Assert.Equal(["Due", "Done", "Due", "Done", "Due"], told.Select(t => t.Summary.Split(": Volcano")[0]));
        Assert.Equal(told.Select(t => t.Sequence).Distinct().Order(), told.Select(t => t.Sequence));
    }

    [BothEngines]
    public async Task A_guardian_of_two_reads_whose_date_it_is_by_a_letter_and_its_address_opens_that_child(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.SetTaskAsync();
        var link = await school.GuardianAsync(school.Amira);
        var ofOne = await ReadAsync(school, await school.Db().ViewerAsync(link.GuardianId, school.Now, Stop));
        Assert.Equal(["Due: Volcano poster"], ofOne.Select(t => t.Summary));
        var second = await school.GuardianAsync(school.Ben);

        Assert.Equal(link.GuardianId, second.GuardianId);
        var told = await ReadAsync(school, await school.Db().ViewerAsync(link.GuardianId, school.Now, Stop));

        Assert.Equal(["Due for A: Volcano poster", "Due for B: Volcano poster"], told.Select(t => t.Summary).Order());
        foreach (var (child, letter) in new[] { (school.Amira, "A"), (school.Ben, "B") })
        {
            var own = told.Single(t => t.Summary.StartsWith($"Due for {letter}:", StringComparison.Ordinal));
            Assert.EndsWith($"?child={child.Id}", own.Url, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Two_children_with_one_letter_are_told_apart_by_numbers()
    {
        var initials = ChildInitials.Of([new Child(1, "Amira", 0), new Child(2, "ben", 0), new Child(3, "ali", 0)]);

        Assert.Equal([(1, "A1"), (2, "B"), (3, "A2")], initials.Select(c => (c.Key, c.Value)).Order());
    }
}
