using System.Text;
using ClassHub.Calendars;
using ClassHub.Database;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace ClassHub.Web.Pages.Calendars;

/// <summary>What a calendar elsewhere reads. The key in the address decides alone: no cookie is read or set, and any key that opens nothing gets the same answer.</summary>
public static class Feed
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(60), Ahead = TimeSpan.FromDays(400);

    public static void MapCalendars(this WebApplication app) =>
        app.MapMethods("/cal/{feedKey}.ics", [HttpMethods.Get, HttpMethods.Head], TellAsync).AllowAnonymous().WithMetadata(new RowAttribute("R41"));

    private static async Task<IResult> TellAsync(string feedKey, HttpContext http, ClassHubDb db, WriteICalendar calendar, SiteAddress site, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (await db.CalendarOwnerAsync(feedKey, now, stop) is not { } owner) return Results.NotFound();
        var entries = await db.EntriesAsync(owner, now - Back, now + Ahead, stop, withCancelled: true);
        var holidays = await db.Holidays.AsNoTracking().OrderBy(h => h.FirstOn).ToListAsync(stop);
        var text = Encoding.UTF8.GetBytes(calendar.Write(await db.Schools.AsNoTracking().SingleAsync(stop), entries, holidays, site.For(http.Request)));
        http.Response.Headers.CacheControl = "private, no-cache";
        return Results.Bytes(text, "text/calendar; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(text))[..32]}\""));
    }
}
