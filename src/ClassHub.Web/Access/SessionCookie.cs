using System.Security.Claims;
using System.Text.Encodings.Web;
using ClassHub.Classes;
using ClassHub.Database;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClassHub.Web.Access;

/// <summary>Signs a request in by its session row. The cookie holds nothing but a random key, so ending the row ends the sign-in at the very next request.</summary>
public sealed class SessionCookie(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, ClassHubDb db, TimeProvider clock, SessionUse use)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "Session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[NameFor(Request)] is not { Length: 64 } key) return AuthenticateResult.NoResult();
        var now = clock.GetUtcNow();
        SignedInPerson? person;
        try { person = await db.SignedInByAsync(key, now, Context.RequestAborted); }
        catch (Exception problem) when (DatabaseUnable.Behind(problem) is { } told)
        {
            Context.Features.Set(told);
            return AuthenticateResult.NoResult();
        }
        // A session that is over is nothing to write down.
        if (person is null) return AuthenticateResult.NoResult();

        Context.Features.Set(person);
        use.Note(person.SessionId, person.LastUsedAt, now);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(Identity(person)), Scheme.Name));
    }

    private ClaimsIdentity Identity(SignedInPerson person) =>
        new([new Claim(ClaimTypes.NameIdentifier, person.Viewer.PersonId.ToString(System.Globalization.CultureInfo.InvariantCulture))], Scheme.Name);

    /// <summary>A page asks to sign in; anything else is told 401.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var isPage = HttpMethods.IsGet(Request.Method) && Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        if (isPage) Response.Redirect("/login?returnUrl=" + UrlEncoder.Encode(Request.GetEncodedPathAndQuery()));
        else Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    /// <summary>The school's own address shows a stranger the sign-in page, without leading them elsewhere.</summary>
    public static void UseFirstPage(WebApplication app) => app.Use(async (context, next) =>
    {
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (isRead && context.Request.Path == "/" && !(await context.AuthenticateAsync(SchemeName)).Succeeded) context.Request.Path = "/login";
        await next(context);
    });

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>Over https the browser itself guarantees that no other host set it.</summary>
    public static string NameFor(HttpRequest request) => request.IsHttps ? "__Host-classhub" : "classhub";
    public static string DeviceNameFor(HttpRequest request) => request.IsHttps ? "__Host-classhub-device" : "classhub-device";

    /// <summary>A shared device forgets with its browser; an own device keeps the cookie as long as the session may live.</summary>
    public static void Give(HttpContext context, string name, string value, TimeSpan? lasts) => context.Response.Cookies.Append(name, value, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = lasts,
        IsEssential = true,
    });

    /// <summary>Pages and pictures of the one who leaves are gone from the device; work waiting in its storage stays sealed there.</summary>
    public static void End(HttpContext context)
    {
        Drop(context);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
    }

    public static void Drop(HttpContext context) => context.Response.Cookies.Delete(NameFor(context.Request), new CookieOptions { Path = "/", Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, HttpOnly = true });
}

public static class FoundSession
{
    /// <summary>Nobody is taken for a stranger because the database could not be asked. The page that says so needs no session.</summary>
    public static void UseFoundSession(this WebApplication app) => app.Use((context, next) =>
        context.Features.Get<DatabaseUnable>() is { } told && context.Features.Get<IExceptionHandlerFeature>() is null ? throw told : next(context));
}

/// <summary>Remembers when sessions were last used, at most once a minute each and never while a page waits.</summary>
public sealed class SessionUse(IServiceScopeFactory scopes, DatabaseWord word, ILogger<SessionUse> log)
{
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(1);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<int, DateTimeOffset> noted = new();

    public void Note(int sessionId, DateTimeOffset lastUsedAt, DateTimeOffset now)
    {
        if (now - lastUsedAt < Often || (noted.TryGetValue(sessionId, out var at) && now - at < Often)) return;
        noted[sessionId] = now;
        _ = Task.Run(() => WriteAsync(sessionId, now));
    }

    private async Task WriteAsync(int sessionId, DateTimeOffset now)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ClassHubDb>();
            await db.WriteAsync(() => db.SignInSessions.Where(s => s.Id == sessionId).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastUsedAt, now), CancellationToken.None), CancellationToken.None);
            if (noted.Count > 50_000) noted.Clear();
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // The page was served; the next request of this session tries again.
            if (!word.Says(problem)) log.LogWarning(problem, "The last use of a session was not noted.");
        }
    }
}
