using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Rosters;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Roster;

[OfficeOnly, Row("R11")]
public sealed class ImportPage(ClassHubDb db, PreviewRoster preview, ApplyRoster apply, UndoRoster undo, Viewer viewer) : PageModel
{
    private const int Most = 200;

    public sealed record View(int Id, string FileName, DateTimeOffset At, DateTimeOffset? AppliedAt, DateTimeOffset? UndoneAt, string Summary, string Stayed)
    {
        public bool MayBeUndone(DateTimeOffset now) => AppliedAt is { } at && UndoneAt is null && now < at + RosterImport.UndoLasts;
    }

    public View Import { get; private set; } = null!;
    /// <summary>What would change; none once it is applied.</summary>
    public RosterPlan? Plan { get; private set; }
    public IReadOnlyList<string> Sentences { get; private set; } = [];
    public IReadOnlyList<PlannedChange> Removals { get; private set; } = [];
    public IReadOnlyList<RosterRow> Rows { get; private set; } = [];
    public IReadOnlyList<(RosterChangeKind Kind, int Count)> Counts { get; private set; } = [];
    public int Total { get; private set; }
    public int Shown { get; private set; }
    public int Returns => Counts.FirstOrDefault(c => c.Kind == RosterChangeKind.PersonReturns).Count;
    /// <summary>More than can be ticked one by one: then it is all or nobody.</summary>
    public bool IsAllOrNobody => Removals.Count > Most;
    public bool AsksNumber { get; private set; }
    public DateTimeOffset Now => viewer.Now;

    [BindProperty(SupportsGet = true)] public RosterChangeKind? Kind { get; set; }
    /// <summary>In which encoding the file is read, when not as it was taken first.</summary>
    [BindProperty(SupportsGet = true)] public string? Reading { get; set; }
    [BindProperty] public bool Answered { get; set; }
    [BindProperty] public string? Hash { get; set; }
    [BindProperty] public List<string> Remove { get; set; } = [];
    [BindProperty] public bool RemoveAll { get; set; }
    [BindProperty] public bool Return { get; set; }
    [BindProperty] public bool Fresh { get; set; }
    [BindProperty] public bool LeaveOut { get; set; }
    [BindProperty] public string? Typed { get; set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken stop)
    {
        Return = true;
        return await ShowAsync(id, stop) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken stop)
    {
        if (!await db.RosterImports.AnyAsync(i => i.Id == id, stop)) return NotFound();
        var ticks = new RosterTicks(Remove.ToHashSet(), RemoveAll, Return, LeaveOut, int.TryParse(Typed, out var number) ? number : null, Fresh, Answered);
        try
        {
            if (await this.TryAsync("", () => apply.RunAsync(id, Hash, ticks, viewer.PersonId, stop, Reading)))
            {
                this.Say("The roster is applied.", $"/admin/roster/{id}?handler=Undo");
                return Redirect($"/admin/roster/{id}");
            }
        }
        catch (SchoolMoved moved)
        {
            ModelState.Clear();
            ModelState.AddModelError("", moved.Message);
            Response.StatusCode = StatusCodes.Status409Conflict;
        }
        return await ShowAsync(id, stop) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostUndoAsync(int id, CancellationToken stop)
    {
        if (!await db.RosterImports.AnyAsync(i => i.Id == id, stop)) return NotFound();
        IReadOnlyList<string> stayed = [];
        if (!await this.TryAsync("", async () => stayed = await undo.RunAsync(id, viewer.PersonId, stop))) return await ShowAsync(id, stop) ? Page() : NotFound();

        this.Say(stayed.Count == 0 ? "The roster is taken back. The school is as it was." : $"The roster is taken back. {Times.Count(stayed.Count, "thing")} stayed as {(stayed.Count == 1 ? "it is" : "they are")}: see below.");
        return Redirect($"/admin/roster/{id}");
    }

    /// <summary>This page with other changes or another reading.</summary>
    public string Address(RosterChangeKind? kind, string? reading) => $"/admin/roster/{Import.Id}" + QueryString.Create(new Dictionary<string, string?>
    {
        ["kind"] = kind?.ToString(),
        ["reading"] = reading,
    }.Where(p => !string.IsNullOrEmpty(p.Value)));

    private async Task<bool> ShowAsync(int id, CancellationToken stop)
    {
        var import = await db.RosterImports.Where(i => i.Id == id).Select(i => new View(i.Id, i.FileName, i.At, i.AppliedAt, i.UndoneAt, i.Summary, i.Stayed)).SingleOrDefaultAsync(stop);
        if (import is null) return false;
        Import = import;
        Plan = await preview.RunAsync(id, stop, Reading);
        if (Plan is not null) ShowPlan(Plan); else await ShowDoneAsync(stop);
        Total = Counts.Sum(c => c.Count);
        Shown = Kind is null ? Total : Counts.FirstOrDefault(c => c.Kind == Kind).Count;
        return true;
    }

    private void ShowPlan(RosterPlan plan)
    {
        Sentences = RosterSentences.Of(plan.Changes);
        Removals = [.. plan.Changes.Where(c => c.IsRemoval)];
        AsksNumber = Removals.Count > 0 && plan.EmptiedBy(new RosterTicks(new HashSet<string>(), AllRemovals: true)).Count > 0;
        Counts = [.. plan.Changes.CountBy(c => c.Kind).OrderBy(c => c.Key).Select(c => (c.Key, c.Value))];
        Rows = [.. plan.Changes.Where(c => Kind is null || c.Kind == Kind).OrderByDescending(c => c.IsRemoval).Take(Most).Select(RosterRow.Of)];
    }

    private async Task ShowDoneAsync(CancellationToken stop)
    {
        var changes = db.RosterChanges.Where(c => c.ImportId == Import.Id);
        Counts = [.. (await changes.GroupBy(c => c.Kind).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(stop)).OrderBy(c => c.Key).Select(c => (c.Key, c.Count))];
        Rows = await RosterRow.DoneAsync(db, changes.Where(c => Kind == null || c.Kind == Kind), Most, stop);
    }
}
