using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Classes;

/// <summary>Everybody who belongs to a class, and who asks to.</summary>
[Row("R10")]
public sealed class ClassPeoplePage(ClassHubDb db, Viewer viewer, ManagePeople people) : PageModel
{
    public sealed record Pupil(int Id, string Forename, string Surname, string? YearGroup, string? UserName, bool HasPassword, bool MustChange,
        DateTimeOffset? LastSignInAt, bool IsGuessedAt)
    {
        public string Name => ClassHub.People.Person.FullName(Forename, Surname);
    }
    public sealed record Teacher(int Id, string Name, string? Title, bool IsFirst);
    public sealed record Group(int Id, string Name, IReadOnlyList<int> PupilIds);
    public sealed record Asking(int Id, string Name, bool IsKnown, DateTimeOffset AskedAt);

    public MyClass Class => viewer.Me;
    public bool MayChangeTeachers => viewer.MayChangeTeachers();
    public ClassHead Head { get; private set; } = null!;
    public IReadOnlyList<Pupil> Pupils { get; private set; } = [];
    public IReadOnlyList<Teacher> Teachers { get; private set; } = [];
    public IReadOnlyList<Group> Groups { get; private set; } = [];
    public IReadOnlyList<Asking> Requests { get; private set; } = [];
    public int OpenCodes { get; private set; }

    public string GroupsOf(int pupilId) => string.Join(", ", Groups.Where(g => g.PupilIds.Contains(pupilId)).Select(g => g.Name));

    public async Task<IActionResult> OnGetAsync(int classId, CancellationToken stop)
    {
        if (!viewer.Me.MayManagePeople()) return Forbid();

        var yesterday = viewer.Now.AddDays(-1);
        Pupils = await db.Memberships.Where(m => m.ClassId == classId && !m.IsTeacher && m.Person.DisabledAt == null)
            .OrderBy(m => m.Person.SortName).ThenBy(m => m.PersonId)
            .SelectMany(m => db.Users.Where(a => a.PersonId == m.PersonId).DefaultIfEmpty(), (m, a) =>
                new Pupil(m.PersonId, m.Person.Forename, m.Person.Surname, m.Person.YearGroup, a!.UserName, a != null && a.PasswordHash != null, a != null
                    && a.MustChangePassword, a!.LastSignInAt,
                    db.SignInThrottles.Any(t => t.AccountId == a!.Id && t.Misses >= 10 && t.DayBeganAt > yesterday)))
            .ToListAsync(stop);
        Teachers = await db.Memberships.Where(m => m.ClassId == classId && m.IsTeacher && m.Person.DisabledAt == null).OrderByDescending(m => m.IsFirst).ThenBy(m => m.PersonId)
            .Select(m => new Teacher(m.PersonId, m.Person.Name, m.Person.Title, m.IsFirst)).ToListAsync(stop);
        Groups = await ReadGroupsAsync(classId, stop);
        Requests = await db.JoinRequests.Where(r => r.ClassId == classId && r.DecidedAt == null).OrderBy(r => r.Id)
            .Select(r => new Asking(r.Id, (r.Forename + " " + r.Surname).Trim(), r.PersonId != null, r.AskedAt)).ToListAsync(stop);
        OpenCodes = await db.JoinCodes.CountAsync(c => c.ClassId == classId && c.ExpiresAt > viewer.Now, stop);
        Head = new(Class, Pupils.Count, 0, [.. Teachers.Select(t => t.Name)]);
        return Page();
    }

    /// <summary>Somebody guesses at the password of a pupil, who waits before the door.</summary>
    [Row("R101")]
    public async Task<IActionResult> OnPostLetInAsync(int classId, int personId, CancellationToken stop)
    {
        if (!viewer.Me.MayManagePeople()) return Forbid();
        var pupil = await db.Memberships.Where(m => m.ClassId == classId && m.PersonId == personId && !m.IsTeacher).Select(m =>
            m.Person.Name).SingleOrDefaultAsync(stop);
        if (pupil is null) return NotFound();
        if (await this.TryAsync("", () => people.LetInAsync(personId, viewer.PersonId, stop)))
            this.Say($"For {SignInThrottle.OpenFor.TotalMinutes:0} minutes nobody's guesses keep {pupil} out. They can sign in now.");
        else this.Say($"{pupil} has no sign-in. Make a sign-in sheet first.");
        return RedirectToPage(new { classId });
    }

    private async Task<IReadOnlyList<Group>> ReadGroupsAsync(int classId, CancellationToken stop)
    {
        var groups = await db.GroupsOfAsync(classId, stop);
        var members = await db.PupilGroupMembers.Where(m => m.Group.ClassId == classId).OrderBy(m => m.GroupId).Select(m => new { m.GroupId, m.PersonId }).ToListAsync(stop);
        return [.. groups.Select(g => new Group(g.Id, g.Name, [.. members.Where(m => m.GroupId == g.Id).Select(m => m.PersonId)]))];
    }
}
