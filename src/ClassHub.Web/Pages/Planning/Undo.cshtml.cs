using ClassHub.Classes;
using ClassHub.Planning;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Planning;

/// <summary>Takes back what was moved or made in one go.</summary>
[Row("R88")]
public sealed class UndoPage(Viewer viewer, ChangeDates change) : PageModel
{
    public async Task<IActionResult> OnPostAsync(int changeId, CancellationToken stop)
    {
        if (!viewer.MayTeach()) return Forbid();
        IReadOnlyList<string> left = [];
        if (!await this.TryAsync("", async () => left = await change.UndoAsync(viewer, changeId, stop))) this.Say(ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage);
        else this.Say(left.Count == 0 ? "Taken back." : $"Taken back, but for what was changed since: {string.Join(", ", left.Take(5).Select(t => $"“{t}”"))}{(left.Count > 5 ? $" and {left.Count - 5} more" : "")}.");
        return Redirect("/plan");
    }
}
