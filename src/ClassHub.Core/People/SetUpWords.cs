using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>The code that the first run asks for: one for all servers of an empty database, gone when there is a school.</summary>
public sealed class SetUpWords
{
    public int Id { get; private set; } = 1;
    public string Words { get; private set; } = "";

    private SetUpWords() { }
    internal SetUpWords(string words) => Words = words;
}

public static class SharingSetUpWords
{
    /// <summary>What is kept already, else these from now on.</summary>
    public static Task<string> ShareSetUpWordsAsync(this ClassHubDb db, string words, CancellationToken stop) => db.WriteAsync(async () =>
    {
        await db.WaitForTurnAsync(Turn.SetUp, stop);
        if (await db.SetUpWords.AsNoTracking().SingleOrDefaultAsync(stop) is { } kept) return kept.Words;
        db.Add(new SetUpWords(words));
        await db.SaveChangesAsync(stop);
        return words;
    }, stop);
}
