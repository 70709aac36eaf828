using System.Globalization;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Web.Access;

namespace ClassHub.Web.Pages.Media;

/// <summary>Files that continue after a broken connection: the tus protocol 1.0.0 (tus.io/protocols/resumable-upload) with creation, termination, expiration and checksum.</summary>
public static class Uploads
{
    private const string Version = "1.0.0", Content = "application/offset+octet-stream";
    /// <summary>The status of the protocol for bytes that changed on their way.</summary>
    private const int ChecksumMismatch = 460;

    public static void MapUploads(this WebApplication app)
    {
        app.MapMethods("/uploads", ["OPTIONS"], Say).WithMetadata(new RowAttribute("R37"));
        app.MapPost("/uploads", StartAsync).WithMetadata(new RowAttribute("R37"));
        app.MapMethods("/uploads/{uploadKey}", ["HEAD"], HeadAsync).WithMetadata(new RowAttribute("R39"));
        app.MapPatch("/uploads/{uploadKey}", ContinueAsync).WithMetadata(new RowAttribute("R38"), new TakesFilesAttribute(ofPupils: true));
        // Some networks let only GET and POST through.
        app.MapPost("/uploads/{uploadKey}", (string uploadKey, HttpContext http, TakeUpload uploads, Viewer viewer, TimeProvider clock, CancellationToken stop) =>
            http.Request.Headers["X-HTTP-Method-Override"] == "PATCH" ? ContinueAsync(uploadKey, http, uploads, viewer, clock, stop) : Task.FromResult(Results.StatusCode(400))).WithMetadata(new RowAttribute("R38"), new TakesFilesAttribute(ofPupils: true));
        app.MapDelete("/uploads/{uploadKey}", AbandonAsync).WithMetadata(new RowAttribute("R40"));
    }

    private static IResult Say(HttpContext http, FileLimits limits, Viewer viewer)
    {
        if (viewer.IsGuardian) return Results.StatusCode(403);
        var headers = http.Response.Headers;
        (headers["Tus-Resumable"], headers["Tus-Version"], headers["Tus-Extension"]) = (Version, Version, "creation,termination,expiration,checksum");
        (headers["Tus-Checksum-Algorithm"], headers["Tus-Max-Size"]) = ("sha1,sha256", limits.StaffFile.ToString(CultureInfo.InvariantCulture));
        return Results.NoContent();
    }

    private static async Task<IResult> StartAsync(HttpContext http, TakeUpload uploads, Viewer viewer, CancellationToken stop)
    {
        if (viewer.IsGuardian) return Results.StatusCode(403);
        if (Refused(http) is { } no) return no;
        if (http.Features.Get<SignedInPerson>() is { MustChangePassword: true }) return Results.StatusCode(403);
        if (Number(http, "Upload-Length") is not { } length) return Problem(400, "length", "Say how long the file is.");
        var about = UploadHeaders.Metadata(http.Request.Headers["Upload-Metadata"]);
        if (about is null) return Problem(400, "metadata", "The description of the file cannot be read.");
        var classId = int.TryParse(about.GetValueOrDefault("class"), CultureInfo.InvariantCulture, out var named) ? named : (int?)null;
        if (classId is { } id && viewer.In(id) is null) return Results.NotFound();
        try
        {
            var upload = await uploads.StartAsync(about.GetValueOrDefault("filename"), length, viewer.PersonId, viewer.IsStaff, classId, stop);
            Tell(http, upload);
            return Results.Created($"/uploads/{upload.Key}", null);
        }
        catch (FileTooBig big) { return Problem(413, "too-big", big.Message); }
        catch (TooManyUploads many) { return Problem(429, "too-many", many.Message); }
        catch (Exception full) when (full is NoRoomLeft or FullDisk) { return Problem(507, "full", full.Message); }
        catch (RuleBroken rule) { return Problem(400, "refused", rule.Message); }
    }

    private static async Task<IResult> HeadAsync(string uploadKey, HttpContext http, TakeUpload uploads, Viewer viewer, TimeProvider clock, CancellationToken stop)
    {
        if (Refused(http) is { } no) return no;
        if (await uploads.FindAsync(uploadKey, viewer.PersonId, stop) is not { } upload) return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            if (upload.IsExpired(clock.GetUtcNow()) || await uploads.OffsetAsync(upload, stop) is not { } offset) return Results.StatusCode(410);
            Tell(http, upload, offset);
        }
        catch (UploadBusy) { return Results.StatusCode(423); }
        http.Response.Headers["Upload-Length"] = upload.Length.ToString(CultureInfo.InvariantCulture);
        return Results.Ok();
    }

    private static async Task<IResult> ContinueAsync(string uploadKey, HttpContext http, TakeUpload uploads, Viewer viewer, TimeProvider clock, CancellationToken stop)
    {
        if (Refused(http) is { } no) return no;
        if (http.Request.ContentType != Content) return Problem(415, "content-type", $"Send {Content}.");
        if (Number(http, "Upload-Offset") is not { } offset) return Problem(400, "offset", "Say where these bytes begin.");
        if (!UploadHeaders.Checksum(http.Request.Headers["Upload-Checksum"], out var checksum)) return Problem(400, "checksum", "The checksum is none that is known here: sha1 or sha256.");
        if (await uploads.FindAsync(uploadKey, viewer.PersonId, stop) is not { } upload) return Results.NotFound();
        if (upload.IsExpired(clock.GetUtcNow())) return Results.StatusCode(410);
        if (http.Request.ContentLength is { } coming && coming > upload.Length - offset) return Problem(413, "too-long", "More bytes than were announced.");
        try
        {
            Tell(http, upload, await uploads.AppendAsync(upload, offset, http.Request.Body, checksum, stop));
            return Results.NoContent();
        }
        catch (UploadElsewhere elsewhere) { return elsewhere.Length is null ? Results.StatusCode(410) : Problem(409, "elsewhere", elsewhere.Message); }
        catch (UploadBusy busy) { return Problem(423, "busy", busy.Message); }
        catch (ChecksumWrong wrong) { return Problem(ChecksumMismatch, "checksum-wrong", wrong.Message); }
        catch (Exception full) when (full is NoRoomLeft or FullDisk) { return Problem(507, "full", full.Message); }
    }

    private static async Task<IResult> AbandonAsync(string uploadKey, HttpContext http, TakeUpload uploads, Viewer viewer, CancellationToken stop)
    {
        if (Refused(http) is { } no) return no;
        if (await uploads.FindAsync(uploadKey, viewer.PersonId, stop) is not { } upload) return Results.NotFound();
        if (upload.IsFinished) return Problem(403, "finished", "This file has arrived. Remove it from the work instead.");
        await uploads.AbandonAsync(upload, stop);
        return Results.NoContent();
    }

    /// <summary>Every answer names the version; a request of another version is turned away.</summary>
    private static IResult? Refused(HttpContext http)
    {
        http.Response.Headers["Tus-Resumable"] = Version;
        if (http.Request.Headers["Tus-Resumable"] == Version) return null;
        http.Response.Headers["Tus-Version"] = Version;
        return Results.StatusCode(412);
    }

    private static void Tell(HttpContext http, Upload upload, long offset = 0)
    {
        http.Response.Headers["Upload-Offset"] = offset.ToString(CultureInfo.InvariantCulture);
        if (offset < upload.Length) http.Response.Headers["Upload-Expires"] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>Digits and nothing else.</summary>
    private static long? Number(HttpContext http, string header) =>
        long.TryParse(http.Request.Headers[header], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IResult Problem(int status, string code, string sentence) =>
        Results.Problem(statusCode: status, title: sentence, extensions: new Dictionary<string, object?> { ["code"] = code });
}
