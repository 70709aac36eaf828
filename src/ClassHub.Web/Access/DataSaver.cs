using ClassHub.Classes;

namespace ClassHub.Web.Access;

/// <summary>Whether the smallest versions are wanted: said by the person for all their devices, for this device, or by the browser (the Save-Data client hint); a page that a device keeps for later shows them too, as they are kept with it.</summary>
public static class DataSaver
{
    private const string Cookie = "classhub-less-data";

    public static bool SavesData(this HttpContext context) =>
        context.Features.Get<SignedInPerson>() is { SavesData: true } || context.SavesDataHere() || context.BrowserSavesData() || context.Request.Headers.ContainsKey("X-Keep");

    public static bool SavesDataHere(this HttpContext context) => context.Request.Cookies.ContainsKey(Cookie);

    public static bool BrowserSavesData(this HttpContext context) => context.Request.Headers["Save-Data"].ToString().Trim().Equals("on", StringComparison.OrdinalIgnoreCase);

    public static void SaveDataHere(this HttpContext context, bool saves)
    {
        if (saves) SessionCookie.Give(context, Cookie, "1", TimeSpan.FromDays(365));
        else context.Response.Cookies.Delete(Cookie, new CookieOptions { Path = "/", Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, HttpOnly = true });
    }
}
