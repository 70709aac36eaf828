using System.Security.Cryptography;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Database;

public sealed class MigrationsTests
{
    /// <summary>Schools have run it: whoever changes it leaves their databases with tables that no program knows.</summary>
    [Theory]
    [InlineData("Sqlite/20261123000000_School.cs", "d30935b6aed57a25d98f6c65345155ca600d2690d213eb3e3ec90187270fcbed")]
    [InlineData("Postgres/20261123000000_School.cs", "71bf2b59082893f167f51be92c6f240b77905e7dfe815eb1f74cfad296ed42fb")]
    public void A_migration_that_landed_is_never_changed(string migration, string sha256) =>
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Repository.PathOf($"src/ClassHub.Core/Database/{migration}")))));

    [BothEngines]
    public async Task A_start_on_ones_own_tables_changes_nothing(Engine engine)
    {
        await using var school = await OpenAsync(engine);

        await school.Db().MigrateAsync(Stop);

        Assert.Equal(7, await school.Db().People.CountAsync());
    }

    [BothEngines]
    public async Task A_database_of_the_same_migration_with_other_tables_is_refused_in_words(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.Db().Database.ExecuteSqlRawAsync("""ALTER TABLE "Submissions" RENAME COLUMN "DraftText" TO "Words" """);

        var refused = await Assert.ThrowsAsync<RuleBroken>(() => school.Db().MigrateAsync(Stop));

        Assert.Contains("before its first version", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Submissions.DraftText", refused.Message, StringComparison.Ordinal);
    }

    [BothEngines]
    public async Task A_column_more_or_of_another_kind_is_refused_too(Engine engine)
    {
        await using var more = await OpenAsync(engine);
        await using var older = await OpenAsync(engine);
        await more.Db().Database.ExecuteSqlRawAsync("""ALTER TABLE "Posts" ADD COLUMN "Colour" text""");
        await older.Db().Database.ExecuteSqlRawAsync("""DROP TABLE "PushSubscriptions" """);

        await Assert.ThrowsAsync<RuleBroken>(() => more.Db().MigrateAsync(Stop));
        await Assert.ThrowsAsync<RuleBroken>(() => older.Db().MigrateAsync(Stop));
    }

    [BothEngines]
    public async Task A_database_that_a_newer_program_used_is_refused_in_words(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.Db().Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('20990101000000_Newer', '12.0.0')""");

        Assert.Contains("newer ClassHub", (await Assert.ThrowsAsync<RuleBroken>(() => school.Db().MigrateAsync(Stop))).Message, StringComparison.Ordinal);
    }

    [BothEngines]
    public async Task A_school_from_before_words_were_kept_is_brought_up_and_its_posts_are_found(Engine engine)
    {
        await using var old = await TestDatabase.OpenBareAsync(engine);
        await using var db = old.Open();
        await db.GetService<IMigrator>().MigrateAsync(db.Database.GetMigrations().First());
        var then = Everybody.MondayNine.UtcDateTime;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "People" ("Id", "Forename", "Surname", "Role", "IsOffice", "SendsUrgent", "NeedsWords", "SavesData", "CreatedAt", "Stamp")
            VALUES (1, 'Søren', 'Ødegård', 'Staff', {false}, {false}, {false}, {false}, {then}, 0), (2, 'Budi', '.', 'Pupil', {false}, {false}, {false}, {false}, {then}, 0)
            """);
        await db.Database.ExecuteSqlAsync($"""INSERT INTO "Classes" ("Id", "Name", "CreatedAt", "Stamp", "WorkStamp") VALUES (1, '5 Fir', {then}, 0, 0)""");
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Posts" ("Id", "ClassId", "Kind", "AuthorId", "Title", "Body", "IsForAll", "PublishAt", "CreatedAt", "EditedAt", "Version")
            VALUES (7, 1, 'Notice', 1, 'École', 'Lava', {true}, {then}, {then}, {then}, 1)
            """);

        await db.MigrateAsync(Stop);

        Assert.Equal(["Søren Ødegård", "Budi ."], await db.People.OrderBy(p => p.Id).Select(p => p.Name).ToListAsync());
        await new FillWords(db).RunAsync(Stop);
        Assert.Equal([7], await db.PostsWith(Fold.Question("ecole")[0]).ToListAsync());
        Assert.Equal(["Budi", "Søren Ødegård"], await db.People.PageAfter(null).Select(p => p.Name).ToListAsync());
        Assert.Equal([1], await db.People.Named("odegard").Select(p => p.Id).ToListAsync());
    }

    /// <summary>Whoever comes from an older version is brought up; whoever has its id but other tables is not.</summary>
    [BothEngines]
    public async Task A_backup_is_known_by_the_tables_of_its_own_migration(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var first = school.Db().Database.GetMigrations().First();

        Assert.True(new Schema(first, null).IsKnownTo(school.Db()));
        Assert.False(new Schema(first, "others").IsKnownTo(school.Db()));
    }

    [Fact]
    public async Task Servers_that_start_at_the_same_second_on_an_empty_database_all_start()
    {
        await using var empty = await TestDatabase.OpenBareAsync(Engine.Postgres);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var db = empty.Open();
            await db.MigrateAsync(Stop);
        })));

        await using var looking = empty.Open();
        Assert.Empty(await looking.Database.GetPendingMigrationsAsync());
        Assert.Equal(0, await looking.People.CountAsync());
    }

    /// <summary>A school as the first version left it: a pupil, a task due at 16:00, work a minute before and a minute after.</summary>
    private const string FirstVersion = """
        INSERT INTO "People" ("Id", "Forename", "Surname", "Role", "IsOffice", "SendsUrgent", "NeedsWords", "CreatedAt", "SavesData", "Stamp") VALUES
            (1, 'Chidi', 'Okafor', 'Staff', FALSE, FALSE, FALSE, '2026-09-01 08:00:00', FALSE, 0), (2, 'Amira', 'Haddad', 'Pupil', FALSE, FALSE, FALSE, '2026-09-01 08:00:00', FALSE, 0),
            (3, 'Ben', 'Fisher', 'Pupil', FALSE, FALSE, FALSE, '2026-09-01 08:00:00', FALSE, 0);
        INSERT INTO "Accounts" ("Id", "PersonId", "MustChangePassword", "UserName", "NormalizedUserName", "EmailConfirmed", "PhoneNumberConfirmed", "TwoFactorEnabled", "LockoutEnabled", "AccessFailedCount")
            VALUES (1, 2, TRUE, 'amira.haddad', 'AMIRA.HADDAD', FALSE, FALSE, FALSE, FALSE, 0);
        INSERT INTO "Classes" ("Id", "Name", "CreatedAt", "Stamp", "WorkStamp") VALUES (1, '5 Maple', '2026-09-01 08:00:00', 0, 0);
        INSERT INTO "Memberships" ("ClassId", "PersonId", "IsTeacher", "IsFirst", "JoinedAt") VALUES (1, 1, TRUE, TRUE, '2026-09-01 08:00:00'), (1, 2, FALSE, FALSE, '2026-09-01 08:00:00');
        INSERT INTO "Posts" ("Id", "ClassId", "Kind", "AuthorId", "Title", "Body", "IsForAll", "PublishAt", "CreatedAt", "EditedAt", "Version")
            VALUES (1, 1, 'Task', 1, 'Volcano poster', '1. Draw one', TRUE, '2026-11-02 08:00:00', '2026-11-02 08:00:00', '2026-11-02 08:00:00', 1);
        INSERT INTO "Tasks" ("Id", "ClassId", "Ways", "DueAt", "DueTyped", "Grace", "StepCount", "OnTodayUntil") VALUES (1, 1, 3, '2026-11-03 16:00:00', '2026-11-03T16:00', 'NextMorning', 1, '2026-11-17 16:00:00');
        INSERT INTO "Submissions" ("Id", "TaskId", "ClassId", "PupilId", "DraftVersion", "Number", "HandedInAt", "IsAskedAgain", "IsSecondTry", "IsOnPaper", "Version") VALUES
            (1, 1, 1, 2, 1, 1, '2026-11-03 15:59:00', FALSE, FALSE, FALSE, 1), (2, 1, 1, 3, 1, 1, '2026-11-03 16:01:00', FALSE, FALSE, FALSE, 1);
        """;

    [BothEngines]
    public async Task A_school_with_the_data_of_the_first_version_is_brought_up_with_all_of_it(Engine engine)
    {
        await using var place = await TestDatabase.OpenBareAsync(engine);
        await using (var old = place.Open())
        {
            await old.GetService<IMigrator>().MigrateAsync(old.Database.GetMigrations().First());
            await old.Database.ExecuteSqlRawAsync(FirstVersion);
        }

        await using var db = place.Open();
        await db.MigrateAsync(Stop);

        Assert.Equal(["Ben Fisher", "Amira Haddad", "Chidi Okafor"], await db.People.OrderBy(p => p.SortName).Select(p => p.Name).ToListAsync());
        Assert.Equal([true, false], await db.Submissions.OrderBy(s => s.HandedInAt).Select(s => s.WasOnTime).ToListAsync());
        Assert.Equal(WritingRules.First, await db.Posts.Select(p => p.Rules).SingleAsync());
        Assert.NotNull(await db.Users.Select(a => a.PasswordEndsAt).SingleAsync());
        await Schema.MustBeOursAsync(db, Stop);
        (await db.Posts.SingleAsync()).KeepWords();
        await db.SaveChangesAsync();
        Assert.Equal([1], await db.PostsWith(Fold.Question("volcano").Single()).ToListAsync());
    }
}
