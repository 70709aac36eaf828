using ClassHub.Messages;
using ClassHub.Web.Access;
using ClassHub.Web.Startup;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Guardians;

/// <summary>Asks for a way in by e-mail; known and unknown addresses look alike. Without e-mail there are no guardians and no such page.</summary>
[AllowAnonymous]
public sealed class AskForLinkPage(AskForLink ask, MailSettings mail, CurrentSchool school, TimeProvider clock) : PageModel
{
    [BindProperty] public string? Email { get; set; }

    public string SchoolName => school.Calendar.SchoolName;
    public bool IsAsked { get; private set; }

    [Row("R02")]
    public IActionResult OnGet() => mail.IsSet ? Page() : NotFound();

    [Row("R03")]
    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!mail.IsSet) return NotFound();
        if (ClassHub.Notifications.EmailAddress.Normal(Email) is null)
        {
            ModelState.AddModelError("", "Write the e-mail address like sofia@example.org.");
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        if (await ask.RunAsync(Email, Network.Of(HttpContext), stop) is { } until)
        {
            Response.Headers.RetryAfter = Math.Max(1, (int)(until - clock.GetUtcNow()).TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            ModelState.AddModelError("", "You asked a moment ago. Look into your mail, and wait a little before you ask again.");
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return Page();
        }
        IsAsked = true;
        return Page();
    }
}
