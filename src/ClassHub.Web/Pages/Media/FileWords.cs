using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.Submissions;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Media;

/// <summary>That a file has words, how many bytes they are, and whether a player can show them.</summary>
public sealed record WordsView(int Size, bool IsTimed, DateTimeOffset WrittenAt)
{
    /// <summary>Changes with the words, so that a device may keep what it got under it.</summary>
    public long Mark => WrittenAt.ToUnixTimeMilliseconds();
}

/// <summary>What stands under one player: its words, or for a teacher that they are missing.</summary>
/// <param name="Needed">How many pupils whom the post is for need them; only a teacher is told.</param>
public sealed record WordsLine(string Key, int PostId, WordsView? Words, bool MayWrite, int Needed)
{
    public string Address => $"/files/{Key}/words";
    public string Track => $"{Address}.vtt?v={Words?.Mark}";
}

/// <summary>The words of all that a post plays.</summary>
public sealed record PostWords(int PostId, IReadOnlyDictionary<string, WordsView> Of, bool MayWrite, int Needed)
{
    public static readonly PostWords None = new(0, new Dictionary<string, WordsView>(), false, 0);

    public WordsLine Line(string key) => new(key, PostId, Of.GetValueOrDefault(key), MayWrite, Needed);

    /// <param name="played">The keys of its sounds and videos; without any nothing is asked.</param>
    public static async Task<PostWords> ReadAsync(ClassHubDb db, Viewer viewer, int postId, IReadOnlyList<string> played, CancellationToken stop)
    {
        if (played.Count == 0) return None;
        var of = await db.Files.Where(f => played.Contains(f.Key)).Join(db.Captions, f => f.Id, c => c.FileId, (f, c) => new { f.Key, Words = new WordsView(c.Size, c.IsTimed, c.WrittenAt) })
            .ToDictionaryAsync(f => f.Key, f => f.Words, stop);
        var mayWrite = viewer.Me is { IsTeacher: true, IsArchived: false };
        return new(postId, of, mayWrite, mayWrite && of.Count < played.Count ? await db.PupilsNeedingWordsAsync(postId, stop) : 0);
    }
}

/// <summary>A sound or video that this person sees, for the pages about its words.</summary>
public sealed record PlayedFile(int Id, string Key, string Name, string ContentType)
{
    /// <summary>Where one came from, or the newest post that shows it.</summary>
    public sealed record Place(string Title, string Address);

    public string Called => Path.GetFileNameWithoutExtension(Name);

    public static async Task<PlayedFile?> FindAsync(ClassHubDb db, Viewer viewer, string key, CancellationToken stop)
    {
        if (!new FileKey(key).IsWellFormed) return null;
        var file = await db.Files.VisibleTo(viewer, db).Where(f => f.Key == key).Select(f => new PlayedFile(f.Id, f.Key, f.Name, f.ContentType)).SingleOrDefaultAsync(stop);
        return file is not null && FileKind.IsPlayed(file.ContentType) ? file : null;
    }

    public async Task<Place> PlaceAsync(ClassHubDb db, Viewer viewer, int? from, CancellationToken stop)
    {
        var post = await db.Posts.VisibleTo(viewer, db).Where(p => p.Files.Any(f => f.FileId == Id)).OrderByDescending(p => p.Id == from).ThenByDescending(p => p.Id)
            .Select(p => new { p.Id, p.ClassId, p.Title, p.Kind, IsOut = p.PublishAt <= viewer.Now }).FirstOrDefaultAsync(stop);
        return post is null ? new("Today", "/") : new(post.Title, $"/classes/{post.ClassId}/{(post is { Kind: PostKind.Task, IsOut: true } ? "tasks" : "posts")}/{post.Id}");
    }
}
