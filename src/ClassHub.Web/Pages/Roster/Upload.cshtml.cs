using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Rosters;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Roster;

// The limit is an authorisation filter: it stands before the form is read. Somewhat above a roster, so that a file that is too big is refused with a sentence.
[OfficeOnly, TakesFiles, Row("R11"), RequestSizeLimit(3 * RosterLimits.Bytes)]
public sealed class UploadPage(ClassHubDb db, TakeRoster take, Viewer viewer, TakeUpload uploads, IFileStore store) : PageModel
{
    private const int Most = 30;

    public sealed record View(int Id, string FileName, RosterKind Kind, DateTimeOffset At, string By, DateTimeOffset? AppliedAt, DateTimeOffset? UndoneAt, string Summary)
    {
        public bool IsOld(DateTimeOffset now) => now >= AppliedAt + RosterImport.UndoLasts;
    }

    public IReadOnlyList<View> Imports { get; private set; } = [];
    /// <summary>Only the newest that stands can be taken back.</summary>
    public View? Newest { get; private set; }
    public bool HasOlder { get; private set; }
    public DateTimeOffset Now => viewer.Now;

    [BindProperty] public IFormFile? Files { get; set; }
    [BindProperty] public List<string> Uploads { get; set; } = [];
    [BindProperty(SupportsGet = true)] public int? Before { get; set; }

    public Task OnGetAsync(CancellationToken stop) => ShowAsync(stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var id = 0;
        var taken = await this.TryAsync(nameof(Files), async () =>
        {
            if (Files is not null)
            {
                await using var bytes = Files.OpenReadStream();
                id = await take.FromFileAsync(bytes, Files.FileName, viewer.PersonId, stop);
            }
            else if (await uploads.FinishedAsync(Uploads, viewer.PersonId, stop) is [var sent, ..])
            {
                await using var bytes = await store.OpenAsync(new FileKey(sent.Key), stop);
                id = await take.FromFileAsync(bytes, sent.Name, viewer.PersonId, stop);
            }
            else throw new RuleBroken("Choose a file first.");
        });
        if (taken) return Redirect($"/admin/roster/{id}");
        await ShowAsync(stop);
        return Page();
    }

    private async Task ShowAsync(CancellationToken stop)
    {
        var some = await db.RosterImports.Where(i => Before == null || i.Id < Before).OrderByDescending(i => i.Id).Take(Most + 1)
            .Join(db.People, i => i.ByPersonId, p => p.Id, (i, p) => new View(i.Id, i.FileName, i.Kind, i.At, p.Name, i.AppliedAt, i.UndoneAt, i.Summary))
            .ToListAsync(stop);
        (Imports, HasOlder) = ([.. some.Take(Most).OrderByDescending(i => i.Id)], some.Count > Most);
        Newest = Imports.Where(i => i is { AppliedAt: not null, UndoneAt: null }).OrderByDescending(i => i.AppliedAt).ThenByDescending(i => i.Id).FirstOrDefault();
        if (Before is not null) Newest = null;
    }
}
