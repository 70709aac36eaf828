using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Device;

/// <summary>What waits on this device, what was sent from it, and what it can keep for when there is no connection.</summary>
[Row("R81")]
public sealed class OnDevicePage(ClassHubDb db, Viewer viewer, SignedInPerson person) : PageModel
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);
    /// <summary>About what a page weighs on the line.</summary>
    private const long PageBytes = 6_000;
    private const int Most = 100;

    /// <summary>One address and what fetching it costs.</summary>
    public sealed record Piece(string Address, long Bytes);

    public bool IsShared => person.IsShared;
    public int Tasks { get; private set; }
    public IReadOnlyList<Piece> ToKeep { get; private set; } = [];
    public long Bytes => ToKeep.Sum(p => p.Bytes);

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!viewer.IsPupil) return Forbid();
        var (me, from, until) = (viewer.PersonId, viewer.Now, viewer.Now + Soon);
        var tasks = await db.Tasks.VisibleTo(viewer, db)
            .Where(t => t.DueAt >= from && t.DueAt <= until || db.Arrangements.Any(a => a.TaskId == t.Id && a.PupilId == me && a.DueAt >= from && a.DueAt <= until))
            .OrderBy(t => t.DueAt).Take(Most)
            .Select(t => new { t.Id, t.ClassId, Files = t.Post.Files.Select(f => new { f.File.Id, f.File.Key, f.File.Size }).ToList() }).ToListAsync(stop);
        Tasks = tasks.Count;
        var rungs = await db.RungsOfAsync([.. tasks.SelectMany(t => t.Files).Select(f => f.Id).Distinct()], stop);
        ToKeep = [.. tasks.Select(t => new Piece($"/classes/{t.ClassId}/tasks/{t.Id}", PageBytes)),
            .. tasks.SelectMany(t => t.Files).DistinctBy(f => f.Id).SelectMany(f => rungs[f.Id].ToKeep() is { Count: > 0 } small ? small.Select(r => new Piece($"/files/{r.Key}", r.Size)) : [new Piece($"/files/{f.Key}", f.Size)])];
        return Page();
    }
}
