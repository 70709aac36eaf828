using System.Globalization;
using System.Text;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Media;

/// <summary>The words as a player shows them: WebVTT, behind the gate of the file itself.</summary>
[Row("R21")]
public sealed class WordsTrackPage(ClassHubDb db, Viewer viewer) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string mediaKey, CancellationToken stop)
    {
        if (await PlayedFile.FindAsync(db, viewer, mediaKey, stop) is not { } played
            || await db.Captions.AsNoTracking().SingleOrDefaultAsync(c => c.FileId == played.Id && c.IsTimed, stop) is not { } captions) return NotFound();
        Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        Response.Headers.CacheControl = "private, no-cache";
        return new FileContentResult(Encoding.UTF8.GetBytes(captions.Transcript.AsVtt()), "text/vtt; charset=utf-8")
        {
            EntityTag = new(string.Create(CultureInfo.InvariantCulture, $"\"{captions.WrittenAt.ToUnixTimeMilliseconds()}\"")),
        };
    }
}
