using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace ClassHub.Web.Pages.Posts;

/// <summary>What a week of a class costs a family's data plan, in full and in the smallest versions.</summary>
[Row("R84")]
public sealed class CostPage(ClassHubDb db, IMemoryCache cache, Viewer viewer, SchoolClock clock) : PageModel
{
    private const int MostPosts = 200;

    public sealed record Item(int Id, PostKind Kind, string Title, DateTimeOffset PublishAt, IReadOnlyList<FileView> Files)
    {
        public long Full => Files.Sum(f => f.Rungs.Full);
        public long Smallest => Files.Sum(f => f.Rungs.Smallest);
    }

    public MyClass Class => viewer.Me;
    public ClassHead Head { get; private set; } = null!;
    public DateOnly Monday { get; private set; }
    public IReadOnlyList<Item> Items { get; private set; } = [];
    public long Full => Items.Sum(i => i.Full);
    public long Smallest => Items.Sum(i => i.Smallest);

    /// <param name="week">Any day of it; this week when none is given.</param>
    public async Task<IActionResult> OnGetAsync(DateOnly? week, CancellationToken stop)
    {
        if (!viewer.Me.IsTeacher) return Forbid();
        if (!ModelState.IsValid || week is { Year: < 2000 or > 2200 }) return BadRequest();
        var day = week ?? clock.Today;
        Monday = SchoolClock.MondayOf(day);
        var (classId, from, until) = (viewer.Me.ClassId, clock.StartOf(Monday), clock.StartOf(Monday.AddDays(7)));
        Head = await ClassHead.ReadAsync(db, cache, Class, stop);
        Items = await db.Posts.Where(p => p.ClassId == classId && p.BinnedAt == null && p.PublishAt >= from && p.PublishAt < until && p.Files.Any()).OrderBy(p => p.PublishAt).Take(MostPosts)
            .Select(p => new Item(p.Id, p.Kind, p.Title, p.PublishAt!.Value, p.Files.OrderBy(f => f.Place).Select(f => new FileView(f.FileId, f.File.Key, f.File.Name, f.File.ContentType, f.File.Size)).ToList())).ToListAsync(stop);
        await db.WithRungsAsync(stop, [.. Items.Select(i => i.Files)]);
        return Page();
    }
}
