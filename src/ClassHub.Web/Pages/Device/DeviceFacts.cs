using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Antiforgery;

namespace ClassHub.Web.Pages.Device;

/// <summary>What a device must know to keep work safe while there is no connection.</summary>
public static class DeviceFacts
{
    public static void MapDevice(this WebApplication app) => app.MapGet("/device/me", TellAsync).WithMetadata(new RowAttribute("R82"));

    /// <summary>Whose device it is and for how long, the key that seals what waits there, the server's time, and the token that forms carry. Only pupils' devices keep anything.</summary>
    private static async Task<IResult> TellAsync(HttpContext http, ClassHubDb db, Viewer viewer, SignedInPerson person, SignedTime time, IAntiforgery forgery, CancellationToken stop)
    {
        if (!viewer.IsPupil || person.MustChangePassword) return Results.StatusCode(StatusCodes.Status403Forbidden);
        var key = Convert.ToBase64String(await db.DeviceKeyOfAsync(viewer.PersonId, stop));
        var form = forgery.GetAndStoreTokens(http).RequestToken;
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new { person = viewer.PersonId, own = !person.IsShared, until = person.EndsAt.ToUnixTimeMilliseconds(), key, time = time.Give(viewer.PersonId, viewer.Now), form });
    }
}
