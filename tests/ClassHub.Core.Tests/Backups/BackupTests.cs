using ClassHub.Backups;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.People;
using ClassHub.Search;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Backups;

public sealed class BackupTests
{
    private static async Task<string> WithWorkAsync(TestSchool school)
    {
        var taskId = await school.SetTaskAsync();
        var version = await school.HandInAsync(taskId, school.Amira, files: [await school.KeepAsync(school.Amira), await school.KeepAsync(school.Amira, "a second one")]);
        await school.GiveBackAsync(version.SubmissionId);
        await school.HandInAsync(taskId, school.Ben, files: [await school.KeepAsync(school.Ben, "a volcano")]);
        var key = RandomKey.Hex() + RandomKey.Hex();
        await school.AddAsync(new SignInSession(school.Amira, key, false, "Computer", school.Now), new DataProtectionKey { FriendlyName = "key", Xml = "<key/>" });
        return key;
    }

    [BothEngines]
    public async Task A_school_comes_back_row_for_row_and_byte_for_byte(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await using var place = await Place.BareAsync(engine);
        await using var shelf = await Place.BareAsync(engine);
        await WithWorkAsync(school);

        var made = await shelf.TakeAsync(school);
        var restored = await place.RestoreAsync(shelf.Archive);

        Assert.Empty(made.Bad);
        Assert.Equal((3, 3, true), (restored.Rows, restored.Stored, restored.IsWhole));
        await using var db = place.Db();
        Assert.Equal((await Place.RowsAsync(school.Db())).Order(), (await Place.RowsAsync(db)).Order());
        foreach (var file in await db.Files.ToListAsync()) Assert.True(await place.Files.IsWholeAsync(new(file.Key), new(file.Size, file.Sha256), Stop));
        Assert.Equal(["last.txt"], Directory.GetFiles(shelf.Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Where(f => f != "school.zip"));
    }

    [BothEngines]
    public async Task What_was_found_by_its_words_is_found_in_the_school_that_comes_back(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await using var place = await Place.BareAsync(engine);
        await using var shelf = await Place.BareAsync(engine);
        await school.SetTaskAsync("Vulkanausbrüche", body: "今天的作业");
        await shelf.TakeAsync(school);

        await place.RestoreAsync(shelf.Archive);

        await using var db = place.Db();
        await db.MigrateAsync(Stop);
        var amira = await db.ViewerAsync(school.Amira.Id, school.Now, Stop);
        Assert.Equal("Vulkanausbrüche", Assert.Single(await db.SearchAsync(amira, "vulkanausbruche 作业", Stop)).Title);
    }

    [BothEngines]
    public async Task A_school_that_works_on_is_backed_up_as_it_was_at_one_moment(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await using var place = await Place.StartedOnceAsync(engine);
        await using var shelf = await Place.BareAsync(engine);
        var key = await WithWorkAsync(school);
        using var enough = new CancellationTokenSource();
        var (kept, before) = (0, await Place.RowsAsync(school.Db()));
        var working = Task.Run(async () =>
        {
            for (; !enough.IsCancellationRequested; Interlocked.Increment(ref kept)) await school.KeepAsync(school.Kai, $"note {kept}");
        });
        async Task Until(int count) { while (Volatile.Read(ref kept) < count && !working.IsCompleted) await Task.Delay(2); }

        await Until(3);
        await shelf.TakeAsync(school);
        await Until(kept + 2);
        await enough.CancelAsync();
        await working;
        var restored = await place.RestoreAsync(shelf.Archive);

        await using var db = place.Db();
        var (now, after) = (await Place.RowsAsync(db), await Place.RowsAsync(school.Db()));
        Assert.ProperSubset(after, now);
        Assert.ProperSubset(now, before);
        Assert.True(restored.IsWhole);
        foreach (var file in await db.Files.ToListAsync()) Assert.True(await place.Files.IsWholeAsync(new(file.Key), new(file.Size, file.Sha256), Stop));
        Assert.Equal(school.Amira.Id, (await db.SignedInByAsync(key, school.Now, Stop))?.Viewer.PersonId);
    }

    [BothEngines]
    public async Task A_server_that_has_the_empty_place_open_meets_all_of_the_school_or_nothing(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await using var place = await Place.StartedOnceAsync(engine);
        await using var shelf = await Place.BareAsync(engine);
        await WithWorkAsync(school);
        await shelf.TakeAsync(school);
        using var enough = new CancellationTokenSource();
        var met = new HashSet<int>();
        var looking = Task.Run(async () =>
        {
            for (; !enough.IsCancellationRequested; await Task.Delay(1))
            {
                await using var db = place.Db();
                met.Add(await db.People.CountAsync());
            }
        });
        while (met.Count == 0) await Task.Delay(2);

        var restored = await place.RestoreAsync(shelf.Archive);

        await using (var db = place.Db())
            met.Add(await db.People.CountAsync());
        await enough.CancelAsync();
        await looking;
        Assert.True(restored.IsWhole);
        Assert.Equal([0, await school.Db().People.CountAsync()], met.Order());
    }

    [BothEngines]
    public async Task Nothing_is_restored_over_a_school_that_is_there(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await using var other = await OpenAsync(engine);
        await using var place = await Place.BareAsync(engine);
        await using var shelf = await Place.BareAsync(engine);
        await WithWorkAsync(school);
        await shelf.TakeAsync(school);
        var before = await Place.RowsAsync(other.Db());

        var full = await Assert.ThrowsAsync<RuleBroken>(() => new RestoreBackup(other.Db(), place.Files, new Archives(place.Folder)).RunAsync(shelf.Archive, Stop));

        Assert.StartsWith("There is a school here already", full.Message, StringComparison.Ordinal);
        Assert.Equal(before, await Place.RowsAsync(other.Db()));
        Assert.Empty(Directory.GetFiles(place.Folder, "*", SearchOption.AllDirectories));
        await place.Files.SaveAsync(new MemoryStream([1]), 10, Stop);
        await Assert.ThrowsAsync<RuleBroken>(() => place.RestoreAsync(shelf.Archive));
    }

    [BothEngines]
    public async Task A_restoring_that_the_power_cut_off_can_be_begun_again(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await using var place = await Place.BareAsync(engine);
        await using var shelf = await Place.BareAsync(engine);
        await WithWorkAsync(school);
        await shelf.TakeAsync(school);
        var cut = new Archives(place.Folder);
        cut.BeginRestore();
        await place.Files.SaveAsync(new MemoryStream([1]), 10, Stop);

        var restored = await place.RestoreAsync(shelf.Archive);

        Assert.Equal((3, 3, true), (restored.Rows, restored.Stored, restored.IsWhole));
        Assert.False(cut.IsRestoreBegun);
        await Assert.ThrowsAsync<RuleBroken>(() => place.RestoreAsync(shelf.Archive));
    }

    [BothEngines]
    public async Task A_backup_with_other_tables_is_refused_and_one_that_says_nothing_of_them_is_not(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var here = await Schema.OfAsync(school.Db(), Stop);

        Assert.True(here.IsKnownTo(school.Db()));
        Assert.True((here with { Tables = null }).IsKnownTo(school.Db()));
        Assert.False((here with { Tables = "others" }).IsKnownTo(school.Db()));
        Assert.False((here with { Newest = "20990101000000_Newer" }).IsKnownTo(school.Db()));
    }

    [BothEngines]
    public async Task A_backup_of_a_newer_school_is_refused_in_words_and_nothing_is_written(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await using var shelf = await Place.BareAsync(engine);
        await using var place = await Place.BareAsync(engine);
        await school.Db().Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('20990101000000_Newer', '12.0.0')""");
        await shelf.TakeAsync(school);

        var refused = await Assert.ThrowsAsync<RuleBroken>(() => place.RestoreAsync(shelf.Archive));

        Assert.StartsWith("This backup was made by another ClassHub", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(place.Folder, "*", SearchOption.AllDirectories));
    }

    [BothEngines]
    public async Task A_file_that_is_missing_or_has_changed_is_named_and_the_rest_is_kept(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await using var shelf = await Place.BareAsync(engine);
        await using var place = await Place.BareAsync(engine);
        var keep = new KeepFile(school.Db(), shelf.Files, SchoolWork.Limits, school.Clock);
        Task<StoredFile> Keep(string words) => keep.RunAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(words)), words + ".txt", school.Ben.Id, false, null, Stop);
        var (well, gone, changed) = (await Keep("well"), await Keep("gone"), await Keep("changed"));
        File.Delete(shelf.PathOf(gone.Key));
        await File.WriteAllTextAsync(shelf.PathOf(changed.Key), "Changed");

        var made = await shelf.TakeAsync(school, shelf.Files);

        Assert.Equal([changed.Key, gone.Key], made.Bad.OrderBy(b => b.Name, StringComparer.Ordinal).Select(b => b.Key));
        Assert.Equal([gone.Key], made.Manifest.Missing);
        Assert.Equal([changed.Key], made.Manifest.Damaged);
        var restored = await place.RestoreAsync(shelf.Archive);
        Assert.Equal((3, 2, true), (restored.Rows, restored.Stored, restored.IsWhole));
        Assert.True(File.Exists(place.PathOf(well.Key)));
    }

    [Fact]
    public async Task A_backup_goes_back_to_the_engine_it_came_from_only()
    {
        await using var school = await OpenAsync(Engine.Sqlite);
        await using var shelf = await Place.BareAsync(Engine.Sqlite);
        await using var place = await Place.BareAsync(Engine.Postgres);
        await shelf.TakeAsync(school);

        await Assert.ThrowsAsync<RuleBroken>(() => place.RestoreAsync(shelf.Archive));
    }

    [Fact]
    public async Task An_older_backup_is_never_written_over_and_nothing_half_written_is_left()
    {
        await using var school = await OpenAsync(Engine.Sqlite);
        await using var shelf = await Place.BareAsync(Engine.Sqlite);
        await shelf.TakeAsync(school);
        var first = await File.ReadAllBytesAsync(shelf.Archive);

        await Assert.ThrowsAsync<RuleBroken>(() => shelf.TakeAsync(school));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new TakeBackup(school.Db(), school.Files, new Archives(shelf.Folder), school.Clock).RunAsync(shelf.Archive + "2", new CancellationToken(canceled: true)));

        Assert.Equal(first, await File.ReadAllBytesAsync(shelf.Archive));
        Assert.Equal(["last.txt", "school.zip"], Directory.GetFiles(shelf.Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_backup_that_failed_or_broke_off_has_the_last_word_until_one_is_made()
    {
        var folder = TestDatabase.TemporaryFolder();
        var (archives, monday) = (new Archives(folder), Everybody.MondayNine);
        archives.NoteMade(monday);
        Assert.Null(archives.Failed);

        archives.NoteBegun(monday.AddDays(1));
        Assert.Equal((monday.AddDays(1), "It is being made, or it broke off."), archives.Failed);
        archives.NoteFailed(monday.AddDays(1), Trouble.InWords(new FullDisk()));
        Assert.Equal("There is not enough space on the disk for it.", archives.Failed!.Value.Why);
        // On a full disk the name is all that can be written.
        File.WriteAllText(Path.Combine(folder, "backups", "failed.txt"), "");
        Assert.Equal("There is not enough space on the disk for it.", archives.Failed!.Value.Why);
        archives.NoteMade(monday.AddDays(2));
        Assert.Null(archives.Failed);
    }
}
