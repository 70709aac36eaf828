using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
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

/// <summary>Where and when one person is told. Pupils have no address here, only their own devices.</summary>
[Row("R91")]
public sealed class MessageSettingsPage(ClassHubDb db, SignedInPerson person, MailSettings mail, PushSettings push) : PageModel
{
    [BindProperty] public string? Email { get; set; }
    [BindProperty] public MessageRhythm Rhythm { get; set; }
    [BindProperty] public string Hour { get; set; } = MessageSettings.UsualHour.ToString("HH:mm", CultureInfo.InvariantCulture);

    private readonly Viewer viewer = person.Viewer;

    public bool CanSend => mail.IsSet;
    public bool IsPupil => viewer.IsPupil;
    /// <summary>The school's key for browsers; none where nothing may stay on the device, or the school does not wake browsers.</summary>
    public string? PushKey { get; private set; }
    public bool IsGuardian => viewer.IsGuardian;
    public bool ComesBack { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (push.IsSet && !person.IsShared)
        {
            using var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(await db.Schools.Select(s => s.PushKey).SingleAsync(stop), out _);
            PushKey = WebPush.PublicKeyOf(key);
        }
        if (await db.MessageSettings.AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == viewer.PersonId, stop) is { } settings)
            (Email, Rhythm, Hour, ComesBack) = (settings.Email, settings.Rhythm, settings.Hour.ToString("HH:mm", CultureInfo.InvariantCulture),
                settings.Trouble is not null);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
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
                var settings = await db.MessageSettings.SingleOrDefaultAsync(s => s.PersonId == viewer.PersonId, stop) ?? db.MessageSettings.Add(new MessageSettings(viewer.PersonId, null, viewer.Now)).Entity;
                // A guardian's way in goes to this address, so only the school changes it.
                if (viewer.IsStaff)
                {
                    var old = settings.Email;
                    settings.ChangeAddress(Email);
                    settings.TrustAgain();
                    if (old is not null && old != settings.Email) db.TellOldAddress(viewer.PersonId, old, viewer.Now);
                }
                settings.Choose(Rhythm, hour, viewer.IsPupil);
                await db.SaveChangesAsync(stop);
            }, stop);
        }
    }

    /// <summary>This browser wants to be woken. The address is one of a maker that the school allows, else nothing is kept.</summary>
    public async Task<IActionResult> OnPostPushAsync(string? endpoint, string? key, string? secret, CancellationToken stop)
    {
        if (!push.IsSet || person.IsShared) return BadRequest();
        if (endpoint is null || !push.Allows(endpoint)) return BadRequest("This browser is not one that the school can wake.");
        try
        {
            var subscription = new PushSubscription(viewer.PersonId, person.SessionId, endpoint, Base64Url.DecodeFromChars(key), Base64Url.DecodeFromChars(secret), viewer.Now);
            await db.WriteAsync(async () =>
            {
                // A browser has one address; whoever uses it now has it.
                await db.PushSubscriptions.Where(s => s.Endpoint == endpoint).ExecuteDeleteAsync(stop);
                if (await db.PushSubscriptions.CountAsync(s => s.PersonId == viewer.PersonId, stop) >= PushSubscription.MostOfOnePerson) throw new RuleBroken("That is enough devices.");
                db.PushSubscriptions.Add(subscription);
                if (!await db.MessageSettings.AnyAsync(s => s.PersonId == viewer.PersonId, stop)) db.MessageSettings.Add(new MessageSettings(viewer.PersonId, null, viewer.Now));
                await db.SaveChangesAsync(stop);
            }, stop);
        }
        catch (Exception wrong) when (wrong is FormatException or RuleBroken) { return BadRequest("This browser gave an address that ClassHub does not understand."); }
        return new NoContentResult();
    }

    public async Task<IActionResult> OnPostNoPushAsync(string? endpoint, CancellationToken stop)
    {
        await db.WriteAsync(() => db.PushSubscriptions.Where(s => s.Endpoint == endpoint && s.PersonId == viewer.PersonId).ExecuteDeleteAsync(stop), stop);
        return new NoContentResult();
    }
}
