using System.Globalization;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Today;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Caching.Memory;

namespace ClassHub.Web.Pages.Posts;

/// <summary>One card of the stream.</summary>
public sealed record StreamCard(StreamPost Post, MyClass Class, int Pupils, DateTimeOffset Now)
{
    public bool IsDraft => Post.PublishAt is null;
    public bool IsScheduled => Post.PublishAt > Now;
    /// <summary>Who is excused is expected no more.</summary>
    public int Expected => Post.HandedIn + Post.ToCome;
    public int For => Post.Readers ?? Pupils;
    public string Address => $"/classes/{Class.ClassId}/{(Post.Kind == PostKind.Task && !IsDraft ? "tasks" : "posts")}/{Post.Id}";
    public string Act(string what) => $"/classes/{Class.ClassId}/posts/{Post.Id}/{what}";
}

[Row("R07"), Versioned]
public sealed class StreamPage(ClassHubDb db, IMemoryCache cache, Viewer viewer, Times times) : PageModel
{
    public static readonly (string Show, string Words)[] Choices = [("", "All"), ("scheduled", "Scheduled"), ("drafts", "Drafts")];

    public MyClass Class => viewer.Me;
    public DateTimeOffset Now => viewer.Now;
    public bool MayPost => Class is { IsTeacher: true, IsArchived: false };
    public ClassHead Head { get; private set; } = null!;
    public IReadOnlyList<StreamPost> Posts { get; private set; } = [];
    public string Show { get; private set; } = "";
    public string? Older { get; private set; }
    public IReadOnlyList<(string Day, string Words)> Week { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? show, string? before, CancellationToken stop)
    {
        Show = MayPost && show is "scheduled" or "drafts" ? show! : "";
        var cursor = Cursor(before);
        if (before is not null && cursor is null) return BadRequest();
        Head = await ClassHead.ReadAsync(db, cache, Class, stop);
        Posts = Show != "" ? await ClassStream.WaitingAsync(db, viewer, Show == "drafts", stop)
            : cursor is not null ? await ClassStream.OlderAsync(db, viewer, cursor, stop)
            : await ClassStream.FirstPageAsync(db, viewer, stop);
        if (Show == "") CutToPage();
        Week = ThisWeek();
        foreach (var post in Posts) HttpContext.LooksDifferentAt((post.Mine ?? new Standing { Now = Now, DueAt = post.DueAt, CloseAt = post.CloseAt }).NextMoment);
        return Page();
    }

    /// <summary>In the whole stream what is scheduled and what is a draft folds into one line; asked for by itself it is shown.</summary>
    public IReadOnlyList<StreamPost> Waiting => Show == "" ? [.. Posts.Where(p => p.PinnedAt is null && !(p.PublishAt <= Now))] : [];

    public string WaitingWords => string.Join(", ", new[]
    {
        (Count: Waiting.Count(p => p.PublishAt is not null), Word: "scheduled"), (Count: Waiting.Count(p => p.PublishAt is null), Word: "draft"),
    }.Where(w => w.Count > 0).Select(w => w.Word == "draft" ? Times.Count(w.Count, "draft") : $"{w.Count} scheduled"));

    public string EmptyWords => Show switch
    {
        "scheduled" => "Nothing is scheduled. A post with a later day and time waits here until it goes out by itself.",
        "drafts" => "No drafts. What you keep as a draft waits here; only teachers of this class see it.",
        _ when Class.IsLearner => "Nothing here yet. When your teacher posts something, you find it here.",
        _ => "Nothing here yet. Post a first notice, material or task; pupils see it at the time you choose.",
    };

    /// <summary>One more than a page was read, to know whether there are older ones.</summary>
    private void CutToPage()
    {
        var newest = Posts.Where(p => p.PublishAt is not null).OrderByDescending(p => p.PublishAt).ThenByDescending(p => p.Id).ToList();
        var unpinned = newest.Where(p => p.PinnedAt is null).ToList();
        if (newest.Count <= ClassStream.PageSize || unpinned.Count == 0) return;
        Posts = [.. Posts.Where(p => p.Id != unpinned[^1].Id)];
        var last = unpinned.Count > 1 ? unpinned[^2] : unpinned[^1];
        Older = string.Create(CultureInfo.InvariantCulture, $"{last.PublishAt!.Value.UtcTicks}-{last.Id}");
    }

    private static StreamCursor? Cursor(string? before) =>
        before?.Split('-') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < DateTime.MaxValue.Ticks && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new StreamCursor(new DateTimeOffset(at, TimeSpan.Zero), number) : null;

    private List<(string, string)> ThisWeek()
    {
        var events = Posts.Where(p => p.DueAt > Now && p.DueAt < Now.AddDays(7) && (p.PublishAt is not null)).Select(p => (At: p.DueAt!.Value, Words: $"{p.Title}, due {times.Hour(p.DueAt.Value)}"))
            .Concat(Posts.Where(p => p.PublishAt > Now && p.PublishAt < Now.AddDays(7)).Select(p => (At: p.PublishAt!.Value, Words: $"{p.Title} goes out")));
        return [.. events.OrderBy(e => e.At).Take(8).Select(e => (times.Day(times.Clock.DateOf(e.At)) is "Today" and var today ? today : times.Clock.DateOf(e.At).ToString("ddd", CultureInfo.CurrentCulture), e.Words))];
    }
}
