using ClassHub.Classes;
using ClassHub.People;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.People;

[OpenBeforePasswordChange, Row("R04")]
public sealed class PasswordPage(Passwords passwords, SignedInPerson me) : PageModel
{
    [BindProperty] public string? Old { get; set; }
    [BindProperty] public string? Chosen { get; set; }

    public bool IsFirst => me.MustChangePassword;

    public IActionResult OnGet() => me.Viewer.IsGuardian ? Redirect("/me") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        // Guardians have no password.
        if (me.Viewer.IsGuardian) return Redirect("/me");
        if (!await this.TryAsync("", () => passwords.ChooseAsync(me.Viewer.PersonId, Old, Chosen, me.SessionId, stop))) return Page();

        this.Say("Your new password is saved.");
        return Redirect("/");
    }
}
