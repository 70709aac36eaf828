using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Messages;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Messages;

/// <summary>For staff whom the office named: at once, to everybody or to a class of theirs.</summary>
[Row("R93")]
public sealed class UrgentPage(ClassHubDb db, Viewer viewer, SendUrgent send) : PageModel
{
    [BindProperty] public string? Text { get; set; }
    [BindProperty] public int? ClassId { get; set; }
    [BindProperty] public bool IsSure { get; set; }

    public IReadOnlyList<MyClass> Classes => [.. viewer.Classes.Where(c => c is { IsTeacher: true, IsArchived: false })];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await MayAsync(stop) ? Page() : Forbid();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await MayAsync(stop)) return Forbid();
        var told = 0;
        if (!ModelState.IsValid || !await this.TryAsync("", async () =>
        {
            if (!IsSure) throw new RuleBroken("Say that it cannot wait.", "IsSure");
            if (ClassId is { } to && Classes.All(c => c.ClassId != to)) throw new RuleBroken("Choose a class you teach, or everybody.", "ClassId");
            told = await send.RunAsync(viewer.PersonId, Text, ClassId, stop);
        }))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        this.Say($"Told {Times.Count(told, "person", "people")} in ClassHub. E-mails are on their way.");
        return Redirect("/");
    }

    private Task<bool> MayAsync(CancellationToken stop) => db.People.AnyAsync(p => p.Id == viewer.PersonId && p.SendsUrgent, stop);
}
