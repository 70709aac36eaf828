using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Classes;

/// <summary>Who teaches a class. Decided by its first teacher or the office.</summary>
[Row("R13")]
public sealed class ClassStaffPage(ClassHubDb db, Viewer viewer, ManageClasses classes) : PageModel
{
    public sealed record Teacher(int Id, string Name, bool IsFirst, bool IsHere);

    public MyClass Class => viewer.Me;
    public IReadOnlyList<Teacher> Here { get; private set; } = [];
    public IReadOnlyList<Teacher> Others { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int classId, CancellationToken stop) => viewer.MayChangeTeachers() ? await ShowAsync(classId, stop) : Forbid();

    public Task<IActionResult> OnPostAsync(int classId, int personId, CancellationToken stop) =>
        DoAsync(classId, personId, () => classes.AddAsync(classId, personId, asTeacher: true, stop), name => this.Say($"{name} teaches {Class.FullName} now."), stop);

    public Task<IActionResult> OnPostRemoveAsync(int classId, int personId, CancellationToken stop) =>
        DoAsync(classId, personId, () => classes.RemoveTeacherAsync(classId, personId, stop),
            name => this.Say($"{name} no longer teaches {Class.FullName}.", $"/classes/{classId}/staff?personId={personId}"), stop);

    public Task<IActionResult> OnPostFirstAsync(int classId, int personId, CancellationToken stop) =>
        DoAsync(classId, personId, () => classes.MakeFirstAsync(classId, personId, stop), name => this.Say($"{name} is the first teacher of {Class.FullName} now."), stop);

    private async Task<IActionResult> DoAsync(int classId, int personId, Func<Task> verb, Action<string> say, CancellationToken stop)
    {
        if (!viewer.MayChangeTeachers()) return Forbid();
        if (await db.People.Where(p => p.Id == personId && p.Role == Role.Staff).Select(p => p.Forename + " " + p.Surname).SingleOrDefaultAsync(stop) is not { } name) return NotFound();
        if (!await this.TryAsync("", verb)) return await ShowAsync(classId, stop);

        say(name);
        // A first teacher who handed the class on may no longer open this page.
        return Redirect(viewer.IsOffice || personId == viewer.PersonId ? $"/classes/{classId}/staff" : $"/classes/{classId}/people");
    }

    private async Task<IActionResult> ShowAsync(int classId, CancellationToken stop)
    {
        var staff = await db.People.Where(p => p.Role == Role.Staff && p.DisabledAt == null).OrderBy(p => p.Surname).ThenBy(p => p.Forename).ThenBy(p => p.Id).Take(1000)
            .Select(p => new Teacher(p.Id, p.Forename + " " + p.Surname,
                db.Memberships.Any(m => m.ClassId == classId && m.PersonId == p.Id && m.IsFirst), db.Memberships.Any(m => m.ClassId == classId && m.PersonId == p.Id))).ToListAsync(stop);
        Here = [.. staff.Where(t => t.IsHere).OrderByDescending(t => t.IsFirst)];
        Others = [.. staff.Where(t => !t.IsHere)];
        return Page();
    }
}
