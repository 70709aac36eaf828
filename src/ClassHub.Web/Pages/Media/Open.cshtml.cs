using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Media;

/// <summary>A file of a post, or of one's own draft: never from a folder of the web server, always through the gate.</summary>
[Row("R21")]
public sealed class OpenPage(ClassHubDb db, Viewer viewer, IFileStore store) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string key, bool download, CancellationToken stop)
    {
        if (!new FileKey(key).IsWellFormed) return NotFound();
        var file = await db.Files.VisibleTo(viewer, db).AsNoTracking().SingleOrDefaultAsync(f => f.Key == key, stop);
        return file is null ? NotFound() : await SendingFiles.SendAsync(this, store, file, download, stop);
    }
}

internal static class SendingFiles
{
    /// <summary>In ranges, under the strictest policy; shown only when it is a kind that cannot act, else a download.</summary>
    public static async Task<IActionResult> SendAsync(PageModel page, IFileStore store, StoredFile file, bool download, CancellationToken stop)
    {
        var headers = page.Response.Headers;
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        // The address changes with the bytes, so the owner's browser may keep them; nobody between may.
        headers.CacheControl = "private, max-age=604800, immutable";
        var isShown = FileKind.MayBeShown(file.ContentType) && !download;
        return new FileStreamResult(await store.OpenAsync(new FileKey(file.Key), stop), isShown ? file.ContentType : FileKind.Unknown)
        {
            EnableRangeProcessing = true,
            LastModified = file.CreatedAt,
            EntityTag = new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{file.Sha256}\""),
            FileDownloadName = isShown ? null : file.Name,
        };
    }
}
