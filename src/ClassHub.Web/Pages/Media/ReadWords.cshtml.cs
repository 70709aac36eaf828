using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Media;

/// <summary>What a sound or video says, to be read: without sound, and for a hundredth of its bytes.</summary>
[Row("R21")]
public sealed class ReadWordsPage(ClassHubDb db, Viewer viewer) : PageModel
{
    [BindProperty(SupportsGet = true)] public int? From { get; set; }

    public PlayedFile Played { get; private set; } = null!;
    public PlayedFile.Place Place { get; private set; } = null!;
    public Transcript Words { get; private set; } = null!;
    public int Size { get; private set; }
    public bool MayWrite { get; private set; }

    public async Task<IActionResult> OnGetAsync(string mediaKey, CancellationToken stop)
    {
        if (await PlayedFile.FindAsync(db, viewer, mediaKey, stop) is not { } played || await db.Captions.AsNoTracking().SingleOrDefaultAsync(c => c.FileId == played.Id, stop) is not { } captions) return NotFound();
        (Played, Words, Size) = (played, captions.Transcript, captions.Size);
        Place = await played.PlaceAsync(db, viewer, From, stop);
        MayWrite = viewer.IsStaff && await db.Files.WordsWritableBy(viewer, db).AnyAsync(f => f.Id == played.Id, stop);
        return Page();
    }
}
