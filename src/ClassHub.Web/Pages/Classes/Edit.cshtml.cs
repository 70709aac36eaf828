using ClassHub.Classes;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Classes;

/// <summary>The name, the subject, and whether the class is still taught.</summary>
[Row("R09")]
public sealed class EditClassPage(Viewer viewer, ManageClasses classes) : PageModel
{
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public Subject? Subject { get; set; }

    public MyClass Class => viewer.Me;

    public IActionResult OnGet()
    {
        if (!viewer.Me.MayManagePeople()) return Forbid();
        (Name, Subject) = (Class.Name, Class.Subject);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int classId, CancellationToken stop)
    {
        if (!viewer.Me.MayManagePeople()) return Forbid();
        if (!ModelState.IsValid || !await this.TryAsync(nameof(Name), () => classes.RenameAsync(classId, Name ?? "", Subject, stop)))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        this.Say("The class is saved.");
        return Redirect($"/classes/{classId}/people");
    }

    public async Task<IActionResult> OnPostArchiveAsync(int classId, CancellationToken stop)
    {
        if (!viewer.Me.MayManagePeople()) return Forbid();
        await classes.ArchiveAsync(classId, new ByHand(viewer.PersonId, viewer.IsOffice), stop);
        this.Say($"{Class.FullName} is archived. Pupils no longer see it.", $"/classes/{classId}/edit?handler=Restore");
        return Redirect(viewer.IsOffice ? "/admin/classes" : "/classes");
    }

    public async Task<IActionResult> OnPostRestoreAsync(int classId, CancellationToken stop)
    {
        if (!viewer.Me.MayManagePeople()) return Forbid();
        await classes.RestoreAsync(classId, new ByHand(viewer.PersonId, viewer.IsOffice), stop);
        this.Say($"{Class.FullName} is back. Its pupils see it again.");
        return Redirect($"/classes/{classId}/people");
    }
}
