using ClassHub.Media;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.Search;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.SchoolWork;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Finding;

/// <summary>Posts are found by what is written and by what is said, and only by who may read them.</summary>
public sealed class SearchTests
{
    private static async Task<string[]> FindAsync(TestSchool school, Person person, string question) =>
        [.. (await school.Db().SearchAsync(await school.ViewerAsync(person), question, Stop)).Select(f => f.Title)];

    [BothEngines]
    public async Task Every_word_counts_whatever_its_case_and_signs_mean_themselves(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.SetTaskAsync("Volcano poster", body: "Draw **lava** and ash. 100%_sure?");
        await school.SetTaskAsync("Überraschung", body: "Ein Vulkan.");

        Assert.Equal(["Volcano poster"], await FindAsync(school, school.Amira, "LAVA volcano"));
        Assert.Empty(await FindAsync(school, school.Amira, "lava vulkan"));
        Assert.Equal(["Überraschung"], await FindAsync(school, school.Amira, "Über"));
        Assert.Equal(["Überraschung"], await FindAsync(school, school.Amira, "uberr"));
        Assert.Equal(["Volcano poster"], await FindAsync(school, school.Amira, "100%_"));
        Assert.Empty(await FindAsync(school, school.Amira, "10%0"));
        Assert.Empty(await FindAsync(school, school.Amira, "  "));
    }

    [BothEngines]
    public async Task What_one_may_not_read_is_not_found(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.SetTaskAsync("Lava for Ben", pupils: [school.Ben.Id]);
        await school.SetTaskAsync("Lava later", new(GoesOut.Later, At(25, 8, 30), At(27, 16), true, null));
        await new PostActions(school.Db(), school.Clock).BinAsync(await school.SetTaskAsync("Lava binned"), Stop);

        Assert.Empty(await FindAsync(school, school.Amira, "lava"));
        Assert.Equal(["Lava for Ben"], await FindAsync(school, school.Ben, "lava"));
        Assert.Empty(await FindAsync(school, school.Kai, "lava"));
        Assert.Equal(["Lava later", "Lava for Ben"], await FindAsync(school, school.Okafor, "lava"));
        Assert.Empty(await FindAsync(school, school.Weller, "lava"));
        Assert.Empty(await FindAsync(school, school.Okafor, "Haddad"));
    }

    [BothEngines]
    public async Task What_is_said_in_a_recording_is_found_with_its_line(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var voice = await school.KeepAsync(school.Okafor, "ID3 and a voice", "voice.mp3");
        await school.Compose().RunAsync(await school.ViewerAsync(school.Okafor), Words("Listen", kind: PostKind.Material) with { FileIds = [voice.Id] }, [For(school.Maple, Now)], Stop);
        await using (var db = school.Db())
        {
            var captions = new Captions(await db.Files.SingleAsync(f => f.Id == voice.Id));
            captions.Write(ReadTranscript.Of("0:01 Hello everyone.\n0:05 Obsidian is glass from a volcano."), school.Okafor.Id, school.Now);
            db.Add(captions);
            await db.SaveChangesAsync();
        }

        var found = Assert.Single(await school.Db().SearchAsync(await school.ViewerAsync(school.Amira), "obsidian", Stop));

        Assert.Equal(("Listen", voice.Key), (found.Title, found.SpokenFile));
        Assert.Contains("Obsidian is glass", found.Spoken, StringComparison.Ordinal);
        Assert.Empty(await school.Db().SearchAsync(await school.ViewerAsync(school.Kai), "obsidian", Stop));
    }

    /// <summary>Neither engine's own way of making words finds all of these.</summary>
    [BothEngines]
    public async Task A_word_is_found_however_it_is_written(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.SetTaskAsync("Accents", body: "L'école de Zürich, naïve — Москва. Łukasz O’Brien don't say “these exact words”. 今天的作业很多。 วันนี้มีการบ้าน");

        foreach (var question in new[] { "ecole", "ÉCOLE", "école", "zurich", "москва", "don't", "dont", "don’t", "naive",
            "\"exact words\"", "\"EXACT, words!\"", "lukasz", "obrien", "作业", "业", "多", "การบ้าน", "accents?", "say: these" })
            Assert.True((await FindAsync(school, school.Amira, question)).Length == 1, question);
        foreach (var question in new[] { "\"words exact\"", "\"exact word\"", "作很", "!", "'" })
            Assert.True((await FindAsync(school, school.Amira, question)).Length == 0, question);
    }

    [BothEngines]
    public async Task A_change_is_found_at_once_and_what_is_gone_is_not(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var id = await school.SetTaskAsync("Volcano poster", body: "Lava");

        await using (var db = school.Db())
        {
            (await db.Posts.SingleAsync(p => p.Id == id)).Write("Glacier poster", "Ice", null, null, school.Now);
            await db.SaveChangesAsync();
        }

        Assert.Empty(await FindAsync(school, school.Amira, "volcano"));
        Assert.Empty(await FindAsync(school, school.Amira, "lava"));
        Assert.Equal(["Glacier poster"], await FindAsync(school, school.Amira, "glac ice"));
        await school.Db().Posts.Where(p => p.Id == id).ExecuteDeleteAsync();
        await school.SetTaskAsync("Another");
        Assert.Empty(await FindAsync(school, school.Amira, "glac"));
        Assert.Equal(["Another"], await FindAsync(school, school.Amira, "another"));
    }

    [BothEngines]
    public async Task A_file_is_found_by_its_name_in_every_post_that_has_it(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var file = await school.KeepAsync(school.Okafor, "words", "Übungsblatt-3.txt");
        foreach (var title in new[] { "First", "Second" })
            await school.Compose().RunAsync(await school.ViewerAsync(school.Okafor), Words(title, kind: PostKind.Material) with { FileIds = [file.Id] },
                [For(school.Maple, Now)], Stop);

        Assert.Equal(["Second", "First"], await FindAsync(school, school.Amira, "ubungs"));
        Assert.Equal(["Second"], await FindAsync(school, school.Amira, "second übungsblatt3"));
        Assert.Empty(await FindAsync(school, school.Kai, "ubungs"));
    }

    [BothEngines]
    public async Task Posts_from_before_the_words_were_kept_are_found_after_the_first_round_and_until_then_it_is_said(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        for (var i = 0; i < 3; i++) await school.SetTaskAsync($"Volcano {i}", body: "Lava");
        await school.Db().Database.ExecuteSqlRawAsync("""
            UPDATE "Posts" SET "Words" = NULL;
            UPDATE "People" SET "Words" = NULL, "SortName" = 'x';
            """);
        Assert.Empty(await FindAsync(school, school.Amira, "lava"));
        Assert.True(await school.Db().IsBehindAsync(Stop));

        await new FillWords(school.Db()).RunAsync(Stop);
        await new FillWords(school.Db()).RunAsync(Stop);

        Assert.Equal(3, (await FindAsync(school, school.Amira, "lava")).Length);
        Assert.False(await school.Db().IsBehindAsync(Stop));
        Assert.Equal(["Fisher", "Haddad", "Hart", "Moana", "Nair", "Okafor", "Weller"],
            await school.Db().People.PageAfter(null).Select(p => p.Surname).ToListAsync());
    }

    [BothEngines]
    public async Task The_nearest_word_is_offered_from_posts_one_may_see_and_from_no_others(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await school.SetTaskAsync("Überraschung", body: "The volcano has lava.");
        await school.SetTaskAsync("Secret for Ben", body: "The dinosaur", pupils: [school.Ben.Id]);
        async Task<string?> Nearest(Person person, string question) => await school.Db().NearestAsync(await school.ViewerAsync(person), question, Stop);

        Assert.Equal("volcano", await Nearest(school.Amira, "volcnao"));
        Assert.Equal("the volcano lava", await Nearest(school.Amira, "the vulcano lavva"));
        Assert.Equal("Überraschung", await Nearest(school.Amira, "uberaschung"));
        Assert.Null(await Nearest(school.Amira, "dinosuar"));
        Assert.Equal("dinosaur", await Nearest(school.Ben, "dinosuar"));
        Assert.Null(await Nearest(school.Kai, "volcnao"));
        Assert.Null(await Nearest(school.Amira, "xylophone"));
    }

    [BothEngines]
    public async Task What_a_very_long_recording_says_at_its_end_is_found_too(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var voice = await school.KeepAsync(school.Okafor, "ID3 and a voice", "voice.mp3");
        await school.Compose().RunAsync(await school.ViewerAsync(school.Okafor), Words("Listen", kind: PostKind.Material) with { FileIds = [voice.Id] },
            [For(school.Maple, Now)], Stop);
        var said = string.Join('\n', Enumerable.Range(0, 4_000)
            .Select(i => string.Join(' ', Enumerable.Range(0, 22).Select(j => $"w{i * 22 + j}x"))).Append("obsidian is glass"));
        await new GiveWords(school.Db(), school.Clock).SaveAsync(voice.Id, ReadTranscript.OfLines(said), 0, school.Okafor.Id, Stop);

        foreach (var question in new[] { "w1x", "w87999x", "obsid", "\"obsidian is glass\"" })
            Assert.True((await FindAsync(school, school.Amira, question)) is ["Listen"], question);
    }
}
