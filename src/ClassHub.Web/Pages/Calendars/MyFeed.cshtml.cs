using ClassHub.Calendars;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Calendars;

/// <summary>A person makes, changes and ends the private address of their calendar.</summary>
[Row("R42")]
public sealed class MyFeedPage(ClassHubDb db, Viewer viewer, SiteAddress site) : PageModel
{
    public string? Address { get; private set; }
    public DateTimeOffset MadeAt { get; private set; }
    /// <summary>"A is Amira": how the dates of several children are told apart there.</summary>
    public IEnumerable<string> Initials => ChildInitials.Of(viewer.Children)
        .Select(i => $"{i.Value} is {viewer.Children.First(c => c.PupilId == i.Key).Forename}");

    public async Task OnGetAsync(CancellationToken stop)
    {
        if (await db.CalendarFeeds.AsNoTracking().SingleOrDefaultAsync(f => f.PersonId == viewer.PersonId, stop) is not { } feed) return;
        (Address, MadeAt) = ($"{site.ForPrinting(Request)}/cal/{feed.Key}.ics", feed.MadeAt);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        await db.MakeCalendarFeedAsync(viewer.PersonId, viewer.Now, stop);
        this.Say("Here is your address. An older one does not work any more.");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEndAsync(CancellationToken stop)
    {
        await db.StopCalendarFeedAsync(viewer.PersonId, stop);
        this.Say("The address is gone. Calendars that used it get nothing any more.");
        return RedirectToPage();
    }
}
