using ClassHub.Classes;
using ClassHub.Joining;
using ClassHub.Web.Access;
using ClassHub.Web.Startup;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace ClassHub.Web.Pages.Classes;

/// <summary>Anybody with a code asks to join. The page never says which class a code belongs to, nor who is in it.</summary>
[AllowAnonymous, Row("R15"), EnableRateLimiting(Accounts.JoinCodes), ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class JoinPage(AskToJoin ask) : PageModel
{
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public string? Forename { get; set; }
    [BindProperty] public string? Surname { get; set; }

    public bool IsAsked { get; private set; }
    public Viewer? Me => HttpContext.Features.Get<SignedInPerson>()?.Viewer;

    public IActionResult OnGet(bool asked)
    {
        if (!MayInClass.MayUseJoinCode(Me)) return Forbid();
        IsAsked = asked;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!MayInClass.MayUseJoinCode(Me)) return Forbid();
        if (!await this.TryAsync(nameof(Code), () => ask.RunAsync(Code, Me?.PersonId, Forename, Surname, stop))) return Page();

        return RedirectToPage(new { asked = true });
    }
}
