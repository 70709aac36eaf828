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
    public string UserName { get; private set; } = "";
    public string? YearGroup { get; private set; }
    public int Sessions { get; private set; }
    public bool SavesDataEverywhere { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var me = await db.Users.Where(a => a.PersonId == viewer.PersonId)
            .Select(a => new { a.UserName, a.Person.YearGroup, a.Person.SavesData, Sessions = db.SignInSessions.Count(s => s.PersonId == viewer.PersonId && s.EndsAt > viewer.Now) })
            .SingleAsync(stop);
        (UserName, YearGroup, Sessions, SavesDataEverywhere) = (me.UserName!, me.YearGroup, me.Sessions, me.SavesData);
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
