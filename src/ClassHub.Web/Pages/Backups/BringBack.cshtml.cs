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
        if (!await this.TryAsync(nameof(Code), () => code.MustBeAsync(Code, HttpContext, stop))) return Page();
        code.Remember(HttpContext);
        return Redirect("/setup/backup");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (Elsewhere() is { } elsewhere) return elsewhere;
        if (NeedsCode) return Refuse(nameof(Code), "Type the code first.");
        if (IsRunning) return Redirect("/setup/backup");
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
        if (Files is null) return arriving.TakeWhole(Uploads.FirstOrDefault() ?? throw new RuleBroken("Choose the file of the backup."));
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

    /// <summary>Once there is a school: to the sign-in, if it came out of a backup just now, also for who watched without the code.</summary>
    private IActionResult? Elsewhere()
    {
        if (!current.IsSetUp) return null;
        if (!bringBack.WasAsked) return NotFound();
        if (bringBack.Back is { } back && !NeedsCode) this.Say($"The school is back as it was on {times.Full(back.Manifest.MadeAt)}. Sign in as you did then.{Gaps(back)}");
        return Redirect("/login");
    }

    private static string Gaps(Restored back) => back switch
    {
        { IsWhole: false } => $" But of {Times.Count(back.Rows, "file")} only {back.Stored} are there: ask the person who runs the server to look at the disk.",
        { Manifest: var m } when m.Missing.Count + m.Damaged.Count is > 0 and var bad => $" {Times.Count(bad, "file was", "files were")} missing or changed already when the backup was made.",
        _ => "",
    };

    private PageResult Refuse(string field, string sentence)
    {
        ModelState.AddModelError(field, sentence);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
