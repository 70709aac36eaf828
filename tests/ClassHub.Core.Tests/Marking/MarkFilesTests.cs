using ClassHub.Backups;
using ClassHub.Classes;
using ClassHub.Marking;
using ClassHub.Media;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tests.Marking;

public sealed class MarkFilesTests
{
    private static MarkWords Words(int seen, params StoredFile[] files) => new(null, null, "", seen) { Files = files };

    private static async Task<bool> SeesAsync(TestSchool school, Person person, int submissionId, StoredFile file)
    {
        var db = school.Db();
        return await db.Files.OfWork(submissionId, await school.ViewerAsync(person, school.Maple), db).AnyAsync(f => f.Id == file.Id);
    }

    [BothEngines]
    public async Task A_file_is_the_teachers_alone_until_the_mark_is_given_back(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var work = (await school.HandInAsync(await school.SetTaskAsync(), school.Amira)).SubmissionId;
        var voice = await school.KeepAsync(school.Okafor);

        var draft = await school.Marking().SaveAsync(work, school.Okafor.Id, Words(0, voice), default);
        Assert.Equal((false, true), (await SeesAsync(school, school.Amira, work, voice), await SeesAsync(school, school.Nair, work, voice)));
        // A voice says enough by itself.
        await school.Marking().GiveBackAsync(work, school.Okafor.Id, Words(draft.Version), default);
        school.Clock.Advance(Undo.Lasts);

        Assert.True(await SeesAsync(school, school.Amira, work, voice));
        var others = (await school.HandInAsync(await school.SetTaskAsync("Another"), school.Ben)).SubmissionId;
        Assert.False(await SeesAsync(school, school.Ben, others, voice));
    }

    [BothEngines]
    public async Task Files_stay_with_a_mark_that_is_saved_and_given_back_again_and_are_there_once(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var work = (await school.HandInAsync(await school.SetTaskAsync(), school.Amira)).SubmissionId;
        var (voice, page) = (await school.KeepAsync(school.Okafor), await school.KeepAsync(school.Okafor));

        var first = await school.Marking().GiveBackAsync(work, school.Okafor.Id, Words(0, voice), default);
        var again = await school.Marking().SaveAsync(work, school.Okafor.Id, new(Result.GotIt, null, "Typed", first.Version), default);
        await school.Marking().GiveBackAsync(work, school.Okafor.Id, Words(again.Version, page, voice), default);

        Assert.Equal([voice.Id, page.Id], await school.Db().MarkFiles.OrderBy(f => f.Place).Select(f => f.FileId).ToListAsync());
    }

    [BothEngines]
    public async Task At_most_five_and_none_that_belongs_elsewhere(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var drawing = await school.KeepAsync(school.Amira);
        var work = (await school.HandInAsync(task, school.Amira, files: [drawing])).SubmissionId;
        var six = new List<StoredFile>();
        for (var i = 0; i < 6; i++) six.Add(await school.KeepAsync(school.Okafor));

        var many = await Assert.ThrowsAsync<RuleBroken>(() => school.Marking().SaveAsync(work, school.Okafor.Id, Words(0, [.. six]), default));
        var taken = await Assert.ThrowsAsync<RuleBroken>(() => school.Marking().SaveAsync(work, school.Okafor.Id, Words(0, drawing), default));

        Assert.Equal(("Files", "Files"), (many.Field, taken.Field));
        Assert.Equal(0, await school.Db().Marks.CountAsync());
        Assert.Equal(5, (await school.Marking().SaveAsync(work, school.Okafor.Id, Words(0, [.. six.Take(5)]), default)).Files.Count);
    }

    [BothEngines]
    public async Task A_removed_file_is_swept_away_and_one_in_use_is_not(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var work = (await school.HandInAsync(await school.SetTaskAsync(), school.Amira)).SubmissionId;
        var (wrong, right) = (await school.KeepAsync(school.Okafor), await school.KeepAsync(school.Okafor));
        var draft = await school.Marking().SaveAsync(work, school.Okafor.Id, Words(0, wrong, right), default);

        var mark = await school.Marking().RemoveFileAsync(work, school.Okafor.Id, new(null, null, "Kept what was typed", draft.Version), wrong.Id, default);
        school.Clock.Advance(TimeSpan.FromDays(2));
        var folder = Directory.CreateTempSubdirectory("classhub-unfinished-").FullName;
        await new SweepUnusedFiles(school.Db(), school.Files, new UnfinishedFiles(folder), school.Clock).RunAsync(default);
        Directory.Delete(folder, recursive: true);

        Assert.Equal("Kept what was typed", mark.Comment);
        Assert.Equal([right.Id], await school.Db().Files.Where(f => f.OwnerId == school.Okafor.Id).Select(f => f.Id).ToListAsync());
        Assert.Equal([right.Id], await school.Db().MarkFiles.Select(f => f.FileId).ToListAsync());
    }

    [BothEngines]
    public async Task A_co_teachers_change_keeps_new_files_out_until_it_was_seen(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var work = (await school.HandInAsync(await school.SetTaskAsync(), school.Amira)).SubmissionId;
        var voice = await school.KeepAsync(school.Okafor);
        var theirs = await school.Marking().SaveAsync(work, school.Nair.Id, new(Result.GotIt, null, "Lovely.", 0), default);

        await Assert.ThrowsAsync<MarkChanged>(() => school.Marking().SaveAsync(work, school.Okafor.Id, Words(0, voice), default));
        await school.Marking().SaveAsync(work, school.Okafor.Id, Words(theirs.Version, voice), default);

        Assert.Equal(voice.Id, (await school.Db().MarkFiles.SingleAsync()).FileId);
    }

    [BothEngines]
    public async Task All_that_is_ready_includes_a_mark_that_is_only_a_voice(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var work = (await school.HandInAsync(task, school.Amira)).SubmissionId;
        await school.Marking().SaveAsync(work, school.Okafor.Id, Words(0, await school.KeepAsync(school.Okafor)), default);

        Assert.Equal(1, (await school.Marking().GiveBackAllAsync(task, default)).Count);
    }

    [BothEngines]
    public async Task A_damaged_file_of_an_answer_says_where_it_is_missing(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var work = (await school.HandInAsync(await school.SetTaskAsync(), school.Amira)).SubmissionId;
        var voice = await school.KeepAsync(school.Okafor);
        await school.Marking().SaveAsync(work, school.Okafor.Id, Words(0, voice), default);
        await school.Files.DeleteAsync(new FileKey(voice.Key), default);

        await new CheckFiles(school.Db(), school.Files, school.Clock).RunAsync(default);

        var damaged = Assert.Single(await school.Db().DamagedFilesAsync(10, default));
        Assert.Equal("Feedback for Volcano poster, 5 Maple", Assert.Single(damaged.Uses));
    }
}
