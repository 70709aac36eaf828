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
    /// <summary>Who was signed in here has read that they are signed out by this.</summary>
    [BindProperty] public bool Instead { get; set; }

    public Person? Whose { get; private set; }
    /// <summary>Somebody else who is signed in on this device.</summary>
    public string? Other => Before is { } here && here.Viewer.PersonId != Whose?.Id ? here.Viewer.Name : null;
    private SignedInPerson? Before => HttpContext.Features.Get<SignedInPerson>();

    [Row("R02")]
    public async Task<IActionResult> OnGetAsync(string linkKey, CancellationToken stop)
    {
        Whose = await signIn.WhoseAsync(linkKey, stop);
        return Whose is not null || mail.IsSet ? Page() : NotFound();
    }

    [Row("R03")]
    public async Task<IActionResult> OnPostAsync(string linkKey, CancellationToken stop)
    {
        Whose = await signIn.WhoseAsync(linkKey, stop);
        if (Whose is not null && Other is not null && !Instead)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }
        if (await signIn.RunAsync(linkKey, Shared, Network.Device(Request), stop) is not { } key)
        {
            Whose = null;
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        // What the one before left in this browser's cache is not the next one's.
        if (Other is not null) Response.Headers["Clear-Site-Data"] = "\"cache\"";
        if (Before is { } before) await db.WriteAsync(() => db.SignInSessions.Where(s => s.Id == before.SessionId).ExecuteDeleteAsync(stop), stop);
        this.ForgetWhatWasSaid();
        SessionCookie.Give(HttpContext, SessionCookie.NameFor(Request), key, Shared ? null : TimeSpan.FromDays(365));
        return LocalRedirect("/");
    }
}
