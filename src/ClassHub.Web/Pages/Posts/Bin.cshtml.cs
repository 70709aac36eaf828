using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Posts;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace ClassHub.Web.Pages.Posts;

[Row("R20")]
public sealed class BinPage(ClassHubDb db, IMemoryCache cache, Viewer viewer) : PageModel
{
    public sealed record View(int Id, PostKind Kind, string Title, DateTimeOffset BinnedAt, int Work);

    public MyClass Class => viewer.Me;
    public ClassHead Head { get; private set; } = null!;
    public IReadOnlyList<View> Posts { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!viewer.Me.IsTeacher && !viewer.IsOffice) return Forbid();
        var classId = viewer.Me.ClassId;
        Head = await ClassHead.ReadAsync(db, cache, Class, stop);
        Posts = await db.Posts.Where(p => p.ClassId == classId && p.BinnedAt != null && (viewer.Me.IsTeacher || p.PublishAt <= p.BinnedAt)).OrderByDescending(p => p.BinnedAt)
            .Select(p => new View(p.Id, p.Kind, p.Title, p.BinnedAt!.Value, db.Submissions.Count(s => s.TaskId == p.Id))).ToListAsync(stop);
        return Page();
    }
}
