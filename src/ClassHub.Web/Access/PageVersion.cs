using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClassHub.Classes;
using ClassHub.School;

namespace ClassHub.Web.Access;

/// <summary>An unchanged page is answered 304. Its version is made of the stamps that came with the session, so no row is asked for.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class VersionedAttribute : Attribute;

/// <summary>The version of a page is what it shows (stamps of the person and their classes, the school day) and until when that holds.</summary>
public static class PageVersion
{
    /// <summary>Carries "Handed in." from one page to the next.</summary>
    public const string MessageCookie = ".AspNetCore.Mvc.CookieTempDataProvider";
    private const string Moment = "ClassHub.LooksDifferentAt";
    private static readonly string Build = typeof(PageVersion).Module.ModuleVersionId.ToString("N");

    /// <summary>The page looks different from this moment on: something comes out, is due, or closes. The earliest counts.</summary>
    public static void LooksDifferentAt(this HttpContext context, DateTimeOffset? at)
    {
        if (at is { } moment && !(context.Items[Moment] is DateTimeOffset before && before <= moment)) context.Items[Moment] = moment;
    }

    /// <summary>True when the browser holds this very page; the answer is then 304. Else the page gets its version when it is sent.</summary>
    public static bool IsUnchanged(HttpContext context, SignedInPerson person, SchoolClock clock)
    {
        // A shared device keeps nothing, and a page with a message to show is shown.
        // A guardian's page hangs on what several children see.
        if (person.IsShared || person.Viewer.IsGuardian || context.Request.Cookies.ContainsKey(MessageCookie)) return false;
        var shown = HashOf(context, person, clock);
        foreach (var seen in context.Request.Headers.IfNoneMatch)
            if (seen is not null && Holds(seen, shown, person.Viewer.Now))
            {
                context.Response.Headers.ETag = seen;
                context.Response.Headers.CacheControl = "private, no-cache";
                return true;
            }
        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode == StatusCodes.Status200OK && context.Response.Headers.SetCookie.Count == 0)
                context.Response.Headers.ETag = $"W/\"{shown}.{Until(context).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}\"";
            return Task.CompletedTask;
        });
        return false;
    }

    private static DateTimeOffset Until(HttpContext context) => context.Items[Moment] is DateTimeOffset at ? at : DateTimeOffset.UnixEpoch.AddYears(200);

    private static bool Holds(string seen, string shown, DateTimeOffset now)
    {
        var tag = seen.AsSpan().TrimStart("W/").Trim('"');
        var dot = tag.IndexOf('.');
        return dot > 0 && tag[..dot].SequenceEqual(shown) && long.TryParse(tag[(dot + 1)..], CultureInfo.InvariantCulture, out var until) && now.ToUnixTimeMilliseconds() < until;
    }

    private static string HashOf(HttpContext context, SignedInPerson person, SchoolClock clock)
    {
        var facts = new StringBuilder(256).Append(Build).Append(context.Request.Path).Append(context.Request.QueryString)
            .Append('|').Append(person.Viewer.PersonId).Append('|').Append(person.Stamp)
            .Append('|').Append(clock.Today.DayNumber).Append(PartOfDay(clock)).Append('|').Append(clock.Calendar.SchoolName)
            .Append('|').Append(clock.Calendar.Zone.Id).Append(context.SavesData() ? "|less" : "");
        foreach (var c in person.Viewer.Classes) facts.Append('|').Append(c.ClassId).Append('.').Append(c.Stamp).Append('.').Append(c.IsTeacher ? c.WorkStamp : 0);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(facts.ToString())).AsSpan(0, 16));
    }

    /// <summary>"Good morning" turns into "Good afternoon".</summary>
    private static int PartOfDay(SchoolClock clock) => clock.TimeOf(clock.Now).Hour switch { < 12 => 0, < 17 => 1, _ => 2 };
}
