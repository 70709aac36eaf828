using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Classes;

[OfficeOnly, Row("R08")]
public sealed class NewClassPage(ClassHubDb db, Viewer viewer, ManageClasses classes) : PageModel
{
    public sealed record Teacher(int Id, string Name);

    [BindProperty] public string? Name { get; set; }
    [BindProperty] public Subject? Subject { get; set; }
    [BindProperty] public int? PersonId { get; set; }

    public IReadOnlyList<Teacher> Staff { get; private set; } = [];

    public Task OnGetAsync(CancellationToken stop) => ReadStaffAsync(stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        SchoolClass? made = null;
        if (ModelState.IsValid && await this.TryAsync(nameof(Name), async () => made = await classes.CreateAsync(Name ?? "", Subject, PersonId, new ByHand(viewer.PersonId, viewer.IsOffice), stop)))
        {
            this.Say($"{made!.FullName} is there. Now add its pupils.");
            return Redirect($"/classes/{made.Id}/people");
        }
        Response.StatusCode = StatusCodes.Status400BadRequest;
        await ReadStaffAsync(stop);
        return Page();
    }

    private async Task ReadStaffAsync(CancellationToken stop) =>
        Staff = await db.People.Where(p => p.Role == Role.Staff && p.DisabledAt == null).OrderBy(p => p.SortName).ThenBy(p => p.Id)
            .Select(p => new Teacher(p.Id, p.Name)).ToListAsync(stop);
}
