using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Classes;

/// <summary>Every class of the school, for the office.</summary>
[OfficeOnly, Row("R76")]
public sealed class AllClassesPage(ClassHubDb db) : PageModel
{
    private const int PageSize = 50;
    public sealed record Line(int Id, string Name, Subject? Subject, int Pupils, IReadOnlyList<string> Teachers);

    public IReadOnlyList<Line> Classes { get; private set; } = [];
    public bool ShowsArchived { get; private set; }
    public string? Find { get; private set; }
    public int Current { get; private set; }
    public int Archived { get; private set; }
    public bool HasMore { get; private set; }

    public async Task OnGetAsync(bool archived, string? find, int? after, CancellationToken stop)
    {
        (ShowsArchived, Find) = (archived, PlainText.Line(find, 60));
        Current = await db.Classes.CountAsync(c => c.ArchivedAt == null, stop);
        Archived = await db.Classes.CountAsync(c => c.ArchivedAt != null, stop);

        var classes = db.Classes.Where(c => c.ArchivedAt != null == archived);
        if (Find != "") classes = classes.Where(c => c.Name.ToLower().Contains(Find.ToLower()) || c.Name.Contains(Find));
        if (after is { } id && await db.Classes.Where(c => c.Id == id).Select(c => c.Name).SingleOrDefaultAsync(stop) is { } last)
            classes = classes.Where(c => string.Compare(c.Name, last) > 0 || (c.Name == last && c.Id > id));
        var page = await classes.OrderBy(c => c.Name).ThenBy(c => c.Id).Take(PageSize + 1)
            .Select(c => new { c.Id, c.Name, c.Subject, Pupils = db.Memberships.Count(m => m.ClassId == c.Id && !m.IsTeacher && m.Person.DisabledAt == null) }).ToListAsync(stop);
        HasMore = page.Count > PageSize;

        int[] ids = [.. page.Take(PageSize).Select(c => c.Id)];
        var teachers = await db.Memberships.Where(m => ids.Contains(m.ClassId) && m.IsTeacher && m.Person.DisabledAt == null).OrderByDescending(m => m.IsFirst).ThenBy(m => m.PersonId)
            .Select(m => new { m.ClassId, Name = m.Person.Name }).ToListAsync(stop);
        Classes = [.. page.Take(PageSize).Select(c => new Line(c.Id, c.Name, c.Subject, c.Pupils, [.. teachers.Where(t => t.ClassId == c.Id).Select(t => t.Name)]))];
    }
}
