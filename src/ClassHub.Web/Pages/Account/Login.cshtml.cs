using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Messages;
using ClassHub.People;
using ClassHub.Web.Access;
using ClassHub.Web.Startup;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Account;

[AllowAnonymous]
public sealed class LoginPage(ClassHubDb db, SignIn signIn, CurrentSchool school, MailSettings mail, TimeProvider clock) : PageModel
{
    [BindProperty] public string? UserName { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty] public bool Shared { get; set; } = true;
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public string SchoolName => school.Calendar.SchoolName;
    /// <summary>Somebody has just signed out.</summary>
    public bool Left => HttpMethods.IsGet(Request.Method) && Request.Query["left"] == "true";
    public bool HasGuardians => mail.IsSet;

    [Row("R02")]
    public IActionResult OnGet()
    {
        if (HttpContext.Features.Get<SignedInPerson>() is not null) return LocalRedirect(Onward());
        // Whoever forgot to sign out leaves no picture behind either.
        if (Request.Cookies.ContainsKey(SessionCookie.NameFor(Request))) SessionCookie.End(HttpContext);
        return Page();
    }

    [Row("R03")]
    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var device = Request.Cookies[SessionCookie.DeviceNameFor(Request)];
        var answer = await signIn.RunAsync(new(UserName, Password, Network.Of(HttpContext), device, Shared, Network.Device(Request)), stop);
        if (answer.SessionKey is null) return Refuse(answer);

        // Whoever was signed in here before is not any more, and leaves no message behind.
        if (HttpContext.Features.Get<SignedInPerson>() is { } before) await db.WriteAsync(() => db.SignInSessions.Where(s => s.Id == before.SessionId).ExecuteDeleteAsync(stop), stop);
        this.ForgetWhatWasSaid();
        SessionCookie.Give(HttpContext, SessionCookie.NameFor(Request), answer.SessionKey, answer.IsShared ? null : TimeSpan.FromDays(365));
        if (answer.DeviceKey is not null) SessionCookie.Give(HttpContext, SessionCookie.DeviceNameFor(Request), answer.DeviceKey, TimeSpan.FromDays(365));
        return LocalRedirect(answer.MustChangePassword ? "/me/password" : Onward());
    }

    private PageResult Refuse(SignInAnswer answer)
    {
        if (answer.WaitUntil is { } until)
        {
            var wait = Math.Max(1, (int)Math.Ceiling((until - clock.GetUtcNow()).TotalSeconds));
            Response.Headers.RetryAfter = wait.ToString(System.Globalization.CultureInfo.InvariantCulture);
            ModelState.AddModelError("", wait < 60 ? $"Too many tries. Wait {Times.Count(wait, "second")} and try again." : $"Too many tries. Wait {Times.Count((wait + 59) / 60, "minute")}, or ask your teacher for a new password.");
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
        }
        else
        {
            ModelState.AddModelError("", "That username and password do not fit together. Check both, and whether capital letters are on.");
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        Password = null;
        return Page();
    }

    /// <summary>Only an address of our own.</summary>
    private string Onward() => Url.IsLocalUrl(ReturnUrl) && ReturnUrl!.All(char.IsAscii) && !ReturnUrl!.StartsWith("/login", StringComparison.Ordinal) && !ReturnUrl.StartsWith("/logout", StringComparison.Ordinal) ? ReturnUrl : "/";
}
