using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Joining;
using ClassHub.People;
using ClassHub.Tasks;
using ClassHub.Web.Access;
using ClassHub.Web.Startup;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Classes;

/// <summary>One person asks to join; a teacher says yes or no.</summary>
[Row("R67")]
public sealed class JoinRequestPage(ClassHubDb db, Viewer viewer, AnswerJoinRequest answer, Arrange arrange, CurrentSchool school) : PageModel
{
    public sealed record View(int Id, string Forename, string Surname, int? PersonId, DateTimeOffset AskedAt, DateTimeOffset? DecidedAt, bool IsAdmitted)
    {
        public string Name => ClassHub.People.Person.FullName(Forename, Surname);
    }
    public sealed record Known(int Id, string Name, string? YearGroup, string? UserName);

    public MyClass Class => viewer.Me;
    public View Asked { get; private set; } = null!;
    public IReadOnlyList<Known> SameName { get; private set; } = [];
    /// <summary>Shown once, to the teacher who admitted a newcomer.</summary>
    public SignInSheet? Sheet { get; private set; }

    public async Task<IActionResult> OnGetAsync(int classId, int requestId, CancellationToken stop) => await RefusalAsync(classId, requestId, stop) ?? await ShowAsync(stop);

    public async Task<IActionResult> OnPostAsync(int classId, int requestId, int? asPupilId, bool fresh, CancellationToken stop)
    {
        if (await RefusalAsync(classId, requestId, stop) is { } no) return no;
        var site = SignInSheet.SiteOf(Request);
        NewSignIn? newcomer = null;
        if (!await this.TryAsync("", async () =>
        {
            newcomer = await answer.AdmitAsync(classId, requestId, asPupilId, viewer.PersonId, stop);
            if (fresh && (newcomer?.PersonId ?? Asked.PersonId ?? asPupilId) is { } pupil) await arrange.StartFreshAsync(classId, pupil, viewer.PersonId, stop);
        })) return await ShowAsync(stop);
        if (newcomer is { } made)
        {
            Sheet = new(school.Calendar.SchoolName, Class.FullName, site, $"/classes/{classId}/people", "Back to the people of the class", [new(made.Name,
                made.UserName, made.Password)]);
            return Page();
        }
        this.Say($"{Asked.Name} is in {Class.FullName} now.");
        return Redirect($"/classes/{classId}/people");
    }

    public async Task<IActionResult> OnPostRefuseAsync(int classId, int requestId, CancellationToken stop)
    {
        if (await RefusalAsync(classId, requestId, stop) is { } no) return no;
        if (!await this.TryAsync("", () => answer.RefuseAsync(classId, requestId, viewer.PersonId, stop))) return await ShowAsync(stop);

        this.Say($"{Asked.Name} was not let in.");
        return Redirect($"/classes/{classId}/people");
    }

    private async Task<IActionResult?> RefusalAsync(int classId, int requestId, CancellationToken stop)
    {
        if (!viewer.Me.MayManagePeople()) return Forbid();
        var asked = await db.JoinRequests.Where(r => r.Id == requestId && r.ClassId == classId)
            .Select(r => new View(r.Id, r.Forename, r.Surname, r.PersonId, r.AskedAt, r.DecidedAt, r.IsAdmitted)).SingleOrDefaultAsync(stop);
        if (asked is null) return NotFound();
        Asked = asked;
        return null;
    }

    /// <summary>Someone who asked without signing in may be a pupil of the school: the teacher can say so, and no second person is made.</summary>
    private async Task<IActionResult> ShowAsync(CancellationToken stop)
    {
        var called = Fold.ForOrder(Asked.Surname, Asked.Forename);
        if (Asked is { PersonId: null, DecidedAt: null })
            SameName = await db.People.Where(p => p.Role == Role.Pupil && p.DisabledAt == null && p.SortName == called)
                .OrderBy(p => p.Id).Take(10)
                .Select(p => new Known(p.Id, p.Name, p.YearGroup,
                    db.Users.Where(a => a.PersonId == p.Id).Select(a => a.UserName).FirstOrDefault())).ToListAsync(stop);
        return Page();
    }
}
