using System.Globalization;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Tasks;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Classes;

/// <summary>Finds pupils of the school by name and adds them; removes a pupil, and puts them back.</summary>
[Row("R12")]
public sealed class MembersPage(ClassHubDb db, Viewer viewer, ManageClasses classes, Arrange arrange) : PageModel
{
    private const int Most = 30;
    public sealed record Found(int Id, string Name, string? YearGroup, string? UserName, bool IsHere);

    [BindProperty(SupportsGet = true)] public string? Find { get; set; }
    public MyClass Class => viewer.Me;
    private ByHand Me => new(viewer.PersonId, viewer.IsOffice);
    public IReadOnlyList<Found>? Pupils { get; private set; }

    public async Task<IActionResult> OnGetAsync(int classId, CancellationToken stop) => viewer.Me.MayManagePeople() ? await ShowAsync(classId, stop) : Forbid();

    /// <param name="fresh">What is open already is not asked of them.</param>
    public async Task<IActionResult> OnPostAsync(int classId, int personId, bool fresh, CancellationToken stop)
    {
        if (!viewer.Me.MayManagePeople()) return Forbid();
        if (await NameAsync(personId, stop) is not { } name) return NotFound();
        var wasHere = await db.Memberships.AnyAsync(m => m.ClassId == classId && m.PersonId == personId, stop);
        var excused = 0;
        if (!await this.TryAsync("", async () =>
        {
            await classes.AddAsync(classId, personId, asTeacher: false, Me, stop);
            if (fresh && !wasHere) excused = await arrange.StartFreshAsync(classId, personId, viewer.PersonId, stop);
        })) return await ShowAsync(classId, stop);

        this.Say($"{name} is in {Class.FullName} now{(excused > 0 ? $", and excused from {Times.Count(excused, "task that is open", "tasks that are open")} already" : "")}.");
        return RedirectToPage(new { classId, Find });
    }

    public async Task<IActionResult> OnPostRemoveAsync(int classId, int personId, CancellationToken stop)
    {
        if (!viewer.Me.MayManagePeople()) return Forbid();
        if (!await db.Memberships.AnyAsync(m => m.ClassId == classId && m.PersonId == personId && !m.IsTeacher, stop)) return NotFound();
        IReadOnlyList<int> groups = [];
        if (!await this.TryAsync("", async () => groups = await classes.RemovePupilAsync(classId, personId, Me, stop))) return await ShowAsync(classId, stop);

        this.Say($"{await NameAsync(personId, stop)} is no longer in {Class.FullName}. Their work stays.",
            $"/classes/{classId}/members?handler=PutBack&personId={personId}&groups={string.Join(',', groups)}");
        return Redirect($"/classes/{classId}/people");
    }

    public async Task<IActionResult> OnPostPutBackAsync(int classId, int personId, string? groups, CancellationToken stop)
    {
        if (!viewer.Me.MayManagePeople()) return Forbid();
        if (await NameAsync(personId, stop) is not { } name) return NotFound();
        int[] groupIds = [.. (groups ?? "").Split(',').Select(g => int.TryParse(g, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Take(ManageGroups.Most)];
        if (!await this.TryAsync("", () => classes.PutBackPupilAsync(classId, personId, groupIds, Me, stop))) return await ShowAsync(classId, stop);

        this.Say($"{name} is back in {Class.FullName}.");
        return Redirect($"/classes/{classId}/people");
    }

    private Task<string?> NameAsync(int personId, CancellationToken stop) =>
        db.People.Where(p => p.Id == personId && p.Role == Role.Pupil && p.DisabledAt == null).Select(p => p.Name).SingleOrDefaultAsync(stop);

    private async Task<IActionResult> ShowAsync(int classId, CancellationToken stop)
    {
        // One letter finds half the school; one sign of a script with thousands is a name.
        if (PlainText.Line(Find, 100) is not { Length: > 0 } words || (words.Length == 1 && char.IsAscii(words[0]))) return Page();
        Pupils = await db.People.Where(p => p.Role == Role.Pupil && p.DisabledAt == null).Named(words)
            .OrderBy(p => p.SortName).ThenBy(p => p.Id).Take(Most)
            .Select(p => new Found(p.Id, p.Name, p.YearGroup, db.Users.Where(a => a.PersonId == p.Id).Select(a => a.UserName).FirstOrDefault(),
                db.Memberships.Any(m => m.ClassId == classId && m.PersonId == p.Id))).ToListAsync(stop);
        return Page();
    }
}
