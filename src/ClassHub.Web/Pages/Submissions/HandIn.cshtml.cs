using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Submissions;
using ClassHub.Tasks;
using ClassHub.Web.Access;
using ClassHub.Web.Pages.Tasks;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Submissions;

/// <summary>Everything a pupil does with their own work. Whatever button was pressed, text and files that came along are kept first.</summary>
[Row("R26"), TakesFiles(ofPupils: true)]
public sealed class HandInPage(ClassHubDb db, Viewer viewer, HandInWork handIn, DraftWork draft, DraftHistory history, TakingFiles taking, SignedTime time) : PageModel
{
    [BindProperty] public string? Text { get; set; }
    [BindProperty] public string? Key { get; set; }
    [BindProperty] public int? DraftVersion { get; set; }
    /// <summary>The key of the form that the words were typed into, where they come another way (see js/device/waiting.js).</summary>
    [BindProperty] public string? FormKey { get; set; }
    /// <summary>Sent by the page on which the button was pressed: somebody is there to be asked.</summary>
    [BindProperty] public bool IsLive { get; set; }
    [BindProperty] public bool OnPaper { get; set; }
    /// <summary>What the server said of the time to a device that kept this, and how many milliseconds later it was finished.</summary>
    [BindProperty] public string? MadeTime { get; set; }
    [BindProperty] public long? MadeAfter { get; set; }
    [BindProperty] public List<IFormFile> Files { get; set; } = [];
    [BindProperty] public List<string> Uploads { get; set; } = [];

    public PupilTask View { get; private set; } = null!;

    /// <summary>Somebody reloads the address of the form: the task itself is meant.</summary>
    [Row("R22")]
    public async Task<IActionResult> OnGetAsync(int classId, int taskId, CancellationToken stop) =>
        await db.Tasks.VisibleTo(viewer, db).AnyAsync(t => t.Id == taskId && t.ClassId == classId, stop) ? Redirect($"/classes/{classId}/tasks/{taskId}") : NotFound();

    public async Task<IActionResult> OnPostAsync(int classId, int taskId, CancellationToken stop)
    {
        if (await RefuseAsync(taskId, stop) is { } no) return no;
        ClassHub.Submissions.SubmissionVersion? version = null;
        DraftChanged? unseen = null;
        IReadOnlyList<StoredFile> files = [];
        var refusal = StatusCodes.Status400BadRequest;
        async Task HandInAsync()
        {
            files = await ArrivedAsync(stop);
            var request = new HandInRequest(taskId, viewer.PersonId, viewer.PersonId, Key ?? "", Text, files, OnPaper, viewer.Now)
            {
                BegunAt = await taking.BegunAtAsync(Uploads, stop),
                MadeAt = time.MadeAt(MadeTime, MadeAfter, viewer.PersonId, viewer.Now),
                Seen = IsLive || !Request.IsFromDevice() ? DraftVersion : null,
                Page = TypedIn,
            };
            try { version = await handIn.RunAsync(request, stop); }
            catch (DraftChanged changed) { unseen = changed; }
            catch (KeyUsed) { refusal = StatusCodes.Status422UnprocessableEntity; throw; }
        }
        if (!await this.TryAsync("Text", HandInAsync)) return Request.IsFromDevice() ? this.NotTaken(refusal) : await ShowAsync(taskId, stop, refusal);

        if (unseen is not null) return Request.IsFromDevice() ? this.NotSaved(unseen) : await ShowBothAsync(taskId, unseen, files, stop);

        this.Say("Handed in.");
        var address = $"/classes/{classId}/tasks/{taskId}/receipt/{version!.Receipt}";
        return Request.IsFromDevice() ? this.Taken(await taking.AsSentAsync(files, stop), address, version.Receipt) : Redirect(address);
    }

    public Task<IActionResult> OnPostSaveAsync(int taskId, CancellationToken stop) => SaveAsync(taskId, "Saved.", stop);
    public Task<IActionResult> OnPostFilesAsync(int taskId, CancellationToken stop) => SaveAsync(taskId, "Saved with your work. It is not handed in yet.", stop);

    public Task<IActionResult> OnPostRemoveAsync(int taskId, int remove, CancellationToken stop) =>
        ArrangeAsync(taskId, () => draft.RemoveFileAsync(taskId, viewer.PersonId, remove, viewer.Now, stop), "Removed. It is kept under Earlier words.", stop);

    public Task<IActionResult> OnPostMoveAsync(int taskId, int? earlier, int? later, CancellationToken stop) =>
        ArrangeAsync(taskId, () => draft.MoveFileAsync(taskId, viewer.PersonId, earlier ?? later ?? 0, earlier is not null, viewer.Now, stop), earlier is null ? "Moved down." : "Moved up.", stop);

    /// <summary>Asked which words to take, the pupil takes the others; those in the box go into the history.</summary>
    public Task<IActionResult> OnPostOthersAsync(int taskId, CancellationToken stop) =>
        DoAsync(taskId, () => KeepTypedAsync(taskId, stop), "Here are the other words. Yours are kept under Earlier words.", stop);

    public Task<IActionResult> OnPostBringBackAsync(int taskId, int earlier, CancellationToken stop) => DoAsync(taskId, async () =>
    {
        await KeepTypedAsync(taskId, stop);
        await history.BringBackAsync(taskId, viewer.PersonId, earlier, viewer.Now, stop);
    }, "Brought back. What stood here is kept under Earlier words.", stop);

    /// <summary>What stood in the form when the button was pressed and nobody had saved: the words go into the history, the files to the draft.</summary>
    private async Task KeepTypedAsync(int taskId, CancellationToken stop)
    {
        await draft.AttachAsync(taskId, viewer.PersonId, await ArrivedAsync(stop), viewer.Now, stop);
        await history.KeepAsync(taskId, viewer.PersonId, Text, viewer.Now, stop);
    }

    public Task<IActionResult> OnPostEmptyAsync(int taskId, CancellationToken stop) =>
        DoAsync(taskId, () => history.EmptyAsync(taskId, viewer.PersonId, stop), "The earlier words are gone.", stop);

    public Task<IActionResult> OnPostSeenAsync(int taskId, CancellationToken stop) =>
        DoAsync(taskId, () => history.SeenAsync(taskId, viewer.PersonId, stop), null, stop);

    public async Task<IActionResult> OnPostChangeAsync(int taskId, CancellationToken stop)
    {
        if (await RefuseAsync(taskId, stop) is { } no) return no;
        if (!await this.TryAsync("Text", () => draft.StartChangeAsync(taskId, viewer.PersonId, viewer.Now, stop))) return await ShowAsync(taskId, stop);
        return Back(taskId);
    }

    public Task<IActionResult> OnPostKeepAsync(int taskId, CancellationToken stop) =>
        DoAsync(taskId, async () =>
        {
            await KeepTypedAsync(taskId, stop);
            await draft.DropChangeAsync(taskId, viewer.PersonId, viewer.Now, stop);
        }, "It stays as you handed it in. Your changes are kept under Earlier words.", stop);

    private async Task<IActionResult> DoAsync(int taskId, Func<Task> verb, string? done, CancellationToken stop)
    {
        if (await RefuseAsync(taskId, stop) is { } no) return no;
        if (!await this.TryAsync("Text", verb)) return await ShowAsync(taskId, stop);
        if (done is not null) this.Say(done);
        return Back(taskId);
    }

    private async Task<IActionResult> SaveAsync(int taskId, string done, CancellationToken stop)
    {
        var byScript = Request.IsAutosave() || Request.IsFromDevice();
        IReadOnlyList<StoredFile> files = [];
        if (await RefuseAsync(taskId, stop) is { } no) return no;
        ClassHub.Submissions.Submission? saved = null;
        try
        {
            if (!await this.TryAsync("Text", async () => saved = await draft.SaveAsync(taskId, viewer.PersonId, Text, files = await ArrivedAsync(stop), DraftVersion, viewer.Now, stop, TypedIn)))
                return byScript ? this.NotSaved() : await ShowAsync(taskId, stop);
        }
        catch (DraftChanged changed)
        {
            return byScript ? this.NotSaved(changed) : await ShowBothAsync(taskId, changed, files, stop);
        }
        if (Request.IsFromDevice()) return this.Taken(await taking.AsSentAsync(files, stop), version: saved!.DraftVersion);
        if (byScript) return this.Saved(saved!.DraftVersion);
        this.Say(done);
        return Back(taskId);
    }

    private async Task<IActionResult> ArrangeAsync(int taskId, Func<Task> arrange, string done, CancellationToken stop)
    {
        if (await RefuseAsync(taskId, stop) is { } no) return no;
        IReadOnlyList<StoredFile> files = [];
        try
        {
            var saved = await this.TryAsync("Files", async () =>
                await draft.SaveAsync(taskId, viewer.PersonId, Text, files = await ArrivedAsync(stop), DraftVersion, viewer.Now, stop, TypedIn));
            if (!saved) return await ShowAsync(taskId, stop);
        }
        catch (DraftChanged changed) { return await ShowBothAsync(taskId, changed, files, stop); }
        await arrange();
        this.Say(done);
        return Back(taskId);
    }

    /// <summary>Which open form this is: made once with it.</summary>
    private string? TypedIn => (FormKey ?? Key) is { Length: > 0 and <= 64 } key ? key : null;

    /// <summary>The task again with both: what was typed in the box, the other words beside it. Who presses once more is not asked again.</summary>
    private async Task<IActionResult> ShowBothAsync(int taskId, DraftChanged changed, IReadOnlyList<StoredFile> files, CancellationToken stop)
    {
        other = changed;
        // A file that was chosen is not chosen again by a page that comes back.
        await this.TryAsync("Files", () => draft.AttachAsync(taskId, viewer.PersonId, files, viewer.Now, stop));
        return await ShowAsync(taskId, stop, StatusCodes.Status409Conflict);
    }
    private DraftChanged? other;

    private RedirectResult Back(int taskId) => Redirect($"/classes/{viewer.Me.ClassId}/tasks/{taskId}#work");

    private Task<List<StoredFile>> ArrivedAsync(CancellationToken stop) => taking.AllAsync(Files, Uploads, viewer.Me.ClassId, stop);

    private async Task<IActionResult?> RefuseAsync(int taskId, CancellationToken stop)
    {
        var classId = viewer.Me.ClassId;
        var task = await db.Tasks.VisibleTo(viewer, db).AsNoTracking().SingleOrDefaultAsync(t => t.Id == taskId && t.ClassId == classId, stop);
        return task is null ? NotFound() : task.MayBeHandedInBy(viewer.Me) ? null : Forbid();
    }

    /// <summary>The task again with what was typed and the sentence beside it; the key is kept, so that trying once more is still once.</summary>
    private async Task<IActionResult> ShowAsync(int taskId, CancellationToken stop, int status = StatusCodes.Status400BadRequest)
    {
        Response.StatusCode = status;
        db.ChangeTracker.Clear();
        View = (await PupilTask.ReadAsync(db, viewer, taskId, HttpContext.RequestServices.GetRequiredService<FileLimits>(), stop))!;
        if (Text is not null) View.DraftText = Text;
        View.Other = other;
        return Page();
    }
}
