using ClassHub.Audit;
using ClassHub.Backups;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.People;
using ClassHub.Web.Access;
using ClassHub.Web.Jobs;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Backups;

/// <summary>Backups that ClassHub keeps, and files that are damaged. An archive holds everything about every child, so taking one asks for the password again and is an entry in the log.</summary>
[OfficeOnly, Row("R60")]
public sealed class BackupPage(ClassHubDb db, Viewer viewer, Archives archives, BackUpNow backUp, ConfirmPassword confirm, TimeProvider clock) : PageModel
{
    /// <summary>So many damaged files are listed; more of them are a broken disk, not a list.</summary>
    public const int Listed = 100;

    public IReadOnlyList<Archives.Archive> Kept => archives.All();
    public DateTimeOffset? LastMadeAt => archives.LastMadeAt;
    public (DateTimeOffset At, string Why)? Failed => archives.Failed;
    public bool IsOneBeingMade => archives.IsOneBeingMade;
    public IReadOnlyList<DamagedFile> Damaged { get; private set; } = [];
    public int DamagedCount { get; private set; }
    public DateTimeOffset? CheckedAt { get; private set; }

    [BindProperty] public string? Password { get; set; }
    [BindProperty] public string? Name { get; set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        Damaged = await db.DamagedFilesAsync(Listed, stop);
        DamagedCount = await db.Files.CountAsync(f => f.DamagedAt != null, stop);
        CheckedAt = await db.Files.MaxAsync(f => f.CheckedAt, stop);
    }

    public IActionResult OnPost()
    {
        backUp.Ask();
        this.Say("The backup is being made. It appears in the list when it is finished.");
        return Redirect("/admin/backup");
    }

    public async Task<IActionResult> OnPostDownloadAsync(CancellationToken stop)
    {
        FileStream? archive = null;
        if (!await this.TryAsync("Password", async () =>
        {
            await confirm.RunAsync(viewer.PersonId, Password, stop);
            archive = archives.Open(Name) ?? throw new RuleBroken("Choose a backup from the list. Old ones go when new ones come.", "Name");
        }))
        {
            await OnGetAsync(stop);
            return Page();
        }
        try { await NoteAsync(stop); }
        catch
        {
            await archive!.DisposeAsync();
            throw;
        }
        Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        Response.Headers.CacheControl = "no-store";
        return new FileStreamResult(archive!, FileKind.Unknown) { FileDownloadName = Name };
    }

    private Task NoteAsync(CancellationToken stop) => db.WriteAsync(async () =>
    {
        await db.AppendAuditAsync(clock.GetUtcNow(), viewer.PersonId, AuditAction.DownloadedBackup, 0, Name!, stop);
        await db.SaveChangesAsync(stop);
    }, stop);
}
