using ClassHub.Classes;
using ClassHub.Planning;
using ClassHub.School;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Planning;

/// <summary>A week, or a whole year, of one class once more, its dates moved over by school days. Looked at before it is made.</summary>
[Row("R86")]
public sealed class CopyPage(Viewer viewer, CopyPlan copy, SchoolClock clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public int? FromClassId { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? From { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? Until { get; set; }
    [BindProperty(SupportsGet = true)] public int? ToClassId { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? To { get; set; }
    [BindProperty(SupportsGet = true)] public bool Look { get; set; }

    public IReadOnlyList<MyClass> Sources => [.. viewer.Classes.Where(c => c.IsTeacher)];
    public IReadOnlyList<MyClass> Targets => [.. Sources.Where(c => !c.IsArchived)];
    public IReadOnlyList<Term> Terms => clock.Calendar.Terms;
    public IReadOnlyList<MoveRow>? Rows { get; private set; }
    /// <summary>Drafts of the class, which have no day and stay behind.</summary>
    public int Drafts { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!viewer.MayTeach()) return Forbid();
        From ??= SchoolClock.MondayOf(clock.Today);
        Until ??= From.Value.AddDays(6);
        To ??= SchoolClock.MondayOf(clock.Today > From ? clock.Today : From.Value).AddDays(7);
        if (Look) await this.TryAsync("", async () => Rows = [.. (await copy.PreviewAsync(viewer, Plan(), stop)).Select(MoveRow.Of)]);
        if (Look && FromClassId is { } source) Drafts = await copy.DraftsAsync(viewer, source, stop);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!viewer.MayTeach()) return Forbid();
        PlanChange? made = null;
        if (!ModelState.IsValid || !await this.TryAsync("", async () => made = await copy.RunAsync(viewer, Plan(), stop)))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        if (made is null) this.Say("There was nothing to copy.");
        else this.Say($"{Times.Count(made.Items.Count, "post")} copied.", $"/plan/undo/{made.Id}");
        return Redirect($"/plan?on={To:yyyy-MM-dd}&class={ToClassId}");
    }

    private PlanCopy Plan() => new(FromClassId ?? throw new RuleBroken("Choose the class to copy from.", "FromClassId"), From ?? throw new RuleBroken("Choose the first day.", "From"), Until ?? throw new RuleBroken("Choose the last day.", "Until"),
        ToClassId ?? FromClassId.Value, To ?? throw new RuleBroken("Choose the day on which it begins again.", "To"));
}
