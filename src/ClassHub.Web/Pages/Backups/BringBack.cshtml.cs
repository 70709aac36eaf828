using ClassHub.Backups;
using ClassHub.Database;
using ClassHub.Web.Access;
using ClassHub.Web.Jobs;
using ClassHub.Web.Startup;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Backups;

/// <summary>The other way to begin: the school comes out of a backup instead of being set up. Small schools wait for it; for a large one the page says how far it is.</summary>
[AllowAnonymous, TakesArchive, Row("R64"), RequestFormLimits(MultipartBodyLengthLimit = long.MaxValue)]
public sealed class BringBackPage(BringBackNow bringBack, ArrivingArchive arriving, Archives archives, SetUpCode code, CurrentSchool current, ClassHubDb db, Times times, TimeProvider clock) : PageModel
{
    /// <summary>So long an answer may wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    [BindProperty] public string? Code { get; set; }
    [BindProperty] public IFormFile? Files { get; set; }
    [BindProperty] public List<string> Uploads { get; set; } = [];

    public bool NeedsCode => !code.WasTyped(Request);
    public bool IsRunning => bringBack.IsRunning;
    public FilesBack Progress => bringBack.Progress;
    /// <summary>Several servers may share a PostgreSQL.</summary>
    public bool HasOtherServers => db.Snapshot().Engine == "PostgreSQL";

    public IActionResult OnGet()
    {
        if (Elsewhere() is { } elsewhere) return elsewhere;
        if (IsRunning) Response.Headers["Refresh"] = "2";
        else if (!NeedsCode && bringBack.Problem is { } problem) ModelState.AddModelError(nameof(Files), problem);
        return Page();
    }

    public async Task<IActionResult> OnPostCodeAsync(CancellationToken stop)
    {
        if (Elsewhere() is { } elsewhere) return elsewhere;
        if (!await code.IsAsync(Code, stop)) return Refuse(nameof(Code), "That is not the code in the log.");
        code.Remember(HttpContext);
        return Redirect("/setup/backup");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (Elsewhere() is { } elsewhere) return elsewhere;
        if (NeedsCode) return Refuse(nameof(Code), "Type the code first.");
        string? archive = null;
        if (!await this.TryAsync(nameof(Files), async () => archive = await ArchiveAsync(stop))) return Page();

        var running = bringBack.Start(archive!);
        await Task.WhenAny(running, Task.Delay(Patience, clock, stop));
        if (!running.IsCompleted) return Redirect("/setup/backup");
        // The next request knows the school's own clock.
        return await running is { } problem ? Refuse(nameof(Files), problem) : Redirect("/setup/backup");
    }

    private async Task<string> ArchiveAsync(CancellationToken stop)
    {
        if (Files is null) return arriving.TakeWhole(Uploads.FirstOrDefault()) ?? throw new RuleBroken(Uploads.Count == 0 ? "Choose the file of the backup." : "The file has not arrived whole. Choose it again.");
        var path = archives.Temporary();
        try
        {
            await using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            await Files.CopyToAsync(to, stop);
            return path;
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException)
        {
            System.IO.File.Delete(path);
            throw new RuleBroken(Trouble.InWords(problem));
        }
    }

    /// <summary>Once there is a school: to the sign-in, if it came out of a backup just now.</summary>
    private IActionResult? Elsewhere()
    {
        if (!current.IsSetUp) return null;
        if (bringBack.Back is not { } back || NeedsCode) return NotFound();
        this.Say($"The school is back as it was on {times.Full(back.MadeAt)}. Sign in as you did then." + (back.Missing.Count + back.Damaged.Count is > 0 and var bad ? $" {Times.Count(bad, "file was", "files were")} missing or changed already when the backup was made." : ""));
        return Redirect("/login");
    }

    private PageResult Refuse(string field, string sentence)
    {
        ModelState.AddModelError(field, sentence);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
