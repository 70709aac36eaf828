using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Posts;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Search;

/// <summary>A post in which every word was found. <paramref name="Beginning"/> is where the first of them stands; <paramref name="Spoken"/> is the file whose spoken words have it, when the post itself has not.</summary>
public sealed record FoundPost(int Id, PostKind Kind, int ClassId, string ClassName, Subject? Subject, string Title, DateTimeOffset? PublishAt, string Beginning, string? Spoken, string? SpokenFile);

/// <summary>Finds posts by their words, by the names of their files, and by what is said in their recordings: what a person may read, and nothing else.</summary>
public static class SearchPosts
{
    public const int Most = 30, LongestQuestion = 100;
    private const int MostWords = 5, Around = 60;

    /// <summary>Every word anywhere, whatever its case; those with a word in the title first, then the newest.</summary>
    public static async Task<IReadOnlyList<FoundPost>> SearchAsync(this ClassHubDb db, Viewer viewer, string? typed, CancellationToken stop)
    {
        var words = WordsOf(typed);
        if (words.Count == 0) return [];
        var posts = db.Posts.VisibleTo(viewer, db);
        // An engine lowers only some alphabets, so each word is looked for as it was typed, too.
        foreach (var (word, lower) in words.Select(w => (w, w.ToLowerInvariant())))
            posts = posts.Where(p => p.Title.Contains(word) || p.Title.ToLower().Contains(lower) || p.Body.Contains(word) || p.Body.ToLower().Contains(lower) || p.Topic!.ToLower().Contains(lower)
                || db.PostFiles.Any(f => f.PostId == p.Id && (f.File.Name.ToLower().Contains(lower) || db.Captions.Any(c => c.FileId == f.FileId && (c.Text.Contains(word) || c.Text.ToLower().Contains(lower))))));
        var first = words[0].ToLowerInvariant();
        var found = await posts.OrderByDescending(p => p.Title.ToLower().Contains(first)).ThenByDescending(p => p.PublishAt ?? p.EditedAt).ThenByDescending(p => p.Id).Take(Most)
            .Select(p => new
            {
                p.Id,
                p.Kind,
                p.ClassId,
                ClassName = p.Class.Name,
                p.Class.Subject,
                p.Title,
                p.PublishAt,
                p.Body,
                Spoken = db.PostFiles.Where(f => f.PostId == p.Id).OrderBy(f => f.Place).Join(db.Captions, f => f.FileId, c => c.FileId, (f, c) => new { f.File.Key, c.Text }).ToList(),
            }).AsSplitQuery().ToListAsync(stop);
        return [.. found.Select(p =>
        {
            var isWritten = words.Any(w => p.Title.Contains(w, StringComparison.OrdinalIgnoreCase) || p.Body.Contains(w, StringComparison.OrdinalIgnoreCase));
            var spoken = isWritten ? null : p.Spoken.FirstOrDefault(s => words.Any(w => s.Text.Contains(w, StringComparison.OrdinalIgnoreCase)));
            return new FoundPost(p.Id, p.Kind, p.ClassId, p.ClassName, p.Subject, p.Title, p.PublishAt, AroundFirst(p.Body, words), spoken is null ? null : LineOf(spoken.Text, words), spoken?.Key);
        })];
    }

    private static List<string> WordsOf(string? typed) => [.. PlainText.Line(typed, LongestQuestion).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostWords)];

    private static string AroundFirst(string body, List<string> words)
    {
        var plain = Markdown.FirstWords(body, 4_000);
        var at = words.Select(w => plain.IndexOf(w, StringComparison.OrdinalIgnoreCase)).Where(i => i >= 0).DefaultIfEmpty(0).Min();
        var from = at <= Around ? 0 : plain.IndexOf(' ', at - Around) + 1;
        return (from > 0 ? "… " : "") + (plain.Length > from + 160 ? string.Concat(plain.AsSpan(from, 160), " …") : plain[from..]);
    }

    private static string LineOf(string text, List<string> words) => text.Split('\n').FirstOrDefault(line => words.Exists(w => line.Contains(w, StringComparison.OrdinalIgnoreCase)), "").Trim();
}
