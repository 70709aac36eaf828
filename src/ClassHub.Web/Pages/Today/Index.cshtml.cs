using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Submissions;
using ClassHub.Today;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Today;

/// <summary>The first page: for a pupil what to do now, for staff what needs them.</summary>
[Row("R62"), Versioned]
public sealed class IndexPage(ClassHubDb db, SignedInPerson person, Times times) : PageModel
{
    public Viewer Me => person.Viewer;
    public string Greeting => times.Clock.TimeOf(Me.Now).Hour switch { < 12 => "Good morning", < 17 => "Good afternoon", _ => "Good evening" };
    public string Forename => person.Forename;
    public StaffHome Home { get; private set; } = null!;
    public FamilyHome? Family { get; private set; }

    private IReadOnlyList<PupilTaskRow> tasks = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (Me.IsPupil)
        {
            tasks = await db.OpenTasksAsync(Me.PersonId, Me.Now, stop);
            HttpContext.LooksDifferentAt(PupilWork.NextMoment(tasks, Me.Now));
        }
        else if (Me.IsGuardian) Family = await FamilyHome.ReadAsync(db, Me, stop);
        else if (Me.IsOffice && Me.Teaches.Length == 0) return Redirect("/admin");
        else Home = await StaffHome.ReadAsync(db, person, times, stop);
        return Page();
    }

    /// <summary>Still owed and not closed: what has a deadline first, the soonest before the later ones, then what was asked again. All of it, whatever else there is.</summary>
    public IReadOnlyList<PupilTaskRow> ToDo => [.. tasks.Where(t => Of(t) is { IsOwed: true, MayHandIn: true })
        .OrderBy(t => Of(t).IsAskedAgain).ThenBy(t => Of(t).Due ?? DateTimeOffset.MaxValue).ThenBy(t => t.TaskId)];

    public PupilTaskRow? DoNow => ToDo.Count > 0 ? ToDo[0] : null;
    public IEnumerable<PupilTaskRow> Soon => ToDo.Skip(1);
    public IEnumerable<PupilTaskRow> GivenBack => tasks.Where(t => Of(t).ReturnedAt > Me.Now.AddDays(-7)).OrderByDescending(t => t.ReturnedAt);
    /// <summary>So many of what is done are in sight, the others folded with their number.</summary>
    public const int FewDone = 6;
    public IReadOnlyList<PupilTaskRow> Done => [.. tasks.Where(t => Of(t).IsHandedIn).OrderByDescending(t => Of(t).ReturnedAt ?? t.HandedInAt)];
    /// <summary>Owed, but the door is shut.</summary>
    public IEnumerable<PupilTaskRow> Missed => tasks.Where(t => Of(t) is { IsMissing: true, MayHandIn: false }).OrderByDescending(t => t.DueAt);
    public int DueToday => ToDo.Count(t => Of(t).Due is { } due && times.Clock.DateOf(due) <= times.Today);

    public Standing Of(PupilTaskRow task) => task.Standing(Me.Now);

    public string Summary => ToDo.Count == 0 ? "Nothing to do. Enjoy your day."
        : DueToday > 0 ? $"{Times.Count(DueToday, "thing")} to do today."
        : $"Nothing is due today. {Times.Count(ToDo.Count, "thing")} for later.";
}
