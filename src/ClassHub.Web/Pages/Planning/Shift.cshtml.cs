using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Planning;
using ClassHub.School;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Planning;

/// <summary>Everything that lies ahead in a class, some school days later or earlier: a snow day, a week of flu. Looked at first, taken back in one go.</summary>
[Row("R86")]
public sealed class ShiftPage(ClassHubDb db, Viewer viewer, ChangeDates change, SchoolClock clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public int? ClassId { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? From { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? Until { get; set; }
    [BindProperty(SupportsGet = true)] public int Days { get; set; } = 1;
    [BindProperty(SupportsGet = true)] public bool Earlier { get; set; }
    [BindProperty(SupportsGet = true)] public bool Look { get; set; }

    public const int MostDays = 200;

    public IReadOnlyList<MyClass> Own => [.. viewer.Classes.Where(c => c is { IsTeacher: true, IsArchived: false })];
    public IReadOnlyList<MoveRow>? Rows { get; private set; }

    private int By => Earlier ? -Days : Days;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!viewer.MayTeach()) return Forbid();
        From ??= clock.Today;
        if (Look) await this.TryAsync("", async () => Rows = [.. (await change.PreviewAsync(viewer, await ConcernedAsync(stop), (_, dates) => dates.Moved(By, clock), stop)).Select(MoveRow.Of)]);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!viewer.MayTeach()) return Forbid();
        PlanChange? made = null;
        if (!ModelState.IsValid || !await this.TryAsync("", async () => made = await change.RunAsync(viewer, await ConcernedAsync(stop), (_, dates) => dates.Moved(By, clock), stop)))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        if (made is null) this.Say("There was nothing to move.");
        else this.Say($"The dates of {Times.Count(made.Items.Count, "post")} moved.", $"/plan/undo/{made.Id}");
        return Redirect($"/plan?on={From:yyyy-MM-dd}{(ClassId is { } only ? $"&class={only}" : "")}");
    }

    /// <summary>What goes out or is due on these days in the class, or in all classes of the teacher.</summary>
    private async Task<List<int>> ConcernedAsync(CancellationToken stop)
    {
        if (Days is < 1 or > MostDays) throw new RuleBroken($"Choose between 1 and {MostDays} school days.", "Days");
        if (Until < From) throw new RuleBroken("The last day comes after the first.", "Until");
        int[] classes = ClassId is { } only ? [.. Own.Where(c => c.ClassId == only).Select(c => c.ClassId)] : [.. Own.Select(c => c.ClassId)];
        if (classes.Length == 0) throw new RuleBroken("Choose a class you teach.", "ClassId");
        var (since, until) = (clock.StartOf(From ?? clock.Today), clock.StartOf((Until ?? (From ?? clock.Today).AddYears(2)).AddDays(1)));
        if (since < clock.StartOf(clock.Today)) throw new RuleBroken("What lies behind us cannot be moved. Begin today.", "From");
        var concerned = await db.Posts.Where(p => classes.Contains(p.ClassId) && p.BinnedAt == null && p.PublishAt != null
                && ((p.PublishAt >= since && p.PublishAt < until) || db.Tasks.Any(t => t.Id == p.Id && t.DueAt >= since && t.DueAt < until)))
            .OrderBy(p => p.PublishAt).ThenBy(p => p.Id).Take(ChangeDates.Most + 1).Select(p => p.Id).ToListAsync(stop);
        return concerned.Count <= ChangeDates.Most ? concerned : throw new RuleBroken($"More than {ChangeDates.Most:N0} posts lie on these days. Choose an earlier last day, and move the rest afterwards.", "Until");
    }
}
