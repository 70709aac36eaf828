using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Messages;
using ClassHub.People;
using ClassHub.Web.Access;
using ClassHub.Web.Startup;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Account;

/// <summary>The form's token is looked at here, so that who had the page open in two tabs, or keeps no cookies, reads what is wrong.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class LoginPage(ClassHubDb db, SignIn signIn, IAntiforgery forgery, IServiceScopeFactory scopes, CurrentSchool school, MailSettings mail,
    SchoolDisk disk, TimeProvider clock) : PageModel
{
    [BindProperty] public string? UserName { get; set; }
    [BindProperty] public string? Password { get; set; }
    /// <summary>"false" or "family"; whatever else is said, others use it too.</summary>
    [BindProperty] public string? Shared { get; set; }
    public bool IsShared => Shared is not ("false" or "family");
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public string SchoolName => school.Calendar.SchoolName;
    /// <summary>Somebody has just signed out.</summary>
    public bool Left => HttpMethods.IsGet(Request.Method) && Request.Query["left"] == "true";
    public bool HasGuardians => mail.IsSet;
    /// <summary>Who signed in meanwhile, in another tab of this browser.</summary>
    public string? SignedInAs { get; private set; }

    [Row("R02")]
    public IActionResult OnGet()
    {
        Response.Headers[Header] = "form";
        if (HttpContext.Features.Get<SignedInPerson>() is not null) return LocalRedirect(Onward());
        // Whoever forgot to sign out leaves no picture behind either.
        if (Request.Cookies.ContainsKey(SessionCookie.NameFor(Request))) SessionCookie.End(HttpContext);
        return Page();
    }

    [Row("R03")]
    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        Response.Headers[Header] = "form";
        if (!await forgery.IsRequestValidAsync(HttpContext)) return Stale();
        var (device, form) = (Request.Cookies[SessionCookie.DeviceNameFor(Request)], Request.Cookies[Startup.Pages.FormCookie]);
        var attempt = new SignInTry(UserName, Password, Network.Of(HttpContext), device, IsShared, Network.Device(Request), form ?? "");
        var answer = await EvenWhenFullAsync(() => signIn.RunAsync(attempt, stop));
        if (answer.SessionKey is null) return Refuse(answer);

        if (answer.RenewAccountId is { } accountId) RenewAfterwards(accountId, Password ?? "");

        // Whoever was signed in here before is not any more, and leaves no message behind.
        if (HttpContext.Features.Get<SignedInPerson>() is { } before) await db.WriteAsync(() => db.SignInSessions.Where(s => s.Id == before.SessionId).ExecuteDeleteAsync(stop), stop);
        this.ForgetWhatWasSaid();
        SessionCookie.Give(HttpContext, SessionCookie.NameFor(Request), answer.SessionKey, answer.IsShared ? null : TimeSpan.FromDays(365));
        if (answer.DeviceKey is not null) SessionCookie.Give(HttpContext, SessionCookie.DeviceNameFor(Request), answer.DeviceKey, TimeSpan.FromDays(365));
        return LocalRedirect(answer.MustChangePassword ? "/me/password" : Onward());
    }

    /// <summary>On a full disk people still sign in and read: a sign-in may use up what was kept for it.</summary>
    private async Task<SignInAnswer> EvenWhenFullAsync(Func<Task<SignInAnswer>> run)
    {
        while (true)
            try { return await run(); }
            catch (FullDisk) when (disk.GiveUpSome()) { }
    }

    private PageResult Refuse(SignInAnswer answer)
    {
        if (answer.WaitUntil is { } until)
        {
            var wait = Math.Max(1, (int)Math.Ceiling((until - clock.GetUtcNow()).TotalSeconds));
            Response.Headers.RetryAfter = wait.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Say(StatusCodes.Status503ServiceUnavailable,
                $"Others try this username just now, so your password was not looked at. Wait {Times.Count(wait, "second")} and send it again. If " +
                $"that does not help, your teacher or the school office can let you in.");
        }
        return Say(StatusCodes.Status400BadRequest, answer.IsTooOld
            ? $"This one-time password was good for {Passwords.OneTimeLasts.Days} days and does not work any more. Ask your teacher or the school " +
                $"office for a new one."
            : "That username and password do not fit together. Check both, and whether capital letters are on.");
    }

    /// <summary>The form is older than what happened in this browser since. Nothing was looked at.</summary>
    private PageResult Stale()
    {
        SignedInAs = HttpContext.Features.Get<SignedInPerson>()?.Viewer.Name;
        return Say(StatusCodes.Status400BadRequest, SignedInAs is { } name ? $"{name} is signed in already, in another tab of this browser."
            : Request.Cookies.Count == 0 ? "This browser keeps no cookies for this page, and without one ClassHub cannot know that you are signed in. " +
                "Allow cookies for this site, then sign in again here."
            : "This page was open in another tab too, or for a long time. It is fresh now: type your password and sign in again.");
    }

    private PageResult Say(int status, string sentence)
    {
        ModelState.AddModelError("", sentence);
        (Response.StatusCode, Password) = (status, null);
        return Page();
    }

    /// <summary>Takes a while, so the person is answered first.</summary>
    private void RenewAfterwards(int accountId, string password) => Response.OnCompleted(async () =>
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CheckPassword>().RenewAsync(accountId, password, CancellationToken.None);
    });

    /// <summary>On every answer that shows the sign-in form, whatever its address: a device keeps none of them as a page of somebody.</summary>
    public const string Header = "X-Sign-In";

    /// <summary>Only an address of our own.</summary>
    private string Onward() => Url.IsLocalUrl(ReturnUrl) && ReturnUrl!.All(char.IsAscii) && !ReturnUrl!.StartsWith("/login", StringComparison.Ordinal) && !ReturnUrl.StartsWith("/logout", StringComparison.Ordinal) ? ReturnUrl : "/";
}
