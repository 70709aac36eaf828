using ClassHub.Media;
using ClassHub.Notifications;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tests.Submissions;

public sealed class HandingInWorkTests
{
    [BothEngines]
    public async Task Handing_in_tells_each_teacher_once_even_when_the_form_comes_twice(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var key = RandomKey.Hex();

        var first = await school.HandInAsync(task, school.Amira, key: key);
        var again = await school.HandInAsync(task, school.Amira, key: key);

        Assert.Equal(first.Receipt, again.Receipt);
        Assert.Equal(1, await school.Db().SubmissionVersions.CountAsync());
        var told = await school.Db().Notifications.Where(n => n.Kind == NotificationKind.WorkHandedIn).Select(n => n.RecipientId).OrderBy(id => id).ToListAsync();
        Assert.Equal(new[] { school.Okafor.Id, school.Nair.Id }.Order(), told);
    }

    [BothEngines]
    public async Task Twelve_presses_at_the_same_moment_are_one_hand_in(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var key = RandomKey.Hex();

        var receipts = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => school.HandInAsync(task, school.Amira, key: key))));

        Assert.Single(receipts.Select(r => r.Receipt).Distinct());
        Assert.Equal(1, await school.Db().SubmissionVersions.CountAsync());
    }

    [BothEngines]
    public async Task Another_text_under_the_same_key_is_refused_and_changes_nothing(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var key = RandomKey.Hex();
        await school.HandInAsync(task, school.Amira, "Mine", key);

        await Assert.ThrowsAsync<KeyUsed>(() => school.HandInAsync(task, school.Amira, "Other", key));

        Assert.Equal("Mine", (await school.Db().SubmissionVersions.SingleAsync()).Text);
    }

    [BothEngines]
    public async Task Nothing_cannot_be_handed_in_but_paper_can(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();

        var refused = await Assert.ThrowsAsync<RuleBroken>(() => school.HandInAsync(task, school.Amira, " "));
        var version = await school.HandInAsync(task, school.Amira, null, onPaper: true);

        Assert.Equal("Text", refused.Field);
        Assert.True(version.IsOnPaper);
    }

    [BothEngines]
    public async Task A_version_is_frozen_with_its_own_files(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var drawing = await school.KeepAsync(school.Amira);
        await school.Draft().SaveAsync(task, school.Amira.Id, "First", [drawing], null, school.Now, default);
        await school.HandInAsync(task, school.Amira, "First");

        await school.Draft().StartChangeAsync(task, school.Amira.Id, school.Now, default);
        await school.Draft().RemoveFileAsync(task, school.Amira.Id, drawing.Id, school.Now, default);
        await school.HandInAsync(task, school.Amira, "Second");

        var versions = await school.Db().SubmissionVersions.OrderBy(v => v.Number).Select(v => new { v.Text, Files = v.Files.Count }).ToListAsync();
        Assert.Equal([new { Text = "First", Files = 1 }, new { Text = "Second", Files = 0 }], versions);
        Assert.NotNull((await school.Db().Files.SingleAsync()).ClaimedAt);
    }

    [BothEngines]
    public async Task Pages_are_put_in_order_before_they_are_handed_in(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        StoredFile[] pages = [await school.KeepAsync(school.Amira, "one"), await school.KeepAsync(school.Amira, "two"), await school.KeepAsync(school.Amira, "three")];
        await school.Draft().SaveAsync(task, school.Amira.Id, null, pages, null, school.Now, default);
        Task MoveAsync(int page, bool earlier) => school.Draft().MoveFileAsync(task, school.Amira.Id, pages[page].Id, earlier, school.Now, default);

        await MoveAsync(2, earlier: true);
        await MoveAsync(0, earlier: false);
        await MoveAsync(2, earlier: true); // it is the first already
        await school.Draft().MoveFileAsync(task, school.Amira.Id, 9999, true, school.Now, default);
        await school.HandInAsync(task, school.Amira, null);

        var order = await school.Db().SubmissionFiles.OrderBy(f => f.Place).Select(f => f.FileId).ToListAsync();
        Assert.Equal([pages[2].Id, pages[0].Id, pages[1].Id], order);
    }

    [BothEngines]
    public async Task After_the_close_nothing_is_taken_but_a_teacher_can_still_file_paper(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        school.GoTo(SchoolWork.At(27, 16, 1));

        await Assert.ThrowsAsync<RuleBroken>(() => school.HandInAsync(task, school.Amira));
        await school.HandInAsync(task, school.Amira, null, onPaper: true, by: school.Okafor, at: school.SchoolClock.Deadline(SchoolWork.At(24, 9)));

        var version = await school.Db().SubmissionVersions.SingleAsync();
        Assert.Equal((school.Okafor.Id, true), (version.ByPersonId, version.IsOnPaper));
        Assert.False(await school.Db().Notifications.AnyAsync(n => n.Kind == NotificationKind.WorkHandedIn && n.RecipientId == school.Okafor.Id));
    }

    [BothEngines]
    public async Task An_extension_makes_late_work_on_time_and_keeps_the_door_open(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await new Arrange(school.Db(), school.Clock).ExtendAsync(task, school.Amira.Id, school.SchoolClock.Deadline(SchoolWork.At(30, 16)), school.Okafor.Id, default);
        school.GoTo(SchoolWork.At(28, 9));

        await school.HandInAsync(task, school.Amira);

        await Assert.ThrowsAsync<RuleBroken>(() => school.HandInAsync(task, school.Ben));
        var db = school.Db();
        var standing = Standing.Of(await db.Tasks.SingleAsync(), await db.Arrangements.SingleAsync(), await db.Submissions.Include(s => s.Task).SingleAsync(), school.Now);
        Assert.False(standing.IsLate);
    }

    [BothEngines]
    public async Task Work_taken_back_is_the_draft_again_and_not_handed_in(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var drawing = await school.KeepAsync(school.Amira);
        await school.HandInAsync(task, school.Amira, "My words", files: [drawing]);

        await school.Draft().TakeBackAsync(task, school.Amira.Id, school.Now, default);

        var work = await school.Db().Submissions.Include(s => s.DraftFiles).SingleAsync();
        Assert.Equal((null, "My words", drawing.Id), (work.HandedInAt, work.DraftText, work.DraftFiles.Single().FileId));
    }

    [BothEngines]
    public async Task Work_that_was_given_back_or_is_closed_cannot_be_taken_back(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        await school.HandInAsync(task, school.Ben);
        var version = await school.HandInAsync(task, school.Amira);
        await school.GiveBackAsync(version.SubmissionId);

        await Assert.ThrowsAsync<RuleBroken>(() => school.Draft().TakeBackAsync(task, school.Amira.Id, school.Now, default));
        school.GoTo(SchoolWork.At(27, 17));
        await Assert.ThrowsAsync<RuleBroken>(() => school.Draft().TakeBackAsync(task, school.Ben.Id, school.Now, default));
    }

    [BothEngines]
    public async Task A_second_device_never_overwrites_newer_words_unasked(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var seen = (await school.Draft().SaveAsync(task, school.Amira.Id, "On the phone", [], 0, school.Now, default)).DraftVersion;
        await school.Draft().SaveAsync(task, school.Amira.Id, "On the phone, longer", [], seen, school.Now, default);

        await Assert.ThrowsAsync<DraftChanged>(() => school.Draft().SaveAsync(task, school.Amira.Id, "On the tablet", [], seen, school.Now, default));

        Assert.Equal("On the phone, longer", (await school.Db().Submissions.SingleAsync()).DraftText);
    }

    [BothEngines]
    public async Task Lateness_counts_from_when_the_request_began(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var began = school.SchoolClock.Deadline(SchoolWork.At(24, 16)).AddSeconds(-1);
        school.GoTo(SchoolWork.At(24, 16, 20));

        await school.HandInAsync(task, school.Amira, at: began);

        var db = school.Db();
        Assert.False(Standing.Of(await db.Tasks.SingleAsync(), null, await db.Submissions.Include(s => s.Task).SingleAsync(), school.Now).IsLate);
    }

    [BothEngines]
    public async Task A_later_version_is_never_earlier_although_the_clock_was_set_back(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        foreach (var hours in new[] { 0, 1, -1, 24, -24, -1, 2 }) await school.HandInAsync(task, school.Amira, $"{hours}", at: school.Now.AddHours(hours));
        await school.Draft().TakeBackAsync(task, school.Amira.Id, school.Now, default);
        await school.HandInAsync(task, school.Amira, "again", at: school.Now.AddHours(-3));

        var times = await school.Db().SubmissionVersions.OrderBy(v => v.Number).Select(v => v.HandedInAt).ToListAsync();

        Assert.Equal(8, times.Count);
        Assert.Equal(times.Order(), times);
    }

    [BothEngines]
    public async Task A_request_that_began_in_time_is_not_late_because_a_quicker_one_came_after_the_deadline(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var due = school.SchoolClock.Deadline(SchoolWork.At(24, 16));
        school.GoTo(SchoolWork.At(24, 16, 2));

        await school.HandInAsync(task, school.Amira, "quick", at: due.AddSeconds(65));
        await school.HandInAsync(task, school.Amira, "slow", at: due.AddSeconds(-5));

        Assert.Equal(due.AddSeconds(-5), (await school.Db().Submissions.SingleAsync()).HandedInAt);
    }

    [BothEngines]
    public async Task More_than_twenty_files_are_refused_and_nothing_is_handed_in(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var files = new List<ClassHub.Media.StoredFile>();
        for (var i = 0; i < 21; i++) files.Add(await school.KeepAsync(school.Amira, $"drawing {i}"));

        await Assert.ThrowsAsync<RuleBroken>(() => school.HandInAsync(task, school.Amira, files: [.. files]));

        Assert.Equal(0, await school.Db().SubmissionVersions.CountAsync());
        Assert.Equal(0, await school.Db().DraftFiles.CountAsync());
    }
}
