using System.Globalization;
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
using NodaTime;

namespace ClassHub.Web.Pages.Planning;

/// <summary>A whole school day in one form: "video 9:00, task to follow, back by 10:30".</summary>
[Row("R86")]
public sealed class DayPage(ClassHubDb db, Viewer viewer, PlanDay plan, SchoolClock clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public DateOnly? On { get; set; }
    [BindProperty(SupportsGet = true)] public List<int> Classes { get; set; } = [];
    [BindProperty(SupportsGet = true)] public int? Template { get; set; }
    [BindProperty] public List<Row> Lines { get; set; } = [];
    [BindProperty] public string? SaveAs { get; set; }

    /// <summary>One line as typed; one without a title is left out.</summary>
    public sealed class Row
    {
        public PostKind Kind { get; set; } = PostKind.Task;
        public string? Title { get; set; }
        public string? Out { get; set; }
        public string? Back { get; set; }
        public int? Minutes { get; set; }
    }

    public sealed record Kept(int Id, string Name, int Lines);

    public IReadOnlyList<MyClass> Own => [.. viewer.Classes.Where(c => c is { IsTeacher: true, IsArchived: false })];
    public IReadOnlyList<Kept> Templates { get; private set; } = [];
    public IReadOnlyList<LessonSlot> Slots => clock.Calendar.Slots;

    private bool MayPlan => viewer.MayTeach();

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!MayPlan) return Forbid();
        if (!ModelState.IsValid) return BadRequest();
        On ??= clock.NextSchoolDay(clock.Today);
        if (Classes.Count == 0 && Own.Count == 1) Classes = [Own[0].ClassId];
        if (Template is { } id) Lines = [.. (await db.DayTemplates.AsNoTracking().Include(t => t.Lines).Where(t => t.Id == id && t.OwnerId == viewer.PersonId).ToListAsync(stop))
            .SelectMany(t => t.Lines).OrderBy(l => l.Place).Select(l => new Row { Kind = l.Kind, Title = l.Title, Out = Typed(l.OutAt), Back = l.BackBy is { } by ? Typed(by) : "", Minutes = l.Minutes })];
        return await ShowAsync(stop);
    }

    private IEnumerable<string?> Nights()
    {
        var lines = Typed();
        return lines.Select(l => clock.Night(At(l.OutAt), isDeadline: false)).Concat(lines.Select(l => clock.Night(At(l.BackBy), isDeadline: true)));

        LocalDateTime? At(TimeOnly? time) => On is { } day && time is { } at ? LocalDate.FromDateOnly(day).At(LocalTime.FromTimeOnly(at)) : null;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!MayPlan) return Forbid();
        PlanChange? made = null;
        if (!ModelState.IsValid || !await this.TryAsync("Lines", async () => made = await plan.RunAsync(viewer, Classes, On ?? throw new RuleBroken("Choose the day.", "On"), Typed(), stop))) return await ShowAsync(stop);
        var planned = $"{Times.Count(made!.Items.Count, "post is", "posts are")} planned. Open each to add words and files before it goes out.";
        this.Say(string.Join(" ", Nights().OfType<string>().Distinct().Prepend(planned)), $"/plan/undo/{made.Id}");
        return Redirect($"/plan?on={On:yyyy-MM-dd}");
    }

    public async Task<IActionResult> OnPostKeepAsync(CancellationToken stop)
    {
        if (!MayPlan) return Forbid();
        if (ModelState.IsValid && await this.TryAsync("Lines", () => plan.KeepAsync(viewer, SaveAs, Typed(), stop))) ViewData["Kept"] = $"Kept as “{SaveAs}”. Nothing is planned yet.";
        return await ShowAsync(stop);
    }

    public async Task<IActionResult> OnPostForgetAsync(int templateId, CancellationToken stop)
    {
        if (!MayPlan) return Forbid();
        await plan.ForgetAsync(viewer, templateId, stop);
        this.Say("That plan is taken away. What was planned with it stays.");
        return Redirect("/plan/day");
    }

    private List<DayLine> Typed() => [.. Lines.Where(l => !string.IsNullOrWhiteSpace(l.Title)).Select(l =>
        new DayLine(l.Kind, PlainText.Line(l.Title, Post.LongestTitle), Time(l.Out, $"“{l.Title}” needs the time when it goes out."), string.IsNullOrWhiteSpace(l.Back) || l.Kind != PostKind.Task ? null : Time(l.Back, $"“{l.Title}”: write the time like 10:30."), l.Minutes))];

    private static TimeOnly Time(string? typed, string otherwise) => TimeOnly.TryParse(typed, CultureInfo.InvariantCulture, out var time) ? time : throw new RuleBroken(otherwise, "Lines");
    private static string Typed(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private async Task<IActionResult> ShowAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status400BadRequest;
        Templates = await db.DayTemplates.Where(t => t.OwnerId == viewer.PersonId).OrderBy(t => t.Name).Select(t => new Kept(t.Id, t.Name, t.Lines.Count)).ToListAsync(stop);
        while (Lines.Count < Math.Min(DayTemplate.MostLines, Math.Max(5, Lines.Count(l => !string.IsNullOrWhiteSpace(l.Title)) + 2))) Lines.Add(new() { Kind = Lines.Count == 0 ? PostKind.Material : PostKind.Task });
        return Page();
    }
}
