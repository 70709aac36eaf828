using ClassHub.Media;
using ClassHub.Web.Access;
using ClassHub.Web.Pages.Media;
using ClassHub.Web.Startup;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;

namespace ClassHub.Web.Pages.Backups;

/// <summary>As /uploads, for whoever may set up the school: an archive is the whole school's size, and a broken connection must not send it back to its first byte.</summary>
public static class ArchiveUploads
{
    private const string Here = "/setup/backup/uploads", One = Here + "/{uploadKey}";

    public static void MapArchiveUploads(this WebApplication app)
    {
        var all = app.MapGroup("").WithMetadata(new AllowAnonymousAttribute(), new RowAttribute("R64")).AddEndpointFilter(async (context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<CurrentSchool>().IsSetUp ? Results.NotFound()
            : context.HttpContext.RequestServices.GetRequiredService<SetUpCode>().WasTyped(context.HttpContext.Request) ? await next(context)
            : Tus.Problem(403, "code", "Load this page again and type the set-up code: since ClassHub started anew there is a new one."));
        all.MapPost(Here, Start);
        all.MapMethods(One, ["HEAD"], Head);
        all.MapPatch(One, ContinueAsync);
        all.MapPost(One, (string uploadKey, HttpContext http, ArrivingArchive archive, CancellationToken stop) => Tus.IsPatch(http) ? ContinueAsync(uploadKey, http, archive, stop) : Task.FromResult(Results.StatusCode(400)));
        all.MapDelete(One, Abandon);
    }

    private static IResult Start(HttpContext http, ArrivingArchive archive)
    {
        if (Tus.Refused(http) is { } no) return no;
        if (Tus.Number(http, "Upload-Length") is not (> 0 and var length)) return Tus.Problem(400, "length", "Say how long the file is.");
        try
        {
            var key = archive.Start(length);
            Tus.Tell(http, 0);
            return Results.Created($"{Here}/{key.Value}", null);
        }
        catch (NoRoomLeft) { return Tus.Problem(507, "full", "The disk of the server has too little space: a backup needs twice its size to be brought back."); }
    }

    private static IResult Head(string uploadKey, HttpContext http, ArrivingArchive archive)
    {
        if (Tus.Refused(http) is { } no) return no;
        if (archive.LengthOf(uploadKey) is not { } length) return Results.NotFound();
        Tus.TellLength(http, length);
        try
        {
            if (archive.Offset(uploadKey) is not { } offset) return Results.StatusCode(410);
            Tus.Tell(http, offset);
            return Results.Ok();
        }
        catch (UploadBusy) { return Results.StatusCode(423); }
    }

    private static async Task<IResult> ContinueAsync(string uploadKey, HttpContext http, ArrivingArchive archive, CancellationToken stop)
    {
        if (Tus.Unreadable(http, out var offset, out var checksum) is { } no) return no;
        if (archive.LengthOf(uploadKey) is not { } length) return Results.NotFound();
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        return await Tus.ContinueAsync(http, length, offset, () => archive.AppendAsync(uploadKey, offset, http.Request.Body, checksum, stop));
    }

    private static IResult Abandon(string uploadKey, HttpContext http, ArrivingArchive archive)
    {
        if (Tus.Refused(http) is { } no) return no;
        if (archive.LengthOf(uploadKey) is null) return Results.NotFound();
        archive.Abandon(uploadKey);
        return Results.NoContent();
    }
}
