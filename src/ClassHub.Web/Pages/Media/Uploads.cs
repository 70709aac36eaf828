using System.Globalization;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Submissions;
using ClassHub.Web.Access;

namespace ClassHub.Web.Pages.Media;

/// <summary>Files that continue after a broken connection: the tus protocol 1.0.0 (tus.io/protocols/resumable-upload) with creation, termination, expiration and checksum.</summary>
public static class Uploads
{
    public static void MapUploads(this WebApplication app)
    {
        app.MapMethods("/uploads", ["OPTIONS"], Say).WithMetadata(new RowAttribute("R37"));
        app.MapPost("/uploads", StartAsync).WithMetadata(new RowAttribute("R37"));
        app.MapMethods("/uploads/{uploadKey}", ["HEAD"], HeadAsync).WithMetadata(new RowAttribute("R39"));
        app.MapPatch("/uploads/{uploadKey}", ContinueAsync).WithMetadata(new RowAttribute("R38"), new TakesFilesAttribute(ofPupils: true));
        app.MapPost("/uploads/{uploadKey}", ContinueByPostAsync).WithMetadata(new RowAttribute("R38"), new TakesFilesAttribute(ofPupils: true));
        app.MapDelete("/uploads/{uploadKey}", AbandonAsync).WithMetadata(new RowAttribute("R40"));
    }

    private static IResult Say(HttpContext http, FileLimits limits, Viewer viewer)
    {
        if (viewer.IsGuardian) return Results.StatusCode(403);
        var headers = http.Response.Headers;
        (headers["Tus-Resumable"], headers["Tus-Version"], headers["Tus-Extension"]) = (Tus.Version, Tus.Version, "creation,termination,expiration,checksum");
        (headers["Tus-Checksum-Algorithm"], headers["Tus-Max-Size"]) = ("sha1,sha256", Tus.Text(limits.StaffFile));
        return Results.NoContent();
    }

    private static async Task<IResult> StartAsync(HttpContext http, TakeUpload uploads, Viewer viewer, CancellationToken stop)
    {
        if (viewer.IsGuardian) return Results.StatusCode(403);
        if (Tus.Refused(http) is { } no) return no;
        if (http.Features.Get<SignedInPerson>() is { MustChangePassword: true }) return Results.StatusCode(403);
        if (Tus.Number(http, "Upload-Length") is not { } length) return Tus.Problem(400, "length", "Say how long the file is.");
        var about = UploadHeaders.Metadata(http.Request.Headers["Upload-Metadata"]);
        if (about is null) return Tus.Problem(400, "metadata", "The description of the file cannot be read.");
        var classId = int.TryParse(about.GetValueOrDefault("class"), CultureInfo.InvariantCulture, out var named) ? named : (int?)null;
        if (classId is { } id && viewer.In(id) is null) return Results.NotFound();
        try
        {
            var upload = await uploads.StartAsync(about.GetValueOrDefault("filename"), length, viewer.PersonId, viewer.IsStaff, classId, stop);
            Tell(http, upload);
            return Results.Created($"/uploads/{upload.Key}", null);
        }
        catch (FileTooBig big) { return Tus.Problem(413, "too-big", big.Message); }
        catch (TooManyUploads many) { return Tus.Problem(429, "too-many", many.Message); }
        catch (Exception full) when (full is NoRoomLeft or FullDisk) { return Tus.Problem(507, "full", full.Message); }
        catch (RuleBroken rule) { return Tus.Problem(400, "refused", rule.Message); }
    }

    private static async Task<IResult> HeadAsync(string uploadKey, HttpContext http, TakeUpload uploads, Viewer viewer, TimeProvider clock, CancellationToken stop)
    {
        if (Tus.Refused(http) is { } no) return no;
        if (await uploads.FindAsync(uploadKey, viewer.PersonId, stop) is not { } upload) return Results.NotFound();
        Tus.TellLength(http, upload.Length);
        try
        {
            if (upload.IsExpired(clock.GetUtcNow()) || await uploads.OffsetAsync(upload, stop) is not { } offset) return Results.StatusCode(410);
            Tell(http, upload, offset);
        }
        catch (UploadBusy) { return Results.StatusCode(423); }
        return Results.Ok();
    }

    private static Task<IResult> ContinueByPostAsync(
        string uploadKey, HttpContext http, TakeUpload uploads, HandInWhenThere wishes, Viewer viewer, TimeProvider clock, CancellationToken stop) =>
        Tus.IsPatch(http) ? ContinueAsync(uploadKey, http, uploads, wishes, viewer, clock, stop) : Task.FromResult(Results.StatusCode(400));

    private static async Task<IResult> ContinueAsync(
        string uploadKey, HttpContext http, TakeUpload uploads, HandInWhenThere wishes, Viewer viewer, TimeProvider clock, CancellationToken stop)
    {
        if (Tus.Unreadable(http, out var offset, out var checksum) is { } no) return no;
        if (await uploads.FindAsync(uploadKey, viewer.PersonId, stop) is not { } upload) return Results.NotFound();
        if (upload.IsExpired(clock.GetUtcNow())) return Results.StatusCode(410);
        return await Tus.ContinueAsync(http, upload.Length, offset, async () =>
        {
            var safe = await uploads.AppendAsync(upload, offset, http.Request.Body, checksum, stop);
            // Its last piece: where "Hand in" was pressed meanwhile, that is done now, whoever goes away.
            if (safe == upload.Length && !viewer.IsStaff) await wishes.ArrivedAsync(upload.Key, viewer.PersonId, CancellationToken.None);
            Tell(http, upload, safe);
            return safe;
        });
    }

    private static async Task<IResult> AbandonAsync(string uploadKey, HttpContext http, TakeUpload uploads, Viewer viewer, CancellationToken stop)
    {
        if (Tus.Refused(http) is { } no) return no;
        if (await uploads.FindAsync(uploadKey, viewer.PersonId, stop) is not { } upload) return Results.NotFound();
        if (upload.IsFinished) return Tus.Problem(403, "finished", "This file has arrived. Remove it from the work instead.");
        await uploads.AbandonAsync(upload, stop);
        return Results.NoContent();
    }

    private static void Tell(HttpContext http, Upload upload, long offset = 0)
    {
        Tus.Tell(http, offset);
        if (offset < upload.Length) http.Response.Headers["Upload-Expires"] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
    }
}
