using ClassHub.Classes;
using ClassHub.People;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.People;

[OfficeOnly, Row("R75")]
public sealed class NewPersonPage(Viewer viewer, ManagePeople people) : PageModel
{
    [BindProperty] public PersonForm Person { get; set; } = new();

    public void OnGet() => Person.IsNew = true;

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        Person.IsNew = true;
        if (Person.Role == Role.Guardian) ModelState.AddModelError("", "Choose a pupil or a member of staff.");
        var isStaff = Person.Role == Role.Staff;
        Person? made = null;
        if (!ModelState.IsValid || !await this.TryAsync("", async () => made = await people.AddAsync(Person.Role, Person.Forename ?? "", Person.Surname ?? "",
                isStaff ? Person.Title : null, isStaff ? null : Person.YearGroup, Person.SchoolKey, Person.UserName, isStaff && Person.IsOffice, viewer.PersonId, stop, Person.NeedsWords)))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        this.Say($"{made!.Name} is in the school now. Make a one-time password below, so that they can sign in.");
        return Redirect($"/admin/people/{made.Id}");
    }
}
