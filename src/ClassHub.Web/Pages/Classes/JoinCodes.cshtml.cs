using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Joining;
using ClassHub.Web.Access;
using ClassHub.Web.Startup;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Classes;

[Row("R14")]
public sealed class JoinCodesPage(ClassHubDb db, Viewer viewer, JoinCodes codes, CurrentSchool school) : PageModel
{
    public sealed record Code(int Id, string InGroups, DateTimeOffset ExpiresAt);

    public MyClass Class => viewer.Me;
    public string SchoolName => school.Calendar.SchoolName;
    public string Site { get; private set; } = "";
    public IReadOnlyList<Code> Codes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int classId, CancellationToken stop) => viewer.Me.MayManagePeople() ? await ShowAsync(classId, stop) : Forbid();

    public async Task<IActionResult> OnPostAsync(int classId, CancellationToken stop)
    {
        if (!viewer.Me.MayManagePeople()) return Forbid();
        if (!await this.TryAsync("", () => codes.MakeAsync(classId, viewer.PersonId, stop))) return await ShowAsync(classId, stop);

        this.Say("Here is a new code.");
        return RedirectToPage(new { classId });
    }

    public async Task<IActionResult> OnPostRevokeAsync(int classId, int codeId, CancellationToken stop)
    {
        if (!viewer.Me.MayManagePeople()) return Forbid();
        if (!await db.JoinCodes.AnyAsync(c => c.Id == codeId && c.ClassId == classId, stop)) return NotFound();

        await codes.RevokeAsync(classId, codeId, stop);
        this.Say("That code no longer works.");
        return RedirectToPage(new { classId });
    }

    private async Task<IActionResult> ShowAsync(int classId, CancellationToken stop)
    {
        Site = SignInSheet.SiteOf(Request);
        var open = await db.JoinCodes.AsNoTracking().Where(c => c.ClassId == classId && c.ExpiresAt > viewer.Now).OrderByDescending(c => c.ExpiresAt).ToListAsync(stop);
        Codes = [.. open.Select(c => new Code(c.Id, c.InGroups, c.ExpiresAt))];
        return Page();
    }
}
