using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Classes;

/// <summary>Who teaches a class. Decided by its first teacher or the office.</summary>
[Row("R13")]
public sealed class ClassStaffPage(ClassHubDb db, Viewer viewer, ManageClasses classes, AskToTeach asking) : PageModel
{
    public sealed record Teacher(int Id, string Name, bool IsFirst, bool IsHere);

    public MyClass Class => viewer.Me;
    public IReadOnlyList<Teacher> Here { get; private set; } = [];
    public IReadOnlyList<Teacher> Others { get; private set; } = [];
    public sealed record Asked(int Id, int PersonId, string Name, string Reason, DateTimeOffset At);
    public IReadOnlyList<Asked> Waiting { get; private set; } = [];
    /// <summary>The office may ask for a class of its own.</summary>
    public bool MayAsk => viewer.IsOffice && Others.Any(t => t.Id == viewer.PersonId) && Waiting.All(w => w.PersonId != viewer.PersonId);
    public bool MayChange => viewer.MayChangeTeachers();
    public int Me => viewer.PersonId;
    [BindProperty] public string? Reason { get; set; }
    private ByHand By => new(viewer.PersonId, viewer.IsOffice);

    [Row("R121")]
    public async Task<IActionResult> OnGetAsync(int classId, CancellationToken stop) => viewer.MayChangeTeachers() || viewer.Me.IsTeacher ? await ShowAsync(classId, stop) : Forbid();

    public Task<IActionResult> OnPostAsync(int classId, int personId, CancellationToken stop) =>
        DoAsync(classId, personId, () => classes.AddAsync(classId, personId, asTeacher: true, By, stop), name => this.Say($"{name} teaches {Class.FullName} now."), stop);

    /// <summary>The office asks for itself; nobody else is added this way.</summary>
    [Row("R122")]
    public async Task<IActionResult> OnPostAskAsync(int classId, CancellationToken stop)
    {
        if (!viewer.IsOffice) return Forbid();
        var isDone = false;
        if (!await this.TryAsync("Reason", async () => isDone = await asking.RunAsync(classId, viewer.PersonId, Reason, stop))) return await ShowAsync(classId, stop);
        var hasTeachers = await db.Memberships.AnyAsync(m => m.ClassId == classId && m.IsTeacher && m.Person.DisabledAt == null, stop);
        this.Say(isDone ? $"You teach {Class.FullName} now." : !hasTeachers ? "Asked. Somebody else of the office agrees first." : "Asked. A teacher of the class agrees first.");
        return Redirect($"/classes/{classId}/staff");
    }

    [Row("R121")]
    public Task<IActionResult> OnPostAgreeAsync(int classId, int requestId, CancellationToken stop) => AnswerAsync(classId, requestId, true, stop);

    [Row("R121")]
    public Task<IActionResult> OnPostDeclineAsync(int classId, int requestId, CancellationToken stop) => AnswerAsync(classId, requestId, false, stop);

    private async Task<IActionResult> AnswerAsync(int classId, int requestId, bool agrees, CancellationToken stop)
    {
        if (!viewer.Me.IsTeacher && !viewer.IsOffice) return Forbid();
        if (!await db.TeachingRequests.AnyAsync(r => r.Id == requestId && r.ClassId == classId, stop)) return NotFound();
        if (!await this.TryAsync("", () => asking.AnswerAsync(classId, requestId, agrees, By, stop))) return await ShowAsync(classId, stop);
        this.Say(agrees ? "Agreed. They teach the class now." : "Declined.");
        return Redirect($"/classes/{classId}/staff");
    }

    public Task<IActionResult> OnPostRemoveAsync(int classId, int personId, CancellationToken stop) =>
        DoAsync(classId, personId, () => classes.RemoveTeacherAsync(classId, personId, By, stop),
            name =>
            {
                // Whoever took themselves out asks again.
                if (viewer.IsOffice && personId == viewer.PersonId) this.Say($"You no longer teach {Class.FullName}.");
                else this.Say($"{name} no longer teaches {Class.FullName}.", $"/classes/{classId}/staff?personId={personId}");
            }, stop);

    public Task<IActionResult> OnPostFirstAsync(int classId, int personId, CancellationToken stop) =>
        DoAsync(classId, personId, () => classes.MakeFirstAsync(classId, personId, By, stop), name => this.Say($"{name} is the first teacher of {Class.FullName} now."), stop);

    private async Task<IActionResult> DoAsync(int classId, int personId, Func<Task> verb, Action<string> say, CancellationToken stop)
    {
        if (!viewer.MayChangeTeachers()) return Forbid();
        // For oneself one asks, see AskToTeach.
        if (personId == viewer.PersonId && viewer.IsOffice && !await db.Memberships.AnyAsync(m => m.ClassId == classId && m.PersonId == personId, stop)) return Forbid();
        var staff = db.People.Where(p => p.Id == personId && p.Role == Role.Staff);
        if (await staff.Select(p => p.Name).SingleOrDefaultAsync(stop) is not { } name) return NotFound();
        if (!await this.TryAsync("", verb)) return await ShowAsync(classId, stop);

        say(name);
        // A first teacher who handed the class on may no longer open this page.
        return Redirect(viewer.IsOffice || personId == viewer.PersonId ? $"/classes/{classId}/staff" : $"/classes/{classId}/people");
    }

    private async Task<IActionResult> ShowAsync(int classId, CancellationToken stop)
    {
        var staff = await db.People.Where(p => p.Role == Role.Staff && p.DisabledAt == null).OrderBy(p => p.SortName).ThenBy(p => p.Id)
            .Select(p => new Teacher(p.Id, p.Name,
                db.Memberships.Any(m => m.ClassId == classId && m.PersonId == p.Id && m.IsFirst), db.Memberships.Any(m => m.ClassId == classId && m.PersonId == p.Id))).ToListAsync(stop);
        Here = [.. staff.Where(t => t.IsHere).OrderByDescending(t => t.IsFirst)];
        Others = [.. staff.Where(t => !t.IsHere)];
        Waiting = await db.TeachingRequests.Where(r => r.ClassId == classId && r.AnsweredAt == null).OrderBy(r => r.Id)
            .Select(r => new Asked(r.Id, r.PersonId, r.Person.Name, r.Reason, r.AskedAt)).ToListAsync(stop);
        return Page();
    }
}
