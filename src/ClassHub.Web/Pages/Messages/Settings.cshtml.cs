using System.Globalization;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Messages;
using ClassHub.Notifications;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Messages;

/// <summary>Where and when one person is written to. Pupils are told in the app and have no address here.</summary>
[Row("R91")]
public sealed class MessageSettingsPage(ClassHubDb db, Viewer viewer, MailSettings mail) : PageModel
{
    [BindProperty] public string? Email { get; set; }
    [BindProperty] public MessageRhythm Rhythm { get; set; }
    [BindProperty] public string Hour { get; set; } = MessageSettings.UsualHour.ToString("HH:mm", CultureInfo.InvariantCulture);

    public bool CanSend => mail.IsSet;
    public bool IsGuardian => viewer.IsGuardian;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (viewer.IsPupil) return Forbid();
        if (await db.MessageSettings.AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == viewer.PersonId, stop) is { } settings)
            (Email, Rhythm, Hour) = (settings.Email, settings.Rhythm, settings.Hour.ToString("HH:mm", CultureInfo.InvariantCulture));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (viewer.IsPupil) return Forbid();
        if (!ModelState.IsValid || !await this.TryAsync("", SaveAsync))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        this.Say("Saved.");
        return RedirectToPage();

        async Task SaveAsync()
        {
            if (!TimeOnly.TryParse(Hour, CultureInfo.InvariantCulture, out var hour)) throw new RuleBroken("Write the hour like 16:00.", "Hour");
            await db.WriteAsync(async () =>
            {
                var settings = await db.MessageSettings.SingleOrDefaultAsync(s => s.PersonId == viewer.PersonId, stop) ?? db.MessageSettings.Add(new MessageSettings(viewer.PersonId, Email, viewer.Now)).Entity;
                // A guardian's way in goes to this address, so only the school changes it.
                if (!viewer.IsGuardian) settings.ChangeAddress(Email);
                settings.Choose(Rhythm, hour);
                await db.SaveChangesAsync(stop);
            }, stop);
        }
    }
}
