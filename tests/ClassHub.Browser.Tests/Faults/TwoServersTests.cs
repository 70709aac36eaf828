using System.Security.Cryptography;
using ClassHub.Browser.Tests.TheSite;
using Xunit.Abstractions;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>Two servers, one PostgreSQL, one folder for files.</summary>
public sealed class TwoServersTests(TwoServers servers, ITestOutputHelper output) : IClassFixture<TwoServers>
{
    private SchoolServer One => servers.One;
    private SchoolServer Other => servers.Other;
    private PostgresDatabase Database => servers.Database!;

    [FactWhere(Needs.Postgres)]
    public async Task A_hand_in_sent_to_both_servers_again_and_again_is_there_once_with_one_receipt()
    {
        var pupils = await PupilsAsync(One, Database);
        var (history, trials) = (new History(), WhenThingsBreak.Times(few: 36, all: 1000));
        for (var trial = 0; trial < trials; trial++)
        {
            using var here = new Clients(One, [], history);
            using var there = new Clients(Other, [], history);
            var deed = history.Begin(pupils[trial % pupils.Count]);
            Task SendAsync(int times) => Task.WhenAll(Enumerable.Range(0, times).Select(i => (i % 2 == 0 ? here : there).SendAsync(deed)));
            var sending = SendAsync(1 + trial % 20);
            if (trial % 12 == 11)
            {
                await Task.Delay(RandomNumberGenerator.GetInt32(60));
                await Other.KillAndStartAgainAsync();
            }
            await sending;
            await SendAsync(2);
            Assert.Equal(Outcome.Saved, deed.Outcome);
            await there.SendAsync(deed with { Text = "Something else" }, isAnother: true);
        }

        Assert.Empty(history.Strange);
        var stored = (await Database.RowsAsync("""SELECT "Key", "Receipt" FROM "SubmissionVersions" """)).ToLookup(row => row.Split('|')[0], row => row.Split('|')[1]);
        Assert.All(history.Deeds, deed => Assert.Equal([deed.Receipt!], stored[deed.Key]));
        Assert.Equal(trials, history.Answers[422]);
        output.WriteLine($"{trials} pieces of work, sent up to 22 times each to two servers, {trials / 12} kills: one version and one receipt each ({string.Join(", ", history.Answers.Select(a => $"{a.Value} × {a.Key}"))}).");
    }

    [FactWhere(Needs.Postgres)]
    public async Task Both_servers_send_and_announce_each_thing_goes_out_once_and_both_learn_of_a_new_setting()
    {
        await Database.RowsAsync("""UPDATE "School" SET "Name" = 'Harbour Lane, renamed'""");
        var messages = WhenThingsBreak.Times(few: 120, all: 1_000);
        await Database.RowsAsync($"""
            INSERT INTO "Posts" ("ClassId", "Kind", "AuthorId", "Title", "Body", "IsForAll", "PublishAt", "CreatedAt", "EditedAt", "Version")
                SELECT m."ClassId", 'Notice', m."PersonId", 'At its time', 'Read this.', true, now() + interval '3 seconds', now(), now(), 0 FROM "Memberships" m, generate_series(1, 40) WHERE m."IsTeacher" AND m."IsFirst";
            INSERT INTO "UrgentNotices" ("ByPersonId", "At", "Text") VALUES (1, now(), 'The school is closed.');
            WITH made AS (INSERT INTO "People" ("Forename", "Surname", "Role", "IsOffice", "SendsUrgent", "NeedsWords", "SavesData", "CreatedAt", "Stamp") SELECT 'Staff', 'Number ' || i, 'Staff', false, false, false, false, now(), 1 FROM generate_series(1, {messages}) i RETURNING "Id"),
                 told AS (INSERT INTO "MessageSettings" ("PersonId", "Email", "Rhythm", "Hour", "UnsubscribeKey", "ToldUntil") SELECT "Id", 'staff' || "Id" || '@example.org', 'Never', '16:00', 'key' || "Id", now() FROM made)
            INSERT INTO "Messages" ("PersonId", "Kind", "Occurrence", "QueuedAt", "NextTryAt", "Attempts") SELECT "Id", 'Urgent', (SELECT max("Id") FROM "UrgentNotices"), now(), now() + interval '3 seconds', 0 FROM made;
            """);
        for (var tries = 0; tries < 900 && (await Database.RowsAsync("""SELECT 1 FROM "Messages" WHERE "Kind" = 'Urgent' AND "SentAt" IS NULL UNION ALL SELECT 1 FROM "Posts" WHERE "Title" = 'At its time' AND "AnnouncedAt" IS NULL""")).Length > 0; tries++) await Task.Delay(200);

        Assert.Equal(messages, servers.Mail!.Took.Count);
        Assert.All(servers.Mail!.Took, taken => Assert.Single(taken));
        var posts = int.Parse((await Database.RowsAsync("""SELECT count(*) FROM "Posts" WHERE "Title" = 'At its time' AND "AnnouncedAt" IS NOT NULL"""))[0], null);
        Assert.NotEqual(0, posts);
        Assert.Equal(["0"], await Database.RowsAsync("""
            SELECT count(*) FROM "Posts" p JOIN "Memberships" m ON m."ClassId" = p."ClassId" AND NOT m."IsTeacher" JOIN "People" x ON x."Id" = m."PersonId" AND x."DisabledAt" IS NULL
            WHERE p."Title" = 'At its time' AND (SELECT count(*) FROM "Notifications" n WHERE n."RecipientId" = m."PersonId" AND n."Kind" = 'PostPublished' AND n."SubjectId" = p."Id") <> 1
            """));
        foreach (var server in new[] { One, Other }) await KnowsItsNameAsync(server);
        Assert.DoesNotContain("Failed executing", One.Said(), StringComparison.Ordinal);
        output.WriteLine($"{messages} messages and {posts} posts on two servers: each went out once.");
    }

    [FactWhere(Needs.Postgres)]
    public async Task A_server_that_died_with_the_alarm_clock_in_its_hand_does_not_stop_it_for_long()
    {
        foreach (var server in new[] { One, Other }) await server.KillAsync();
        await Database.RowsAsync("""
            INSERT INTO hangfire.lock (resource, updatecount, acquired) SELECT name, 1, now() AT TIME ZONE 'utc' FROM unnest(ARRAY['hangfire:recurring-jobs:lock', 'hangfire:locks:schedulepoller', 'hangfire:lock:recurring-job:announce-due-posts']) name ON CONFLICT (resource) DO UPDATE SET acquired = excluded.acquired;
            INSERT INTO "Posts" ("ClassId", "Kind", "AuthorId", "Title", "Body", "IsForAll", "PublishAt", "CreatedAt", "EditedAt", "Version")
                SELECT m."ClassId", 'Notice', m."PersonId", 'After all', 'Read this.', true, now(), now(), now(), 0 FROM "Memberships" m WHERE m."IsTeacher" LIMIT 1
            """);
        foreach (var server in new[] { One, Other }) await server.InitializeAsync();

        var told = Array.Empty<string>();
        for (var tries = 0; tries < 300 && told.Length == 0; tries++)
        {
            await Task.Delay(200);
            told = await Database.RowsAsync("""SELECT 1 FROM "Posts" WHERE "Title" = 'After all' AND "AnnouncedAt" IS NOT NULL""");
        }
        Assert.NotEmpty(told);
    }

    private static async Task KnowsItsNameAsync(ClassHubServer server)
    {
        using var http = new HttpClient();
        async Task<bool> KnowsAsync() => (await http.GetStringAsync(server.Address + "/login")).Contains("Harbour Lane, renamed", StringComparison.Ordinal);
        for (var tries = 0; tries < 300 && !await KnowsAsync(); tries++) await Task.Delay(100);
        Assert.True(await KnowsAsync());
    }

    /// <summary>Each signed in, with a task that nobody has begun and that never closes.</summary>
    private static async Task<List<Pupil>> PupilsAsync(ClassHubServer server, PostgresDatabase database)
    {
        await database.RowsAsync("""
            WITH model AS (SELECT DISTINCT ON (p."ClassId") p.* FROM "Posts" p JOIN "Tasks" t ON t."Id" = p."Id" WHERE p."PublishAt" IS NOT NULL ORDER BY p."ClassId", p."PublishAt"),
                 made AS (INSERT INTO "Posts" ("ClassId", "Kind", "AuthorId", "Title", "Body", "IsForAll", "PublishAt", "AnnouncedAt", "CreatedAt", "EditedAt", "Version")
                    SELECT "ClassId", "Kind", "AuthorId", 'Once, not twice', 'Hand in again and again.', true, "PublishAt", "AnnouncedAt", "CreatedAt", "EditedAt", 0 FROM model RETURNING "Id", "ClassId")
            INSERT INTO "Tasks" ("Id", "ClassId", "Ways", "Grace", "StepCount", "OnTodayUntil") SELECT "Id", "ClassId", 3, 'NextMorning', 0, '2100-01-01' FROM made
            """);
        var rows = await database.RowsAsync("""
            SELECT a."UserName", a."PersonId", min(m."ClassId"), (SELECT max(p."Id") FROM "Posts" p WHERE p."ClassId" = min(m."ClassId") AND p."Title" = 'Once, not twice')
            FROM "Memberships" m JOIN "Accounts" a ON a."PersonId" = m."PersonId" WHERE NOT m."IsTeacher" GROUP BY a."UserName", a."PersonId" ORDER BY a."PersonId" LIMIT 6
            """);
        var pupils = new List<Pupil>();
        foreach (var row in rows.Select(row => row.Split('|')))
            pupils.Add(await StoppedSchool.SignInAsync(server, new(row[0], int.Parse(row[1], null), int.Parse(row[2], null), int.Parse(row[3], null), "", "")));
        return pupils;
    }
}

/// <summary>The demo school on a PostgreSQL, a mail server that behaves, and two servers that run jobs.</summary>
public sealed class TwoServers : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("classhub-two-").FullName;

    public TwoServers() => (One, Other) = (new(folder), new(folder));

    public PostgresDatabase? Database { get; private set; }
    public MailServer? Mail { get; private set; }
    public SchoolServer One { get; }
    public SchoolServer Other { get; }

    public async Task InitializeAsync()
    {
        if (PostgresDatabase.Server is null) return;
        (Database, Mail) = (await PostgresDatabase.NewAsync(), await MailServer.StartAsync(behaves: true));
        foreach (var server in new[] { One, Other })
        {
            Mail.Serve(server);
            server.Settings["ConnectionStrings__ClassHub"] = Database.Connection;
            await server.InitializeAsync();
        }
    }

    public async Task DisposeAsync()
    {
        await One.KillAsync();
        await Other.KillAsync();
        Mail?.Dispose();
        if (Database is not null) await Database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
