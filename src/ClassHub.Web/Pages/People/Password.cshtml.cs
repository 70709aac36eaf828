using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.People;

[OpenBeforePasswordChange, Row("R04")]
public sealed class PasswordPage(ClassHubDb db, Passwords passwords, SignedInPerson me) : PageModel
{
    [BindProperty] public string? Old { get; set; }
    [BindProperty] public string? Chosen { get; set; }

    public bool IsFirst => me.MustChangePassword;

    public bool IsPupil => me.Viewer.IsPupil;
    public string Hint => PasswordRule.Hint(IsPupil);
    /// <summary>Somebody else gave this person the password with which they came in.</summary>
    public sealed record Giver(string Name, DateTimeOffset At);
    public Giver? GivenBy { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (me.Viewer.IsGuardian) return Redirect("/me");
        await ReadAsync(stop);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        // Guardians have no password.
        if (me.Viewer.IsGuardian) return Redirect("/me");
        if (!await this.TryAsync("", () => passwords.ChooseAsync(me.Viewer.PersonId, Old, Chosen, me.SessionId, stop)))
        {
            await ReadAsync(stop);
            return Page();
        }


        this.Say("Your new password is saved.");
        return Redirect("/");
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        var id = me.Viewer.PersonId;
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.PersonId == id, stop) is { PasswordById: { } byId, PasswordMadeAt: { } at } && byId != id
            && await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == byId, stop) is { } by)
            GivenBy = new(Person.CalledBy(by.Title, by.Forename, by.Surname), at);
    }
}
