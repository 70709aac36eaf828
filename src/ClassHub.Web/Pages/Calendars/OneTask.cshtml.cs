using ClassHub.Calendars;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Calendars;

/// <summary>One deadline as a file that a calendar takes in.</summary>
[Row("R22")]
public sealed class OneTaskPage(ClassHubDb db, Viewer viewer, WriteICalendar calendar, SiteAddress site) : PageModel
{
    public async Task<IActionResult> OnGetAsync(int classId, int taskId, CancellationToken stop)
    {
        var entries = await db.EntriesAsync(viewer, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue.AddDays(-2), stop, only: taskId);
        if (entries.FirstOrDefault(e => e.IsDue && e.ClassId == classId && (e.For is null || e.ForNumber == viewer.WorkOf)) is not { } due) return NotFound();
        var text = calendar.Write(await db.Schools.AsNoTracking().SingleAsync(stop), [due], [], site.For(Request));
        return File(System.Text.Encoding.UTF8.GetBytes(text), "text/calendar; charset=utf-8", "deadline.ics");
    }
}
