using System.Globalization;
using System.Security.Cryptography;
using ClassHub.Database;
using ClassHub.Media;

namespace ClassHub.Web.Pages.Media;

/// <summary>What every upload of the tus protocol 1.0.0 (tus.io/protocols/resumable-upload) asks and answers, whoever sends it.</summary>
internal static class Tus
{
    public const string Version = "1.0.0";
    private const string Content = "application/offset+octet-stream";
    /// <summary>The status of the protocol for bytes that changed on their way.</summary>
    private const int ChecksumMismatch = 460;

    /// <summary>Some networks let only GET and POST through.</summary>
    public static bool IsPatch(HttpContext http) => http.Request.Headers["X-HTTP-Method-Override"] == "PATCH";

    /// <summary>Every answer names the version; a request of another version is turned away.</summary>
    public static IResult? Refused(HttpContext http)
    {
        http.Response.Headers["Tus-Resumable"] = Version;
        if (http.Request.Headers["Tus-Resumable"] == Version) return null;
        http.Response.Headers["Tus-Version"] = Version;
        return Results.StatusCode(412);
    }

    /// <summary>What is wrong with a request that continues an upload, before it is looked up; else its offset and checksum.</summary>
    public static IResult? Unreadable(HttpContext http, out long offset, out (HashAlgorithmName Algorithm, byte[] Sum)? checksum)
    {
        (offset, checksum) = (0, null);
        if (Refused(http) is { } no) return no;
        if (http.Request.ContentType != Content) return Problem(415, "content-type", $"Send {Content}.");
        if (Number(http, "Upload-Offset") is not { } at) return Problem(400, "offset", "Say where these bytes begin.");
        if (!UploadHeaders.Checksum(http.Request.Headers["Upload-Checksum"], out checksum)) return Problem(400, "checksum", "The checksum is none that is known here: sha1 or sha256.");
        offset = at;
        return null;
    }

    /// <summary>Has what the request carries added, and tells how much is safe.</summary>
    /// <param name="length">Of the whole file.</param>
    public static async Task<IResult> ContinueAsync(HttpContext http, long length, long offset, Func<Task<long>> append)
    {
        if (http.Request.ContentLength is { } coming && coming > length - offset) return Problem(413, "too-long", "More bytes than were announced.");
        try
        {
            Tell(http, await append());
            return Results.NoContent();
        }
        catch (UploadElsewhere elsewhere) { return elsewhere.Length is null ? Results.StatusCode(410) : Problem(409, "elsewhere", elsewhere.Message); }
        catch (UploadBusy busy) { return Problem(423, "busy", busy.Message); }
        catch (ChecksumWrong wrong) { return Problem(ChecksumMismatch, "checksum-wrong", wrong.Message); }
        catch (Exception full) when (full is NoRoomLeft or FullDisk) { return Problem(507, "full", full.Message); }
    }

    public static void Tell(HttpContext http, long offset) => http.Response.Headers["Upload-Offset"] = Text(offset);

    public static void TellLength(HttpContext http, long length)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Upload-Length"] = Text(length);
    }

    /// <summary>Digits and nothing else.</summary>
    public static long? Number(HttpContext http, string header) =>
        long.TryParse(http.Request.Headers[header], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static IResult Problem(int status, string code, string sentence) =>
        Results.Problem(statusCode: status, title: sentence, extensions: new Dictionary<string, object?> { ["code"] = code });
}
