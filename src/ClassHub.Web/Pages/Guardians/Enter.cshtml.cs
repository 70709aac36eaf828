using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Messages;
using ClassHub.People;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Guardians;

/// <summary>What the address in a message opens. Looking at it changes nothing: mail programs look at every address; the button goes in.</summary>
[AllowAnonymous]
public sealed class EnterPage(ClassHubDb db, SignInByLink signIn, MailSettings mail) : PageModel
{
    [BindProperty] public bool Shared { get; set; }

    public bool IsGood { get; private set; }

    [Row("R02")]
    public async Task<IActionResult> OnGetAsync(string linkKey, CancellationToken stop)
    {
        IsGood = await signIn.IsGoodAsync(linkKey, stop);
        return IsGood || mail.IsSet ? Page() : NotFound();
    }

    [Row("R03")]
    public async Task<IActionResult> OnPostAsync(string linkKey, CancellationToken stop)
    {
        if (await signIn.RunAsync(linkKey, Shared, Network.Device(Request), stop) is not { } key)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        if (HttpContext.Features.Get<SignedInPerson>() is { } before) await db.WriteAsync(() => db.SignInSessions.Where(s => s.Id == before.SessionId).ExecuteDeleteAsync(stop), stop);
        this.ForgetWhatWasSaid();
        SessionCookie.Give(HttpContext, SessionCookie.NameFor(Request), key, Shared ? null : TimeSpan.FromDays(365));
        return LocalRedirect("/");
    }
}
