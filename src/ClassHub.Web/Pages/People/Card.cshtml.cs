using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Messages;
using ClassHub.Notifications;
using ClassHub.People;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.People;

/// <summary>What the office keeps of one person: names, sign-in, classes. Nothing about their work.</summary>
[OfficeOnly, Row("R75")]
public sealed class PersonCardPage(ClassHubDb db, Viewer viewer, ManagePeople people, ReachPerson reach) : PageModel
{
    public sealed record View(int Id, string Forename, string Surname, string? Title, Role Role, string? YearGroup, string? SchoolKey, bool IsOffice,
        DateTimeOffset? DisabledAt, string? UserName, bool HasPassword, bool MustChange, DateTimeOffset? LastSignInAt, int Sessions, bool NeedsWords,
        bool SendsUrgent, bool HasEmail, MailTrouble? Trouble, DateTimeOffset? TroubleAt)
    {
        public string Name => ClassHub.People.Person.FullName(Forename, Surname);
    }
    public sealed record ClassLine(int Id, string Name, Subject? Subject, bool IsFirst, bool IsArchived);

    [BindProperty] public PersonForm Person { get; set; } = new();
    [BindProperty] public string? NewAddress { get; set; }
    public View Who { get; private set; } = null!;
    public IReadOnlyList<ClassLine> Classes { get; private set; } = [];
    public bool IsMe => Who.Id == viewer.PersonId;

    [Row("R56")]
    public async Task<IActionResult> OnGetAsync(int personId, CancellationToken stop)
    {
        if (!await ReadAsync(personId, stop)) return NotFound();
        Person = new() { Role = Who.Role, Forename = Who.Forename, Surname = Who.Surname, Title = Who.Title, YearGroup = Who.YearGroup, SchoolKey = Who.SchoolKey, UserName = Who.UserName, IsOffice = Who.IsOffice, NeedsWords = Who.NeedsWords, SendsUrgent = Who.SendsUrgent };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int personId, CancellationToken stop)
    {
        if (!await ReadAsync(personId, stop)) return NotFound();
        Person.Role = Who.Role;
        if (!ModelState.IsValid || !await this.TryAsync("", () => people.ChangeAsync(personId, Person.Forename ?? "", Person.Surname ?? "", Person.Title, Person.YearGroup, Person.SchoolKey, Person.UserName, Person.IsOffice, viewer.PersonId, stop, Person.NeedsWords, Person.SendsUrgent)))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        var (forename, surname) = ClassHub.People.Person.Names(Person.Forename, Person.Surname);
        this.Say($"{ClassHub.People.Person.FullName(forename, surname)} is saved.");
        return RedirectToPage(new { personId });
    }

    [Row("R57")]
    public Task<IActionResult> OnPostDisableAsync(int personId, CancellationToken stop) => DoAsync(personId, () => people.DisableAsync(personId, viewer.PersonId, stop),
        () => this.Say($"{Who.Name} is switched off and signed out everywhere.", $"/admin/people/{personId}?handler=Enable"), stop);

    [Row("R57")]
    public Task<IActionResult> OnPostEnableAsync(int personId, CancellationToken stop) => DoAsync(personId, () => people.EnableAsync(personId, viewer.PersonId, stop),
        () => this.Say($"{Who.Name} can sign in again."), stop);

    [Row("R57")]
    public Task<IActionResult> OnPostSignOutAsync(int personId, CancellationToken stop) => DoAsync(personId, () => people.EndSessionsAsync(personId, viewer.PersonId, stop),
        () => this.Say($"{Who.Name} is signed out on every device."), stop);

    [Row("R57")]
    public Task<IActionResult> OnPostLetInAsync(int personId, CancellationToken stop) => DoAsync(personId, () => people.LetInAsync(personId, viewer.PersonId,
        stop),
        () => this.Say($"For {SignInThrottle.OpenFor.TotalMinutes:0} minutes nobody's guesses keep {Who.Name} out. They can sign in now."), stop);

    [Row("R75")]
    public Task<IActionResult> OnPostMailAgainAsync(int personId, CancellationToken stop) => DoAsync(personId, () => reach.SendAgainAsync(personId, viewer.PersonId, stop),
        () => this.Say($"Sent again. Should it come back, it says so here."), stop);

    [Row("R75")]
    public Task<IActionResult> OnPostMailReturnedAsync(int personId, CancellationToken stop) => DoAsync(personId, () => reach.MarkReturnedAsync(personId, stop),
        () => this.Say($"Noted. The teachers of {Who.Forename}\u2019s children are told, if there are any."), stop);

    [Row("R75")]
    public Task<IActionResult> OnPostAddressAsync(int personId, CancellationToken stop) =>
        DoAsync(personId, () => reach.ChangeAddressAsync(personId, NewAddress, viewer.PersonId, stop),
        () => this.Say("Changed. The new address is written to, and the old one, if there was any, is told."), stop);

    private async Task<IActionResult> DoAsync(int personId, Func<Task> verb, Action say, CancellationToken stop)
    {
        if (!await ReadAsync(personId, stop)) return NotFound();
        ModelState.Clear();                                                  // these buttons send none of the fields
        if (!await this.TryAsync("", verb)) return await OnGetAsync(personId, stop);

        say();
        return RedirectToPage(new { personId });
    }

    private async Task<bool> ReadAsync(int personId, CancellationToken stop)
    {
        var who = await db.People.Where(p => p.Id == personId)
            .SelectMany(p => db.Users.Where(a => a.PersonId == p.Id).DefaultIfEmpty(), (p, a) => new View(p.Id, p.Forename, p.Surname, p.Title, p.Role, p.YearGroup, p.SchoolKey, p.IsOffice, p.DisabledAt,
                a!.UserName, a != null && a.PasswordHash != null, a != null && a.MustChangePassword, a!.LastSignInAt,
                    db.SignInSessions.Count(s => s.PersonId == p.Id && s.EndsAt > viewer.Now), p.NeedsWords, p.SendsUrgent,
                db.MessageSettings.Any(s => s.PersonId == p.Id && s.Email != null), db.MessageSettings.Where(s => s.PersonId == p.Id).Select(s => s.Trouble)
                    .FirstOrDefault(),
                db.MessageSettings.Where(s => s.PersonId == p.Id).Select(s => s.TroubleAt).FirstOrDefault())).SingleOrDefaultAsync(stop);
        if (who is null) return false;
        Who = who;
        Classes = await db.Memberships.Where(m => m.PersonId == personId).OrderBy(m => m.Class.ArchivedAt != null).ThenBy(m => m.Class.Name).ThenBy(m => m.ClassId)
            .Select(m => new ClassLine(m.ClassId, m.Class.Name, m.Class.Subject, m.IsFirst, m.Class.ArchivedAt != null)).ToListAsync(stop);
        return true;
    }
}
