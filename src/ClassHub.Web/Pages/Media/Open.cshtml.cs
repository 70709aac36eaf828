using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;

namespace ClassHub.Web.Pages.Media;

/// <summary>A file of a post, or of one's own draft, or a version of it: never from a folder of the web server, always through the gate.</summary>
[Row("R21")]
public sealed class OpenPage(ClassHubDb db, Viewer viewer, SendFile send) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string key, bool download, CancellationToken stop) =>
        await send.FindAsync(db.Files.VisibleTo(viewer, db), key, stop) is { } file && await send.RunAsync(file, key, viewer.PersonId, stop) is { } sent ? await this.SendAsync(sent, download, stop) : NotFound();
}

internal static class SendingFiles
{
    /// <summary>In ranges, under the strictest policy. Only what we made ourselves may fill the window; what came from somebody is shown inside our pages or saved.</summary>
    public static async Task<IActionResult> SendAsync(this PageModel page, Sent sent, bool download, CancellationToken stop)
    {
        var headers = page.Response.Headers;
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        // The owner's browser may keep them; nobody between may.
        headers.CacheControl = sent.IsFinal ? SafeHeaders.Kept : "private, no-cache";
        return new FileStreamResult(await sent.OpenAsync(stop), FileKind.MayBeShown(sent.ContentType) && !download ? sent.ContentType : FileKind.Unknown)
        {
            EnableRangeProcessing = true,
            LastModified = sent.At,
            EntityTag = new EntityTagHeaderValue($"\"{sent.Tag}\""),
            FileDownloadName = sent.IsOurs && !download ? null : sent.Name,
        };
    }
}
