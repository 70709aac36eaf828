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
}
