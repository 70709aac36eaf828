using System.Security.Cryptography;
using System.Text;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.School;
using ClassHub.Web.Access;
using ClassHub.Web.Startup;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Account;

[AllowAnonymous, Row("R64")]
public sealed class SetupPage(SetUpSchool setUp, CurrentSchool current, ClassHubDb db, TimeProvider clock, IWebHostEnvironment environment) : PageModel
{
    [BindProperty] public SchoolForm School { get; set; } = new();
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public string? Forename { get; set; }
    [BindProperty] public string? Surname { get; set; }
    [BindProperty] public string? UserName { get; set; }
    [BindProperty] public string? Password { get; set; }

    public bool NeedsCode => !environment.IsDevelopment();

    public IActionResult OnGet() => current.IsSetUp ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (current.IsSetUp) return NotFound();
        if (NeedsCode && !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(JoinCode.Typed(Code)), Encoding.UTF8.GetBytes(current.SetUpCode)))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), clock, stop);       // a guess a second
            ModelState.AddModelError(nameof(Code), "That is not the code in the log.");
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        if (!await this.TryAsync("", async () =>
            await setUp.RunAsync(new SchoolProfile(School.Name ?? "", School.TimeZone, School.AllDays, School.MorningTime, clock.GetUtcNow()), School.AllHolidays(), Forename ?? "", Surname ?? "", null, UserName ?? "", Password, stop)))
            return Page();

        await current.RefreshAsync(db, stop);
        this.Say("Your school is open. Sign in with what you just chose.");
        return Redirect("/login");
    }
}
