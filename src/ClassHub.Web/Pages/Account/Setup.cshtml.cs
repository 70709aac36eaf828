using ClassHub.Backups;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.School;
using ClassHub.Web.Access;
using ClassHub.Web.Jobs;
using ClassHub.Web.Startup;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Account;

[AllowAnonymous, Row("R64")]
public sealed class SetupPage(SetUpSchool setUp, RestoreBackup restore, SetUpCode code, BringBackNow bringBack, CurrentSchool current, ClassHubDb db, TimeProvider clock) : PageModel
{
    [BindProperty] public SchoolForm School { get; set; } = new();
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public string? Forename { get; set; }
    [BindProperty] public string? Surname { get; set; }
    [BindProperty] public string? UserName { get; set; }
    [BindProperty] public string? Password { get; set; }

    public bool NeedsCode => code.IsNeeded;

    public IActionResult OnGet() => Elsewhere() ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (Elsewhere() is { } elsewhere) return elsewhere;
        if (!await this.TryAsync(nameof(Code), () => code.MustBeAsync(Code, HttpContext, stop))) return Page();
        if (!await this.TryAsync("", () => SetUpAsync(stop))) return Page();
        this.Say("Your school is open. Sign in with what you just chose.");
        return Redirect("/login");
    }

    private async Task SetUpAsync(CancellationToken stop)
    {
        var school = new SchoolProfile(School.Name ?? "", School.TimeZone, School.AllDays, School.MorningTime, clock.GetUtcNow());
        await current.FirstRun.WaitAsync(stop);
        try
        {
            await restore.ForgetBegunAsync(stop);
            await setUp.RunAsync(school, School.AllHolidays(), Forename ?? "", Surname ?? "", null, UserName ?? "", Password, stop);
            await current.RefreshAsync(db, stop);
        }
        finally { current.FirstRun.Release(); }
    }

    /// <summary>There is a school, or one is on its way out of a backup.</summary>
    private IActionResult? Elsewhere() => current.IsSetUp ? NotFound() : bringBack.IsRunning ? Redirect("/setup/backup") : null;
}
