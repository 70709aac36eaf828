using ClassHub.Media;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tests.Files;

public sealed class GivingWordsTests
{
    private static readonly Transcript Hello = ReadTranscript.Of("0:01 Hello everyone.");

    private static GiveWords Words(TestSchool school) => new(school.Db(), school.Clock);

    private static async Task<(int PostId, StoredFile Sound)> PostSoundAsync(TestSchool school, int[]? pupils = null)
    {
        var sound = await school.KeepAsync(school.Okafor, "ID3 and then a voice", "voice.mp3");
        var text = SchoolWork.Words("Listen", kind: PostKind.Material) with { FileIds = [sound.Id] };
        var post = await school.Compose().RunAsync(await school.ViewerAsync(school.Okafor), text, [SchoolWork.For(school.Maple, new(GoesOut.Now, null, null, true, null), pupils: pupils)], default);
        return (post[0], sound);
    }

    [BothEngines]
    public async Task Words_are_kept_changed_and_taken_away(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var (_, sound) = await PostSoundAsync(school);

        var first = await Words(school).SaveAsync(sound.Id, Hello, 0, school.Okafor.Id, default);
        await Words(school).SaveAsync(sound.Id, ReadTranscript.Of("Only words."), first.Version, school.Nair.Id, default);

        var kept = await school.Db().Captions.SingleAsync();
        Assert.Equal(("Only words.", false, 11, school.Nair.Id), (kept.Text, kept.IsTimed, kept.Size, kept.WrittenById));
        await Words(school).RemoveAsync(sound.Id, kept.Version, default);
        Assert.Equal(0, await school.Db().Captions.CountAsync());
    }

    [BothEngines]
    public async Task A_co_teachers_words_are_not_overwritten_unawares(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var (_, sound) = await PostSoundAsync(school);
        await Words(school).SaveAsync(sound.Id, Hello, 0, school.Nair.Id, default);

        var refused = await Assert.ThrowsAsync<WordsChanged>(() => Words(school).SaveAsync(sound.Id, ReadTranscript.Of("Mine"), 0, school.Okafor.Id, default));
        await Assert.ThrowsAsync<WordsChanged>(() => Words(school).RemoveAsync(sound.Id, 0, default));

        Assert.Equal("0:01 Hello everyone.", (await school.Db().Captions.SingleAsync()).Text);
        Assert.Equal(1, refused.Version);
    }

    [BothEngines]
    public async Task Only_a_sound_or_video_has_words_and_they_go_with_it(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var sheet = await school.KeepAsync(school.Okafor);
        await Assert.ThrowsAsync<RuleBroken>(() => Words(school).SaveAsync(sheet.Id, Hello, 0, school.Okafor.Id, default));
        var (_, sound) = await PostSoundAsync(school);
        await Words(school).SaveAsync(sound.Id, Hello, 0, school.Okafor.Id, default);

        var db = school.Db();
        await db.PostFiles.ExecuteDeleteAsync();
        await db.Files.Where(f => f.Id == sound.Id).ExecuteDeleteAsync();

        Assert.Equal(0, await school.Db().Captions.CountAsync());
    }

    [BothEngines]
    public async Task Teachers_of_a_class_that_is_shown_the_file_may_write_its_words_and_nobody_else(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        var (postId, sound) = await PostSoundAsync(school);
        async Task<bool> MayAsync(Person person)
        {
            var db = school.Db();
            return await db.Files.WordsWritableBy(await school.ViewerAsync(person), db).AnyAsync(f => f.Id == sound.Id);
        }

        Assert.Equal((true, true, false, false, false), (await MayAsync(school.Okafor), await MayAsync(school.Nair), await MayAsync(school.Weller), await MayAsync(school.Hart), await MayAsync(school.Amira)));

        await new PostActions(school.Db(), school.Clock).BinAsync(postId, default);
        Assert.False(await MayAsync(school.Okafor));
    }

    [BothEngines]
    public async Task Only_those_a_post_is_for_count_as_needing_its_words(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        foreach (var pupil in new[] { school.Amira, school.Kai })
            await new ManagePeople(school.Db(), school.Clock).ChangeAsync(pupil.Id, pupil.Forename, pupil.Surname, null, pupil.YearGroup, null, null, false, school.Hart.Id, default, needsWords: true);
        var (forAll, _) = await PostSoundAsync(school);
        var (forBen, _) = await PostSoundAsync(school, pupils: [school.Ben.Id]);
        int maple = school.Maple.Id, rowan = school.Rowan.Id;

        Assert.Equal((1, 0), (await school.Db().PupilsNeedingWordsAsync(forAll, default), await school.Db().PupilsNeedingWordsAsync(forBen, default)));
        Assert.Equal(2, await school.Db().PupilsNeedingWordsAsync([maple, rowan], maple, [], [], default));
        Assert.Equal(1, await school.Db().PupilsNeedingWordsAsync([], maple, [], [school.Amira.Id, school.Ben.Id, school.Kai.Id], default));
        Assert.Equal(0, await school.Db().PupilsNeedingWordsAsync([], maple, [], [school.Ben.Id], default));
    }

    [BothEngines]
    public async Task What_a_pupil_needs_stays_until_the_office_changes_it(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);
        Task ChangeAsync(Person who, bool? needs) => new ManagePeople(school.Db(), school.Clock).ChangeAsync(who.Id, who.Forename, who.Surname, null, null, null, null, who.IsOffice, school.Hart.Id, default, needs);
        Task<int> CountAsync() => school.Db().People.CountAsync(p => p.NeedsWords);

        await ChangeAsync(school.Amira, true);
        await ChangeAsync(school.Amira, null);
        await ChangeAsync(school.Weller, true);     // of pupils only
        Assert.Equal(1, await CountAsync());
        await ChangeAsync(school.Amira, false);

        Assert.Equal(0, await CountAsync());
    }
}
