using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Account;

[AllowAnonymous, OpenBeforePasswordChange, Row("R69")]
public sealed class LogoutPage(ClassHubDb db) : PageModel
{
    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (HttpContext.Features.Get<SignedInPerson>() is { } person)
            await db.WriteAsync(() => db.SignInSessions.Where(s => s.Id == person.SessionId).ExecuteDeleteAsync(stop), stop);
        this.ForgetWhatWasSaid();
        SessionCookie.End(HttpContext);
        return Redirect("/login?left=true");
    }
}
