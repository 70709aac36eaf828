using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Posts;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Classes;

/// <summary>One group of pupils: a new one, or the one in the address.</summary>
[Row("R66")]
public sealed class GroupsPage(ClassHubDb db, Viewer viewer, ManageGroups groups, RemoveGroup removing) : PageModel
{
    public sealed record Pupil(int Id, string Name);

    [BindProperty(SupportsGet = true)] public int? GroupId { get; set; }
    [BindProperty] public string? GroupName { get; set; }
    [BindProperty] public List<int> PupilIds { get; set; } = [];

    public MyClass Class => viewer.Me;
    public IReadOnlyList<Pupil> Pupils { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int classId, CancellationToken stop)
    {
        if (!viewer.Me.MayManagePeople()) return Forbid();
        if (GroupId is { } id)
        {
            if (await NameAsync(classId, id, stop) is not { } name) return NotFound();
            GroupName = name;
            PupilIds = await db.PupilGroupMembers.Where(m => m.GroupId == id).Select(m => m.PersonId).ToListAsync(stop);
        }
        return await ShowAsync(classId, stop);
    }

    public async Task<IActionResult> OnPostAsync(int classId, CancellationToken stop)
    {
        if (!viewer.Me.MayManagePeople()) return Forbid();
        if (GroupId is { } id && await NameAsync(classId, id, stop) is null) return NotFound();
        if (!await this.TryAsync(nameof(GroupName), () => GroupId is { } one ? groups.ChangeAsync(classId, one, GroupName, PupilIds, stop) : groups.MakeAsync(classId, GroupName, PupilIds, stop)))
            return await ShowAsync(classId, stop);

        this.Say($"{PlainText.Line(GroupName, 40)} is saved.");
        return Redirect($"/classes/{classId}/people");
    }

    public async Task<IActionResult> OnPostRemoveAsync(int classId, CancellationToken stop)
    {
        if (!viewer.Me.MayManagePeople()) return Forbid();
        if (GroupId is not { } id || await NameAsync(classId, id, stop) is not { } name) return NotFound();
        (string Name, IReadOnlyList<int> PupilIds)? gone = null;
        if (!await this.TryAsync(nameof(GroupName), async () => gone = await removing.RunAsync(classId, id, stop))) return await ShowAsync(classId, stop);

        var again = gone is null ? "" : string.Concat(gone.Value.PupilIds.Select(p => $"&PupilIds={p}"));
        this.Say($"The group {name} is gone. Its pupils stay in the class.", $"/classes/{classId}/groups?GroupName={Uri.EscapeDataString(name)}{again}");
        return Redirect($"/classes/{classId}/people");
    }

    private Task<string?> NameAsync(int classId, int groupId, CancellationToken stop) =>
        db.PupilGroups.Where(g => g.Id == groupId && g.ClassId == classId).Select(g => g.Name).SingleOrDefaultAsync(stop);

    private async Task<IActionResult> ShowAsync(int classId, CancellationToken stop)
    {
        Pupils = await db.Memberships.Where(m => m.ClassId == classId && !m.IsTeacher && m.Person.DisabledAt == null)
            .OrderBy(m => m.Person.SortName).ThenBy(m => m.PersonId)
            .Select(m => new Pupil(m.PersonId, m.Person.Name)).ToListAsync(stop);
        return Page();
    }
}
