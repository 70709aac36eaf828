using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Classes;

[Row("R73")]
public sealed class MyClassesPage(ClassHubDb db, Viewer viewer) : PageModel
{
    public sealed record Line(MyClass Class, string Sentence);

    public Viewer Me => viewer;
    public IReadOnlyList<Line> Current { get; private set; } = [];
    public IReadOnlyList<Line> Archived { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var mine = viewer.Classes.Where(c => c.IsTeacher || !c.IsArchived).DistinctBy(c => c.ClassId).ToList();
        int[] ids = [.. mine.Select(c => c.ClassId)];
        var teachers = await db.Memberships.Where(m => ids.Contains(m.ClassId) && m.IsTeacher && m.Person.DisabledAt == null)
            .OrderByDescending(m => m.IsFirst).ThenBy(m => m.PersonId)
            .Select(m => new { m.ClassId, m.Person.Title, m.Person.Forename, m.Person.Surname }).ToListAsync(stop);
        var pupils = !viewer.IsStaff ? [] : await db.Memberships.Where(m => ids.Contains(m.ClassId) && !m.IsTeacher && m.Person.DisabledAt == null)
            .GroupBy(m => m.ClassId).Select(g => new { ClassId = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.ClassId, g => g.Count, stop);

        Line Of(MyClass c)
        {
            var names = string.Join(", ", teachers.Where(t => t.ClassId == c.ClassId).Select(t => Person.CalledBy(!viewer.IsStaff ? t.Title : null, t.Forename, t.Surname)));
            return new(c, !viewer.IsStaff ? names : $"{Ui.Times.Count(pupils.GetValueOrDefault(c.ClassId), "pupil")}. {names}");
        }
        Current = [.. mine.Where(c => !c.IsArchived).Select(Of)];
        Archived = [.. mine.Where(c => c.IsArchived).Select(Of)];
    }
}
