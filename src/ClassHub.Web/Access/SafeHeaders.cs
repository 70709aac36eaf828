using ClassHub.Classes;

namespace ClassHub.Web.Access;

public static class SafeHeaders
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    private const string Others = "accelerometer=(), autoplay=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()";
    private const string Nothing = "camera=(), display-capture=(), microphone=(), " + Others, Recording = "camera=(self), display-capture=(self), microphone=(self), " + Others;

    /// <summary>This page holds the recorder. The browser still asks the person, after their click.</summary>
    public static void AllowRecording(this HttpResponse response) => response.Headers["Permissions-Policy"] = Recording;

    public static void UseSafeHeaders(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = Nothing;
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["X-Robots-Tag"] = "noindex, nofollow";
            context.Response.OnStarting(KeepPrivate, context);
            return next(context);
        });
    }

    /// <summary>For what never changes under its address and only a page of the same person leads to. A shared device keeps it as long as anybody may be signed in there, and only for the session that asked: with another cookie, or none, its browser asks again. Signing out clears it.</summary>
    public const string Kept = "private, max-age=604800, immutable", KeptOnShared = "private, max-age=28800, immutable";

    /// <summary>Signed-in pages are never kept by others, and by nobody on a shared device.</summary>
    private static Task KeepPrivate(object state)
    {
        var context = (HttpContext)state;
        if (context.Features.Get<SignedInPerson>() is { } person)
        {
            var headers = context.Response.Headers;
            if (person.IsShared && headers.CacheControl == Kept) (headers.CacheControl, headers.Vary) = (KeptOnShared, "Cookie");
            else if (person.IsShared) headers.CacheControl = "no-store";
            else if (headers.CacheControl.Count == 0) headers.CacheControl = headers.ETag.Count > 0 ? "private, no-cache" : "no-store";
        }
        return Task.CompletedTask;
    }

    /// <summary>A form of another site cannot act here, whatever cookie came along.</summary>
    public static void UseSameSiteOnly(this WebApplication app) => app.Use((context, next) =>
    {
        var method = context.Request.Method;
        var site = context.Request.Headers["Sec-Fetch-Site"].ToString();
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || site is "" or "same-origin" or "none") return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });
}
