using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Messages;
using ClassHub.Posts;
using ClassHub.Web.Ui;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Posts;

/// <summary>What the form offers to choose from.</summary>
public sealed record ComposeView(ComposeForm Form, MyClass Class, IReadOnlyList<ComposeView.Choice> Groups, IReadOnlyList<ComposeView.Choice> Pupils, IReadOnlyList<FileView> Files, IReadOnlyList<MyClass> OtherClasses, FileLimits Limits)
{
    public bool IsNew { get; init; }
    public bool IsOut { get; init; }
    /// <summary>The pupils with work in it whom the teacher was told of, as they would not see it any more.</summary>
    public string? ToldOf { get; init; }
    /// <summary>Nobody but teachers sees it yet, so it can be kept while it is typed.</summary>
    public bool IsDraft { get; init; }
    public ComposeCheck? Check { get; set; }
    public WordsCheck? Words { get; init; }
    public FamilyReach? Families { get; init; }
    public int SetSize { get; init; }
    public string Back { get; init; } = "";
    /// <summary>The groups of the other classes.</summary>
    public ILookup<int, Choice> OtherGroups { get; init; } = Enumerable.Empty<Choice>().ToLookup(_ => 0);

    public sealed record Choice(int Id, string Name);

    public static async Task<ComposeView> ReadAsync(ClassHubDb db, Viewer viewer, ComposeForm form, FileLimits limits, CancellationToken stop)
    {
        var classId = viewer.Me.ClassId;
        Choice[] groups = [.. (await db.GroupsOfAsync(classId, stop)).Select(g => new Choice(g.Id, g.Name))];
        var pupils = await db.Memberships.Where(m => m.ClassId == classId && !m.IsTeacher).OrderBy(m => m.Person.SortName)
            .Select(m => new Choice(m.PersonId, m.Person.Name)).ToListAsync(stop);
        var files = await db.Files.AttachableBy(viewer, db).Where(f => form.Keep.Contains(f.Id)).Select(f => new FileView(f.Id, f.Key, f.Name, f.ContentType, f.Size)).ToListAsync(stop);
        await db.WithRungsAsync(stop, files);
        return new(form, viewer.Me, groups, pupils, [.. files.OrderBy(f => form.Keep.IndexOf(f.Id))], [.. viewer.Classes.Where(c => c.IsTeacher && !c.IsArchived && c.ClassId != classId)], limits)
        {
            OtherGroups = await OtherGroupsAsync(db, viewer, stop),
            Words = await WordsCheck.ReadAsync(db, viewer, form, files, stop),
            Families = await FamilyReach.ReadAsync(db, classId, stop),
        };
    }

    private static async Task<ILookup<int, Choice>> OtherGroupsAsync(ClassHubDb db, Viewer viewer, CancellationToken stop)
    {
        var (teaches, here) = (viewer.Teaches, viewer.Me.ClassId);
        var groups = await db.PupilGroups.Where(g => teaches.Contains(g.ClassId) && g.ClassId != here)
            .OrderBy(g => g.Name).ThenBy(g => g.Id).Select(g => new { g.ClassId, g.Id, g.Name }).ToListAsync(stop);
        return groups.ToLookup(g => g.ClassId, g => new Choice(g.Id, g.Name));
    }
}
