using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Marking;

[Row("R63"), Versioned]
public sealed class ToMarkPage(ClassHubDb db, Viewer viewer) : PageModel
{
    public MarkQueue Work { get; private set; } = null!;
    public IReadOnlyList<MyClass> Classes => [.. viewer.Classes.Where(c => c is { IsTeacher: true, IsArchived: false })];
    public int? Only { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "class")] int? only, int? after, CancellationToken stop)
    {
        if (!viewer.MayTeach()) return Forbid();
        Only = only;
        Work = await MarkQueue.ReadAsync(db, viewer, null, stop, only, after);
        return Page();
    }
}
