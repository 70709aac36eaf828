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
        SessionCookie.Drop(HttpContext);
        // Pages of the one who leaves are gone from the device; work waiting in its storage stays sealed there.
        Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Redirect("/login?left=true");
    }
}
