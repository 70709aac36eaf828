using System.Linq.Expressions;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Search;

/// <summary>Every minute: keeps the words of rows that lack them, because they are older than the words or came past the program.</summary>
public sealed class FillWords(ClassHubDb db)
{
    /// <summary>As many in one transaction, so that no writer waits long for them.</summary>
    private const int AtOnce = 200;

    public async Task RunAsync(CancellationToken stop)
    {
        await FillAsync(db.People, p => p.Words == null, p => p.KeepWords(), stop);
        await FillAsync(db.Posts, p => p.Words == null, p => p.KeepWords(), stop);
        await FillAsync(db.Files, f => f.Words == null, f => f.KeepWords(), stop);
        await FillAsync(db.Captions, c => c.Words == null, c => c.KeepWords(), stop);
    }

    private async Task FillAsync<T>(DbSet<T> rows, Expression<Func<T, bool>> lackWords, Action<T> keepWords, CancellationToken stop) where T : class
    {
        while (await rows.AnyAsync(lackWords, stop))
            await db.WriteAsync(async () =>
            {
                foreach (var row in await rows.Where(lackWords).Take(AtOnce).ToListAsync(stop)) keepWords(row);
                await db.SaveChangesAsync(stop);
            }, stop);
    }
}
