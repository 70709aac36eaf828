using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Planning;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Planning;

/// <summary>The same post on some days of every week until a last day, holidays left out; and the end of that.</summary>
[Row("R18")]
public sealed class RepeatPage(ClassHubDb db, Viewer viewer, CopyPlan copy, StopRepeat series, SchoolClock clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public List<SchoolDays> On { get; set; } = [];
    [BindProperty(SupportsGet = true)] public DateOnly? Until { get; set; }

    public static IReadOnlyList<SchoolDays> Week => SchoolForm.EveryDay;
    public string Title { get; private set; } = "";
    public string Back { get; private set; } = "";
    public IReadOnlyList<MoveRow>? Rows { get; private set; }
    /// <summary>When the others of its series come out, soonest first.</summary>
    public IReadOnlyList<Coming> ToCome { get; private set; } = [];
    public sealed record Coming(int Id, string Title, DateTimeOffset Out);
    public string AddressOf(Coming post) => $"/classes/{viewer.Me.ClassId}/posts/{post.Id}";
    /// <summary>The last days of this term and the next ones.</summary>
    public IEnumerable<Term> Terms => clock.Calendar.Terms.Where(t => t.LastOn >= clock.Today).Take(3);

    private SchoolDays Days => On.Aggregate(SchoolDays.None, (all, day) => all | day);

    public async Task<IActionResult> OnGetAsync(int postId, CancellationToken stop)
    {
        if (await RefusalAsync(postId, stop) is { } refusal) return refusal;
        if (On.Count > 0 && Until is { } until) await this.TryAsync("", async () => Rows = [.. (await copy.PreviewRepeatAsync(viewer, postId, Days, until, stop)).Select(MoveRow.Of)]);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int postId, CancellationToken stop)
    {
        if (await RefusalAsync(postId, stop) is { } refusal) return refusal;
        PlanChange? made = null;
        if (!ModelState.IsValid || !await this.TryAsync("", async () => made = await copy.RepeatAsync(viewer, postId, Days, Until ?? throw new RuleBroken("Choose the last day.", "Until"), stop)))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        if (made is null) this.Say("No school day lies on those days.");
        else this.Say($"{Times.Count(made.Items.Count, "post")} planned. Each can be changed by itself.", $"/plan/undo/{made.Id}");
        return Redirect(Back);
    }

    public async Task<IActionResult> OnPostStopAsync(int postId, CancellationToken stop)
    {
        if (await RefusalAsync(postId, stop) is { } refusal) return refusal;
        var binned = await series.RunAsync(viewer, postId, stop);
        if (binned == 0) this.Say("Nothing of it was still to come.");
        else this.Say($"{Times.Count(binned, "post", "posts")} still to come {(binned == 1 ? "is" : "are")} in the bin now. This one stays.", $"{Back}/repeat?handler=GoOn");
        return Redirect(Back);
    }

    public async Task<IActionResult> OnPostGoOnAsync(int postId, CancellationToken stop)
    {
        if (await RefusalAsync(postId, stop) is { } refusal) return refusal;
        this.Say($"{Times.Count(await series.UndoAsync(viewer, postId, stop), "post")} will come out as planned.");
        return Redirect(Back);
    }

    private async Task<IActionResult?> RefusalAsync(int postId, CancellationToken stop)
    {
        var classId = viewer.Me.ClassId;
        if (await db.Posts.VisibleTo(viewer, db).Where(p => p.Id == postId && p.ClassId == classId).Select(p => p.Title).SingleOrDefaultAsync(stop) is not { } title) return NotFound();
        (Title, Back) = (title, $"/classes/{classId}/posts/{postId}");
        if (viewer.Me is not { IsTeacher: true, IsArchived: false }) return Forbid();
        ToCome = await series.ToCome(viewer, postId).OrderBy(p => p.PublishAt).ThenBy(p => p.Id).Take(CopyPlan.MostRepeats).Select(p => new Coming(p.Id, p.Title, p.PublishAt!.Value)).ToListAsync(stop);
        return null;
    }
}
