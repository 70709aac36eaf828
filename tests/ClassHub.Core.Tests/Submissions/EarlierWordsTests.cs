using ClassHub.Submissions;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.SchoolWork;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Submitting;

/// <summary>What one tab or device wrote stays, whatever another does.</summary>
public sealed class EarlierWordsTests
{
    private const string Essay = "Volcanoes are mountains with a hole at the top.";

    private static Task<List<EarlierDraft>> EarlierAsync(TestSchool school) => school.Db().EarlierDrafts.AsNoTracking().Include(e => e.Files).OrderBy(e => e.Id).ToListAsync();
    private static DraftHistory History(TestSchool school) => new(school.Db(), Limits);

    private static Task<Submission> SaveAsync(TestSchool school, int task, string text, string page, int? seen = null) =>
        school.Draft().SaveAsync(task, school.Amira.Id, text, [], seen, school.Now, Stop, page);

    private static Task<SubmissionVersion> HandInAsync(TestSchool school, int task, string text, string page, int? seen, DateTimeOffset? madeAt = null) =>
        new HandInWork(school.Db(), Limits, school.SchoolClock).RunAsync(new(task, school.Amira.Id, school.Amira.Id, RandomKey.Hex(), text, [], false, school.Now) { Page = page, Seen = seen, MadeAt = madeAt }, Stop);

    [BothEngines]
    public async Task A_page_that_is_older_asks_before_it_hands_in_and_then_both_are_there(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await SaveAsync(school, task, Essay, "tab A", 0);

        var asked = await Assert.ThrowsAsync<DraftChanged>(() => HandInAsync(school, task, "Old words", "tab B", 0));
        var version = await HandInAsync(school, task, "Old words", "tab B", asked.Version);

        Assert.Equal(Essay, asked.Words);
        Assert.Equal("Old words", version.Text);
        Assert.Equal(Essay, Assert.Single(await EarlierAsync(school)).Text);
    }

    [BothEngines]
    public async Task A_page_is_not_asked_about_its_own_words_whose_answer_was_lost(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await SaveAsync(school, task, "Volcanoes", "tab A", 0);

        await SaveAsync(school, task, "Volcanoes are", "tab A", 0);
        var version = await HandInAsync(school, task, Essay, "tab A", 0);

        Assert.Equal(Essay, version.Text);
        Assert.Empty(await EarlierAsync(school));
    }

    [BothEngines]
    public async Task A_page_that_has_not_seen_a_hand_in_asks_too(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await HandInAsync(school, task, Essay, "tab A", 0);

        var asked = await Assert.ThrowsAsync<DraftChanged>(() => HandInAsync(school, task, "Old words", "tab B", 0));

        Assert.Equal((Essay, true), (asked.Words, asked.IsHandedIn));
        Assert.Equal(2, (await HandInAsync(school, task, "Old words", "tab B", asked.Version)).Number);
    }

    [BothEngines]
    public async Task What_waited_on_a_device_asks_nobody_and_both_are_told_at_the_next_visit(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await SaveAsync(school, task, Essay, "tab A", 0);

        await HandInAsync(school, task, "Written on the bus", "phone", null, school.Now.AddMinutes(-40));

        var kept = Assert.Single(await EarlierAsync(school));
        Assert.Equal((Essay, true), (kept.Text, kept.IsToTell));
        await History(school).SeenAsync(task, school.Amira.Id, Stop);
        Assert.False(Assert.Single(await EarlierAsync(school)).IsToTell);
    }

    [BothEngines]
    public async Task Of_a_pages_own_saves_the_last_of_five_minutes_stays_and_any_that_lost_much(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var longer = Essay + " " + new string('x', 60);
        foreach (var text in new[] { "V", "Vo", Essay, longer }) await SaveAsync(school, task, text, "tab A");
        Assert.Empty(await EarlierAsync(school));

        await SaveAsync(school, task, "Oops", "tab A");                        // everything selected, one key pressed
        school.Clock.Advance(TimeSpan.FromMinutes(5));
        await SaveAsync(school, task, "Oops.", "tab A");

        Assert.Equal([longer, "Oops"], (await EarlierAsync(school)).ConvertAll(e => e.Text));
    }

    [BothEngines]
    public async Task Earlier_words_are_brought_back_and_what_stood_there_takes_their_place(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await SaveAsync(school, task, Essay, "tab A");
        await SaveAsync(school, task, "Other words", "tab B");

        await History(school).BringBackAsync(task, school.Amira.Id, (await EarlierAsync(school)).Single().Id, school.Now, Stop);

        Assert.Equal(Essay, (await school.Db().Submissions.SingleAsync()).DraftText);
        Assert.Equal("Other words", Assert.Single(await EarlierAsync(school)).Text);
    }

    [BothEngines]
    public async Task A_file_taken_out_comes_back_until_its_author_empties_the_history(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var drawing = await school.KeepAsync(school.Amira);
        await school.Draft().SaveAsync(task, school.Amira.Id, "", [drawing], null, school.Now, Stop, "tab A");

        await school.Draft().RemoveFileAsync(task, school.Amira.Id, drawing.Id, school.Now, Stop);
        await History(school).BringBackAsync(task, school.Amira.Id, (await EarlierAsync(school)).Single().Id, school.Now, Stop);
        Assert.Equal(drawing.Id, (await school.Db().DraftFiles.SingleAsync()).FileId);

        await school.Draft().RemoveFileAsync(task, school.Amira.Id, drawing.Id, school.Now, Stop);
        Assert.NotNull((await school.Db().Files.SingleAsync()).ClaimedAt);
        await History(school).EmptyAsync(task, school.Amira.Id, Stop);

        Assert.Empty(await EarlierAsync(school));
        Assert.Null((await school.Db().Files.SingleAsync()).ClaimedAt);
    }

    [BothEngines]
    public async Task Changes_left_after_handing_in_stay_in_the_history(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await HandInAsync(school, task, Essay, "tab A", 0);
        await school.Draft().StartChangeAsync(task, school.Amira.Id, school.Now, Stop);
        await SaveAsync(school, task, "A better beginning", "tab B");

        await school.Draft().DropChangeAsync(task, school.Amira.Id, school.Now, Stop);

        Assert.Contains("A better beginning", (await EarlierAsync(school)).ConvertAll(e => e.Text));
    }

    [BothEngines]
    public async Task Only_their_author_opens_files_of_earlier_words(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var drawing = await school.KeepAsync(school.Amira);
        await school.Draft().SaveAsync(task, school.Amira.Id, "", [drawing], null, school.Now, Stop, "tab A");
        await school.Draft().RemoveFileAsync(task, school.Amira.Id, drawing.Id, school.Now, Stop);

        var db = school.Db();
        Assert.True(await db.Files.VisibleTo(await school.ViewerAsync(school.Amira), db).AnyAsync());
        Assert.False(await db.Files.VisibleTo(await school.ViewerAsync(school.Ben), db).AnyAsync());
        Assert.False(await db.Files.VisibleTo(await school.ViewerAsync(school.Okafor), db).AnyAsync());
    }

    [BothEngines]
    public async Task Earlier_words_go_after_ninety_days(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await SaveAsync(school, task, Essay, "tab A");
        await SaveAsync(school, task, "Other words", "tab B");

        school.Clock.Advance(EarlierDraft.Kept - TimeSpan.FromMinutes(1));
        await new SweepEarlierDrafts(school.Db(), school.Clock).RunAsync(Stop);
        Assert.Single(await EarlierAsync(school));
        school.Clock.Advance(TimeSpan.FromMinutes(2));
        await new SweepEarlierDrafts(school.Db(), school.Clock).RunAsync(Stop);

        Assert.Empty(await EarlierAsync(school));
    }
}
