using ClassHub.Media;
using ClassHub.Notifications;
using ClassHub.Submissions;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tests.Submissions;

/// <summary>Hand in is pressed while a photo is still on its way. The task is due on Tuesday at 16:00 and closes on Friday.</summary>
public sealed class PressedMeanwhileTests : IDisposable
{
    private static readonly byte[] Photo = [.. Enumerable.Range(0, 2_000).Select(i => (byte)i)];
    private readonly string folder = Directory.CreateTempSubdirectory("classhub-pressed-").FullName;
    public void Dispose() => Directory.Delete(folder, recursive: true);

    private TakeUpload Uploads(TestSchool school)
    {
        var (db, store) = (school.Db(), new DiskFileStore(folder));
        return new(db, new UnfinishedFiles(folder), store, new KeepFile(db, store, SchoolWork.Limits, school.Clock), SchoolWork.Limits, school.Clock);
    }

    private static HandInWhenThere Wishes(TestSchool school)
    {
        var db = school.Db();
        return new(db, new HandInWork(db, SchoolWork.Limits, school.SchoolClock), new DraftWork(db, SchoolWork.Limits), SchoolWork.Limits, school.Clock);
    }

    private async Task<Upload> BeginAsync(TestSchool school, string name = "photo.jpg") =>
        await Uploads(school).StartAsync(name, Photo.Length, school.Amira.Id, false, school.Maple.Id, TestSchool.Stop);

    private async Task SendAsync(TestSchool school, Upload upload, bool isTold = true)
    {
        await Uploads(school).AppendAsync(upload, 0, new MemoryStream(Photo), null, TestSchool.Stop);
        if (isTold) await Wishes(school).ArrivedAsync(upload.Key, school.Amira.Id, TestSchool.Stop);
    }

    private static Task PressAsync(TestSchool school, int task, string key, string? text, params Upload[] awaited)
    {
        var pressed = new HandInRequest(task, school.Amira.Id, school.Amira.Id, key, text, [], false, school.Now);
        return Wishes(school).WishAsync(pressed, [.. awaited.Select(u => u.Key)], TestSchool.Stop);
    }

    [BothEngines]
    public async Task It_is_handed_in_with_the_last_piece_as_of_the_press_and_both_times_are_told(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        school.GoTo(SchoolWork.At(24, 13));
        var (first, second) = (await BeginAsync(school), await BeginAsync(school));
        school.GoTo(SchoolWork.At(24, 15, 59));
        var key = RandomKey.Hex();
        await PressAsync(school, task, key, "Look", first, second);
        await SendAsync(school, first);
        Assert.Null((await school.Db().Submissions.SingleAsync()).HandedInAt);

        // Both pieces are there forty minutes after the deadline; it is handed in once, and on time.
        school.GoTo(SchoolWork.At(24, 16, 40));
        await SendAsync(school, second);
        await Wishes(school).RunAsync(TestSchool.Stop);

        var version = await school.Db().SubmissionVersions.Include(v => v.Files).SingleAsync();
        Assert.Equal(("Look", 2, key), (version.Text, version.Files.Count, version.Key));
        Assert.Equal(school.SchoolClock.Deadline(SchoolWork.At(24, 15, 59)), version.HandedInAt);
        Assert.Equal((version.HandedInAt, school.Now), (version.MadeAt, version.ArrivedAt));
        Assert.False(await school.Db().HandInWishes.AnyAsync());
        Assert.Equal(1, await school.Db().Notifications.CountAsync(n => n.Kind == NotificationKind.WorkHandedIn && n.RecipientId == school.Okafor.Id));
    }

    [BothEngines]
    public async Task What_the_device_sends_as_well_is_the_same_hand_in(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var (upload, key) = (await BeginAsync(school), RandomKey.Hex());
        await PressAsync(school, task, key, "Look", upload);
        await SendAsync(school, upload);
        var file = await school.Db().Files.SingleAsync(f => f.Key == upload.Key);

        var again = await school.HandInAsync(task, school.Amira, "Look", key, [file]);
        await PressAsync(school, task, key, "Look", upload);

        Assert.Equal((await school.Db().SubmissionVersions.SingleAsync()).Receipt, again.Receipt);
        Assert.False(await school.Db().HandInWishes.AnyAsync());
    }

    [BothEngines]
    public async Task A_server_that_stops_between_the_last_piece_and_the_hand_in_does_it_when_it_is_back(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var upload = await BeginAsync(school);
        await PressAsync(school, task, RandomKey.Hex(), "Look", upload);
        await SendAsync(school, upload, isTold: false);

        await Wishes(school).RunAsync(TestSchool.Stop);
        await Wishes(school).RunAsync(TestSchool.Stop);

        Assert.Equal(1, await school.Db().SubmissionVersions.CountAsync());
    }

    [BothEngines]
    public async Task Taken_back_it_is_not_handed_in_and_nothing_is_lost(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var (first, second, key) = (await BeginAsync(school), await BeginAsync(school), RandomKey.Hex());
        await PressAsync(school, task, key, "Look", first, second);
        await SendAsync(school, first);

        await Wishes(school).WithdrawAsync(task, school.Amira.Id, key, TestSchool.Stop);
        await SendAsync(school, second);

        var work = await school.Db().Submissions.Include(s => s.DraftFiles).SingleAsync();
        Assert.Equal(("Look", 1, 0), (work.DraftText, work.DraftFiles.Count, work.Number));
    }

    [BothEngines]
    public async Task What_is_waited_for_in_vain_ends_after_two_days_and_what_came_stays_in_the_draft(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var (first, second) = (await BeginAsync(school), await BeginAsync(school));
        await PressAsync(school, task, RandomKey.Hex(), "Look", first, second);
        await SendAsync(school, first);

        school.Clock.Advance(TimeSpan.FromDays(2) + TimeSpan.FromMinutes(1));
        await Wishes(school).RunAsync(TestSchool.Stop);

        var work = await school.Db().Submissions.Include(s => s.DraftFiles).SingleAsync();
        Assert.Equal(("Look", 1, 0), (work.DraftText, work.DraftFiles.Count, work.Number));
        Assert.False(await school.Db().HandInWishes.AnyAsync());
    }

    [BothEngines]
    public async Task Nobody_waits_for_files_of_somebody_else(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var theirs = await Uploads(school).StartAsync("theirs.jpg", Photo.Length, school.Okafor.Id, true, school.Maple.Id, TestSchool.Stop);

        await Assert.ThrowsAsync<RuleBroken>(() => PressAsync(school, task, RandomKey.Hex(), "Look", theirs));

        Assert.False(await school.Db().HandInWishes.AnyAsync());
    }

    [BothEngines]
    public async Task Pressed_before_it_was_given_back_it_is_handed_in(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var before = await school.HandInAsync(task, school.Amira, "First");
        var upload = await BeginAsync(school);
        await PressAsync(school, task, RandomKey.Hex(), "Second", upload);
        school.Clock.Advance(TimeSpan.FromMinutes(1));
        await school.GiveBackAsync(before.SubmissionId);
        school.Clock.Advance(TimeSpan.FromMinutes(1));

        await SendAsync(school, upload);

        Assert.Equal(["First", "Second"], await school.Db().SubmissionVersions.OrderBy(v => v.Number).Select(v => v.Text).ToListAsync());
    }

    [BothEngines]
    public async Task What_cannot_be_handed_in_stays_in_the_draft(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var task = await school.SetTaskAsync();
        var (upload, key) = (await BeginAsync(school), RandomKey.Hex());
        await PressAsync(school, task, key, "With a photo", upload);
        await school.HandInAsync(task, school.Amira, "Without", key);

        await SendAsync(school, upload);

        Assert.Equal("Without", (await school.Db().SubmissionVersions.SingleAsync()).Text);
        Assert.False(await school.Db().HandInWishes.AnyAsync());
        Assert.Single((await school.Db().Submissions.Include(s => s.DraftFiles).SingleAsync()).DraftFiles);
    }
}
