using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Media;

/// <summary>Gives a sound or video its words, or takes them away. The page has asked whether this teacher may.</summary>
public sealed class GiveWords(ClassHubDb db, TimeProvider clock)
{
    /// <param name="seenVersion">The words the teacher was looking at; 0 when there were none.</param>
    /// <exception cref="WordsChanged">Somebody else wrote some meanwhile; nothing was overwritten.</exception>
    /// <exception cref="RuleBroken">No sound or video, or more words than are kept.</exception>
    public Task<Captions> SaveAsync(int fileId, Transcript words, int seenVersion, int byPersonId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var file = await db.Files.SingleAsync(f => f.Id == fileId, stop);
        if (!FileKind.IsPlayed(file.ContentType)) throw new RuleBroken("Only a sound or a video has words.", "Text");
        var captions = await FindAsync(fileId, seenVersion, stop) ?? db.Captions.Add(new Captions(file)).Entity;
        captions.Write(words, byPersonId, clock.GetUtcNow());
        await db.SaveChangesAsync(stop);
        return captions;
    }, stop);

    /// <exception cref="WordsChanged">Somebody else changed them meanwhile.</exception>
    public Task RemoveAsync(int fileId, int seenVersion, CancellationToken stop) => db.WriteAsync(async () =>
    {
        if (await FindAsync(fileId, seenVersion, stop) is not { } captions) return;
        db.Captions.Remove(captions);
        await db.SaveChangesAsync(stop);
    }, stop);

    private async Task<Captions?> FindAsync(int fileId, int seenVersion, CancellationToken stop)
    {
        var captions = await db.Captions.SingleOrDefaultAsync(c => c.FileId == fileId, stop);
        return (captions?.Version ?? 0) == seenVersion ? captions : throw new WordsChanged(captions?.Version ?? 0);
    }
}

/// <param name="version">The words that are there now.</param>
public sealed class WordsChanged(int version) : RuleBroken("Somebody changed these words meanwhile. Yours are still in the box: save again to put them in place of theirs.", "Text")
{
    public int Version => version;
}
