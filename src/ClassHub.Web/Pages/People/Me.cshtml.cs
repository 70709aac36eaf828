using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.People;

[Row("R04")]
public sealed class MePage(ClassHubDb db, Viewer viewer) : PageModel
{
    public Viewer Me => viewer;
    /// <summary>None for who comes in by a link.</summary>
    public string? UserName { get; private set; }
    public bool SendsUrgent { get; private set; }
    public sealed record LinkLine(int Id, string Forename);
    public IReadOnlyList<LinkLine> Links { get; private set; } = [];
    public string? YearGroup { get; private set; }
    public int Sessions { get; private set; }
    public bool SavesDataEverywhere { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var me = await db.People.Where(p => p.Id == viewer.PersonId)
            .Select(p => new { UserName = db.Users.Where(a => a.PersonId == p.Id).Select(a => a.UserName).FirstOrDefault(), p.YearGroup, p.SavesData, p.SendsUrgent, Sessions = db.SignInSessions.Count(s => s.PersonId == viewer.PersonId && s.EndsAt > viewer.Now) })
            .SingleAsync(stop);
        (UserName, YearGroup, Sessions, SavesDataEverywhere, SendsUrgent) = (me.UserName, me.YearGroup, me.Sessions, me.SavesData, me.SendsUrgent);
        if (viewer.IsGuardian) Links = await db.GuardianLinks.Where(l => l.GuardianId == viewer.PersonId && l.AcceptedAt != null && l.EndedAt == null).OrderBy(l => l.Id).Select(l => new LinkLine(l.Id, l.Pupil.Forename)).ToListAsync(stop);
    }

    public async Task<IActionResult> OnPostAsync(bool everywhere, bool here, CancellationToken stop)
    {
        await db.WriteAsync(async () =>
        {
            (await db.People.SingleAsync(p => p.Id == viewer.PersonId, stop)).SaveData(everywhere);
            await db.SaveChangesAsync(stop);
        }, stop);
        HttpContext.SaveDataHere(here);
        this.Say("Saved.");
        return RedirectToPage();
    }
}
