using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.Web.Access;
using ClassHub.Web.Pages.Media;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Posts;

/// <summary>Files and links that go with a post.</summary>
public sealed record Attached(IReadOnlyList<FileView> Files, IReadOnlyList<Attached.LinkView> Links)
{
    public bool IsEmpty => Files.Count + Links.Count == 0;

    public sealed record LinkView(string Url, string Title)
    {
        public string Host => new Uri(Url).Host;
    }

    /// <summary>The words of what is played.</summary>
    public PostWords Words { get; init; } = PostWords.None;

    /// <summary>A text of the post: it may show those of the files that are pictures.</summary>
    public Written Written(string text, WritingRules rules, string? formulae, bool savesData) =>
        new(text, rules, formulae) { Pictures = PicturesOf(Files, savesData) };

    public static IReadOnlyList<TextPicture> PicturesOf(IReadOnlyList<FileView> files, bool savesData) =>
        [.. files.Where(f => f.IsPicture).Select(f => new ShownFile(f, "/files/", savesData).InText)];

    public static async Task<Attached> ReadAsync(ClassHubDb db, Viewer viewer, int postId, CancellationToken stop)
    {
        var attached = await ReadAsync(db, postId, stop);
        return attached with { Words = await PostWords.ReadAsync(db, viewer, postId, [.. attached.Files.Where(f => FileKind.IsPlayed(f.ContentType)).Select(f => f.Key)], stop) };
    }

    private static async Task<Attached> ReadAsync(ClassHubDb db, int postId, CancellationToken stop) => new(
        await db.PostFiles.Where(f => f.PostId == postId).OrderBy(f => f.Place).Take(50).Select(f =>
            new FileView(f.FileId, f.File.Key, f.File.Name, f.File.ContentType, f.File.Size)
            {
                By = db.People.Where(p => p.Id == f.File.OwnerId).Select(p => p.Title == null ? p.Name : p.Title + " " + (p.Surname == "" ? p.Forename : p.Surname))
                .FirstOrDefault(),
            }).ToListAsync(stop),
        await db.Set<PostLink>().Where(l => l.PostId == postId).OrderBy(l => l.Place).Take(50).Select(l => new LinkView(l.Url, l.Title)).ToListAsync(stop));
}

[Row("R16")]
public sealed class ReadPage(ClassHubDb db, Viewer viewer, WrittenHtml written) : PageModel
{
    public sealed record View(int Id, PostKind Kind, string Title, string Body, int Version, DateTimeOffset? PublishAt, DateTimeOffset? PinnedAt, DateTimeOffset CreatedAt, DateTimeOffset EditedAt, bool IsForAll, bool IsRepeated, string? AuthorTitle, string AuthorForename, string AuthorSurname, DateTimeOffset? DueAt)
    {
        public WritingRules Rules { get; init; }
        public string? Formulae { get; init; }
        public string Author => ClassHub.People.Person.CalledBy(AuthorTitle, AuthorForename, AuthorSurname);
    }

    public View Post { get; private set; } = null!;
    public MyClass Class => viewer.Me;
    public DateTimeOffset Now => viewer.Now;
    public string Html { get; private set; } = "";
    public HtmlString Body => new(Html);
    public Attached Attached { get; private set; } = new([], []);
    public IReadOnlyList<MyClass> OwnClasses => [.. viewer.Classes.Where(c => c.IsTeacher && !c.IsArchived)];

    public async Task<IActionResult> OnGetAsync(int classId, int postId, CancellationToken stop)
    {
        var post = await OneAsync(db.Posts.VisibleTo(viewer, db), classId, postId, stop);
        if (post is null && viewer.IsOffice && await OneAsync(db.Posts.Where(p => p.BinnedAt == null), classId, postId, stop) is { } waiting)
        {
            // What is not out yet is opened by the office only for a reason.
            if (await this.MustStateReasonAsync(db, viewer, AuditAction.OpenedPost, postId, stop) is { } ask) return ask;
            post = waiting;
        }
        if (post is null) return NotFound();
        if (post.Kind == PostKind.Task && post.PublishAt <= viewer.Now && !viewer.Me.IsTeacher) return Redirect($"/classes/{classId}/tasks/{postId}");

        Post = post;
        Attached = await Attached.ReadAsync(db, viewer, postId, stop);
        await db.WithRungsAsync(stop, Attached.Files);
        Html = written.Html(post.Id, post.Version, Attached.Written(post.Body, post.Rules, post.Formulae, HttpContext.SavesData()));
        return Page();
    }

    private Task<View?> OneAsync(IQueryable<Post> posts, int classId, int postId, CancellationToken stop) =>
        posts.Where(p => p.Id == postId && p.ClassId == classId)
            .Select(p => new View(p.Id, p.Kind, p.Title, p.Body, p.Version, p.PublishAt, p.PinnedAt, p.CreatedAt, p.EditedAt, p.IsForAll, p.SeriesId != null, p.Author.Title, p.Author.Forename, p.Author.Surname, db.Tasks.Where(t => t.Id == p.Id).Select(t => t.DueAt).FirstOrDefault()) { Rules = p.Rules, Formulae = p.Formulae })
            .SingleOrDefaultAsync(stop);
}
