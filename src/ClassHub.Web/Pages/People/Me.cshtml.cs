using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Web.Access;
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

    public async Task OnGetAsync(CancellationToken stop)
    {
        var me = await db.Users.Where(a => a.PersonId == viewer.PersonId)
            .Select(a => new { a.UserName, a.Person.YearGroup, Sessions = db.SignInSessions.Count(s => s.PersonId == viewer.PersonId && s.EndsAt > viewer.Now) })
            .SingleAsync(stop);
        (UserName, YearGroup, Sessions) = (me.UserName!, me.YearGroup, me.Sessions);
    }
}
