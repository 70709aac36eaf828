using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Search;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Search;

/// <summary>Finds posts, and what is said in their recordings. Never people.</summary>
[Row("R53")]
public sealed class SearchPage(ClassHubDb db, Viewer viewer) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")] public string? Question { get; set; }

    public DateTimeOffset Now => viewer.Now;
    public bool IsLearner => !viewer.IsStaff;
    public IReadOnlyList<FoundPost> Found { get; private set; } = [];

    /// <summary>What may have been meant when nothing is found.</summary>
    public string? Nearest { get; private set; }
    /// <summary>Older posts are not all found yet.</summary>
    public bool IsBehind { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(Question)) return;
        Found = await db.SearchAsync(viewer, Question, stop);
        if (Found.Count == 0) Nearest = await db.NearestAsync(viewer, Question, stop);
        IsBehind = await db.IsBehindAsync(stop);
    }
}
