using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Messages;
using ClassHub.School;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Tasks;

/// <summary>Reminds all who owe a task, or those whom the teacher chooses, after saying whom it reaches and how. Half a minute to take it back.</summary>
[Row("R78")]
public sealed class RemindPage(ClassHubDb db, Viewer viewer, RemindNow remind, MailSettings mail, PushSettings push, SchoolClock clock, Times times) : PageModel
{
    public sealed record Line(int Id, string Name, ReminderReach Reach, bool IsChosen);

    [BindProperty(Name = "Pupils")] public List<int> Chosen { get; set; } = [];

    public string Address { get; private set; } = "";
    public string Title { get; private set; } = "";
    public DateTimeOffset GoesAt { get; private set; }
    public bool IsAtOnce => GoesAt <= clock.Now + Undo.Lasts;
    /// <summary>By name; those who may be reminded.</summary>
    public IReadOnlyList<Line> Pupils { get; private set; } = [];
    /// <summary>Names of those who owe it and were reminded, or are about to be.</summary>
    public IReadOnlyList<string> Already { get; private set; } = [];

    public string InShort
    {
        get
        {
            string Part(ReminderWay way, string words) => Pupils.Count(p => p.Reach.Way == way) is > 0 and var count ? $"{count} {words}" : "";
            string[] parts = [Part(ReminderWay.OwnDevice, "on a device of their own"), Part(ReminderWay.Guardian, "by a guardian\u2019s message"),
                Part(ReminderWay.OnlyInClassHub, "only when they open ClassHub")];
            return $"Reaches {string.Join(", ", parts.Where(p => p != ""))}.";
        }
    }

    public string HowFor(Line pupil) => pupil.Reach.Way switch
    {
        ReminderWay.OwnDevice => "On a device of their own, " + (IsAtOnce ? "at once" : times.Within(pupil.Reach.At!.Value)),
        ReminderWay.Guardian => $"In a guardian\u2019s message, {times.Within(pupil.Reach.At!.Value)}",
        ReminderWay.OnlyInClassHub => "Only when they open ClassHub",
    };

    public async Task<IActionResult> OnGetAsync(int classId, int taskId, CancellationToken stop)
    {
        if (await RefusalAsync(classId, taskId, stop) is { } refusal) return refusal;
        await ReadAsync(taskId, isChosen: _ => true, stop);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int classId, int taskId, CancellationToken stop)
    {
        if (await RefusalAsync(classId, taskId, stop) is { } refusal) return refusal;
        if (ModelState.IsValid && await this.TryAsync("", () => remind.RunAsync(taskId, viewer.PersonId, Chosen, stop))) return Redirect(Address);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        await ReadAsync(taskId, Chosen.Contains, stop);
        return Page();
    }

    public async Task<IActionResult> OnPostUndoAsync(int classId, int taskId, int reminderId, CancellationToken stop)
    {
        if (await RefusalAsync(classId, taskId, stop) is { } refusal) return refusal;
        this.Say(await remind.TakeBackAsync(taskId, reminderId, stop) ? "Taken back. Nobody was reminded." : "It has gone out already.");
        return Redirect(Address);
    }

    private async Task<IActionResult?> RefusalAsync(int classId, int taskId, CancellationToken stop)
    {
        if (await db.Tasks.VisibleTo(viewer, db).Where(t => t.Id == taskId && t.ClassId == classId).Select(t => t.Post.Title)
            .SingleOrDefaultAsync(stop) is not { } title) return NotFound();
        if (viewer.Me is not { IsTeacher: true, IsArchived: false }) return Forbid();
        (Title, Address, GoesAt) = (title, $"/classes/{classId}/tasks/{taskId}", remind.GoesAt);
        return null;
    }

    private async Task ReadAsync(int taskId, Func<int, bool> isChosen, CancellationToken stop)
    {
        var owing = await db.People.Where(p => db.OwingPupils(taskId).Contains(p.Id)).OrderBy(p => p.Surname).ThenBy(p => p.Forename).ThenBy(p => p.Id)
            .Select(p => new { p.Id, Name = p.Name }).ToListAsync(stop);
        var may = (await remind.MayBeReminded(taskId).ToListAsync(stop)).ToHashSet();
        var reach = await ReminderReach.ReadAsync(db, mail, push, clock, may, GoesAt, stop);
        Pupils = [.. owing.Where(p => may.Contains(p.Id)).Select(p => new Line(p.Id, p.Name, reach[p.Id], isChosen(p.Id)))];
        Already = [.. owing.Where(p => !may.Contains(p.Id)).Select(p => p.Name)];
    }
}
