using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.People;

[Row("R05")]
public sealed class SessionsPage(ClassHubDb db, SignedInPerson me) : PageModel
{
    public sealed record View(int Id, string Device, DateTimeOffset LastUsedAt, bool IsShared, bool IsThis);

    public IReadOnlyList<View> Sessions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var all = await db.SignInSessions.Where(s => s.PersonId == me.Viewer.PersonId && s.EndsAt > me.Viewer.Now).OrderByDescending(s => s.LastUsedAt)
            .Select(s => new { s.Id, s.Device, s.LastUsedAt, s.IsShared, s.IdleMinutes, s.EndsAt }).ToListAsync(stop);
        Sessions = [.. all.Where(s => !ClassHub.People.SignInSession.IsOver(s.LastUsedAt, s.IdleMinutes, s.EndsAt, me.Viewer.Now))
            .Select(s => new View(s.Id, s.Device, s.LastUsedAt, s.IsShared, s.Id == me.SessionId)).OrderByDescending(s => s.IsThis)];
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken stop)
    {
        var ended = await db.WriteAsync(() => db.SignInSessions.Where(s => s.Id == id && s.PersonId == me.Viewer.PersonId).ExecuteDeleteAsync(stop), stop);
        if (ended == 0) return NotFound();
        this.Say("That device is signed out.");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostOthersAsync(CancellationToken stop)
    {
        await db.WriteAsync(() => db.SignInSessions.Where(s => s.PersonId == me.Viewer.PersonId && s.Id != me.SessionId).ExecuteDeleteAsync(stop), stop);
        this.Say("All other devices are signed out.");
        return RedirectToPage();
    }
}
