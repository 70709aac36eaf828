using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Posts;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Search;

/// <summary>What somebody may have meant who found nothing: only words that stand in posts this person may see.</summary>
public static class NearestWord
{
    /// <summary>Of so many posts, the newest, the words are compared.</summary>
    private const int Posts = 500;

    /// <summary>The question with its unknown words put right; nothing when that finds nothing either.</summary>
    public static async Task<string?> NearestAsync(this ClassHubDb db, Viewer viewer, string? typed, CancellationToken stop)
    {
        var question = PlainText.Line(typed, SearchPosts.LongestQuestion);
        var known = await WordsOfAsync(db, viewer, stop);
        var meant = question;
        foreach (var word in Fold.Read(question).Where(w => !w.IsRun).Reverse())
        {
            if (known.Keys.Any(k => k.StartsWith(word.Word, StringComparison.Ordinal))) continue;
            if (Nearest(word.Word, known) is not { } near) continue;
            meant = meant[..word.Start] + await AsWrittenAsync(db, viewer, near, stop) + meant[(word.Start + word.Length)..];
        }
        return meant != question && await db.With(SearchPosts.Asked(meant), viewer).AnyAsync(stop) ? meant : null;
    }

    private static async Task<Dictionary<string, int>> WordsOfAsync(ClassHubDb db, Viewer viewer, CancellationToken stop)
    {
        var newest = db.Posts.VisibleTo(viewer, db).OrderByDescending(p => p.PublishAt ?? p.EditedAt).ThenByDescending(p => p.Id).Take(Posts);
        var written = await newest.Select(p => p.Words).ToListAsync(stop);
        var ids = newest.Select(p => p.Id);
        var files = db.PostFiles.Where(f => ids.Contains(f.PostId));
        var named = await files.Select(f => f.File.Words).ToListAsync(stop);
        var said = await files.Join(db.Captions, f => f.FileId, c => c.FileId, (f, c) => c.Words!.Substring(0, 20_000)).ToListAsync(stop);
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in written.Concat(named).Concat(said).SelectMany(w => (w ?? "").Split(' ')).Where(w => w.Length > 2))
            known[word] = known.GetValueOrDefault(word) + 1;
        return known;
    }

    /// <summary>A slip in a short word, two in a longer one; of those as near, the one that is written most.</summary>
    private static string? Nearest(string word, Dictionary<string, int> known)
    {
        var most = word.Length < 3 ? 0 : word.Length < 6 ? 1 : 2;
        return known.Select(k => (Word: k.Key, k.Value, Slips: Slips(word, k.Key, most))).Where(k => k.Slips <= most)
            .OrderBy(k => k.Slips).ThenByDescending(k => k.Value).ThenBy(k => k.Word, StringComparer.Ordinal).Select(k => k.Word).FirstOrDefault();
    }

    /// <summary>How many letters are missing, too many, wrong or in each other's place; <paramref name="most"/> and one when more.</summary>
    private static int Slips(string one, string other, int most)
    {
        if (Math.Abs(one.Length - other.Length) > most) return most + 1;
        int[] before = [], last = [.. Enumerable.Range(0, other.Length + 1)];
        for (var i = 1; i <= one.Length; i++)
        {
            var now = new int[other.Length + 1];
            now[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                now[j] = Math.Min(Math.Min(last[j], now[j - 1]) + 1, last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) now[j] = Math.Min(now[j], before[j - 2] + 1);
            }
            (before, last) = (last, now);
        }
        return Math.Min(last[^1], most + 1);
    }

    /// <summary>With its capitals and accents, as the newest post has it; folded where only a recording or a file does.</summary>
    private static async Task<string> AsWrittenAsync(ClassHubDb db, Viewer viewer, string word, CancellationToken stop)
    {
        var post = await db.With([new LookedFor([word], IsBeginning: false)], viewer).OrderByDescending(p => p.Id)
            .Select(p => new { p.Title, p.Topic, p.Body }).FirstOrDefaultAsync(stop);
        if (post is null) return word;
        var text = string.Join('\n', post.Title, post.Topic, post.Body);
        return Fold.Read(text).Where(w => w.Word == word).Select(w => text.Substring(w.Start, w.Length)).FirstOrDefault() ?? word;
    }
}
