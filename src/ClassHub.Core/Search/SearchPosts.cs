using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.People;
using ClassHub.Posts;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Search;

/// <summary>A post in which every word was found.</summary>
/// <param name="Beginning">Where the first of them stands.</param>
/// <param name="Spoken">The line of a recording that has them, when the post itself has not.</param>
public sealed record FoundPost(int Id, PostKind Kind, int ClassId, string ClassName, Subject? Subject, string Title, DateTimeOffset? PublishAt,
    string Beginning, string? Spoken, string? SpokenFile);

/// <summary>Finds posts by their words, by the names of their files, and by what is said in their recordings: what a person may read, and nothing else.</summary>
public static class SearchPosts
{
    public const int Most = 30, LongestQuestion = 100;
    private const int Around = 60;

    /// <summary>Every word anywhere, as <see cref="Fold"/> makes them; those with the first word in the title first, then the newest.</summary>
    public static async Task<IReadOnlyList<FoundPost>> SearchAsync(this ClassHubDb db, Viewer viewer, string? typed, CancellationToken stop)
    {
        var asked = Asked(typed);
        if (asked.Count == 0) return [];
        var first = asked[0].Pattern;
        var found = await db.With(asked, viewer)
            .OrderByDescending(p => (" " + p.Words!.Substring(0, (p.Words + " .").IndexOf(".")) + " ").Contains(first))
            .ThenByDescending(p => p.PublishAt ?? p.EditedAt).ThenByDescending(p => p.Id).Take(Most)
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
                Spoken = db.PostFiles.Where(f => f.PostId == p.Id).OrderBy(f => f.Place)
                    .Join(db.Captions, f => f.FileId, c => c.FileId, (f, c) => new { f.File.Key, c.Text }).ToList(),
            }).AsSplitQuery().ToListAsync(stop);
        return [.. found.Select(p =>
        {
            var plain = Markdown.FirstWords(p.Body, Post.LongestBody);
            var (title, body) = (Fold.Read(p.Title).ToList(), Fold.Read(plain).ToList());
            var isWritten = asked.Any(a => a.PlaceIn(title) >= 0 || a.PlaceIn(body) >= 0);
            var (file, line) = p.Spoken.Where(_ => !isWritten).Select(s => (s.Key, LineOf(s.Text, asked))).FirstOrDefault(s => s.Item2 is not null);
            return new FoundPost(p.Id, p.Kind, p.ClassId, p.ClassName, p.Subject, p.Title, p.PublishAt, AroundFirst(plain, body, asked), line, file);
        })];
    }

    /// <summary>Whether posts wait for their words to be kept, as after an upgrade: until then they are not found.</summary>
    public static async Task<bool> IsBehindAsync(this ClassHubDb db, CancellationToken stop) =>
        await db.Posts.AnyAsync(p => p.Words == null, stop) || await db.Files.AnyAsync(f => f.Words == null, stop);

    internal static IReadOnlyList<LookedFor> Asked(string? typed) => Fold.Question(PlainText.Line(typed, LongestQuestion));

    /// <summary>Through the one door, and with all of it.</summary>
    internal static IQueryable<Post> With(this ClassHubDb db, IEnumerable<LookedFor> asked, Viewer viewer)
    {
        var posts = db.Posts.VisibleTo(viewer, db);
        foreach (var ids in asked.Select(db.PostsWith)) posts = posts.Where(p => ids.Contains(p.Id));
        return posts;
    }

    private static string AroundFirst(string plain, List<FoldedWord> body, IReadOnlyList<LookedFor> asked)
    {
        var at = asked.Select(a => a.PlaceIn(body)).Where(i => i >= 0).Select(i => body[i].Start).DefaultIfEmpty(0).Min();
        var from = at <= Around ? 0 : plain.LastIndexOf(' ', at - Around) + 1;
        return (from > 0 ? "… " : "") + (plain.Length > from + 160 ? string.Concat(plain.AsSpan(from, 160), " …") : plain[from..]);
    }

    private static string? LineOf(string text, IReadOnlyList<LookedFor> asked) =>
        text.Split('\n').FirstOrDefault(line => Fold.Read(line).ToList() is var words && asked.Any(a => a.PlaceIn(words) >= 0))?.Trim();
}
