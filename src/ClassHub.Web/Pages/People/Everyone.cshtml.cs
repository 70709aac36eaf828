using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.People;

/// <summary>Everybody of the school, for the office: found by name, class and sign-in, fifty at a time.</summary>
[OfficeOnly, Row("R56")]
public sealed class EveryonePage(ClassHubDb db, Viewer viewer) : PageModel
{
    public const int LongestFind = 100;
    private const int PageSize = 50;
    public sealed record Line(int Id, string Forename, string Surname, string? YearGroup, bool IsOffice, bool IsDisabled, string? UserName, bool HasPassword, DateTimeOffset? LastSignInAt, DateTimeOffset? LastUsedAt)
    {
        public string Name => ClassHub.People.Person.FullName(Forename, Surname);
        public DateTimeOffset? SeenAt => LastUsedAt > LastSignInAt || LastSignInAt is null ? LastUsedAt : LastSignInAt;
    }
    public sealed record Counts(int Pupils, int Staff, int Left, int Classes, int NotSeen);
    public sealed record ClassChoice(int Id, string Name, Subject? Subject);

    /// <summary>"pupils", "staff" or "left".</summary>
    [BindProperty(SupportsGet = true)] public string Show { get; set; } = "pupils";
    [BindProperty(SupportsGet = true)] public string? Find { get; set; }
    [BindProperty(SupportsGet = true)] public int? ClassId { get; set; }
    /// <summary>"none" without a password, "away" not seen for a month.</summary>
    [BindProperty(SupportsGet = true, Name = "signIn")] public string? SignInState { get; set; }

    public Counts Numbers { get; private set; } = null!;
    public IReadOnlyList<Line> People { get; private set; } = [];
    public IReadOnlyList<ClassChoice> Classes { get; private set; } = [];
    public ILookup<int, string> ClassesOf { get; private set; } = null!;
    public bool HasMore { get; private set; }
    public bool IsNarrowed => !string.IsNullOrWhiteSpace(Find) || ClassId is not null || !string.IsNullOrEmpty(SignInState);
    public DateTimeOffset AwaySince => viewer.Now - Absence.Long;

    /// <summary>The same search, on another tab or page.</summary>
    public string Address(string show, int? after = null) => "/admin/people" + QueryString.Create(new Dictionary<string, string?>
    {
        ["show"] = show,
        ["find"] = Find,
        ["classId"] = ClassId?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["signIn"] = SignInState,
        ["after"] = after?.ToString(System.Globalization.CultureInfo.InvariantCulture),
    }.Where(p => !string.IsNullOrEmpty(p.Value)));

    public async Task OnGetAsync(int? after, CancellationToken stop)
    {
        var away = Absence.Since(db, viewer.Now);
        Numbers = await db.Schools.Select(s => new Counts(
            db.People.Count(p => p.Role == Role.Pupil && p.DisabledAt == null), db.People.Count(p => p.Role == Role.Staff && p.DisabledAt == null), db.People.Count(p => p.DisabledAt != null),
            db.Classes.Count(c => c.ArchivedAt == null), db.People.Where(p => p.Role == Role.Pupil && p.DisabledAt == null).Count(away))).SingleAsync(stop);
        var classes = await db.Classes.Where(c => c.ArchivedAt == null).Select(c => new ClassChoice(c.Id, c.Name, c.Subject)).ToListAsync(stop);
        Classes = [.. classes.OrderBy(c => c.Name, AsCounted.Order).ThenBy(c => c.Id)];

        var found = await Wanted(away).PageAfter(after is { } id ? await db.People.Where(p => p.Id == id).SingleOrDefaultAsync(stop) : null).Take(PageSize + 1)
            .SelectMany(p => db.Users.Where(a => a.PersonId == p.Id).DefaultIfEmpty(), (p, a) => new Line(p.Id, p.Forename, p.Surname, p.YearGroup, p.IsOffice, p.DisabledAt != null,
                a!.UserName, a != null && a.PasswordHash != null, a!.LastSignInAt, db.SignInSessions.Where(s => s.PersonId == p.Id).Max(s => (DateTimeOffset?)s.LastUsedAt))).ToListAsync(stop);
        HasMore = found.Count > PageSize;
        People = [.. found.Take(PageSize)];

        int[] ids = [.. People.Select(p => p.Id)];
        var memberships = await db.Memberships.Where(m => ids.Contains(m.PersonId) && m.Class.ArchivedAt == null).OrderBy(m => m.Class.Name).ThenBy(m => m.ClassId)
            .Select(m => new { m.PersonId, m.Class.Name, m.Class.Subject }).ToListAsync(stop);
        ClassesOf = memberships.ToLookup(m => m.PersonId, m => SchoolClass.Called(m.Name, m.Subject));
    }

    private IQueryable<Person> Wanted(System.Linq.Expressions.Expression<Func<Person, bool>> away)
    {
        var people = Show switch
        {
            "left" => db.People.Where(p => p.DisabledAt != null),
            "staff" => db.People.Where(p => p.Role == Role.Staff && p.DisabledAt == null),
            _ => db.People.Where(p => p.Role == Role.Pupil && p.DisabledAt == null),
        };
        if (PlainText.Line(Find, LongestFind) is { Length: > 0 } words)
        {
            var (userName, before) = (Usernames.Normal(words), Usernames.NormalBefore(words));
            var named = people.Named(words).Select(p => p.Id);
            people = people.Where(p => named.Contains(p.Id)
                || db.Users.Any(a => a.PersonId == p.Id && (a.NormalizedUserName == userName || a.NormalizedUserName == before)));
        }
        if (ClassId is { } classId) people = people.Where(p => db.Memberships.Any(m => m.PersonId == p.Id && m.ClassId == classId));
        return SignInState switch
        {
            "none" => people.Where(p => !db.Users.Any(a => a.PersonId == p.Id && a.PasswordHash != null)),
            "away" => people.Where(away),
            _ => people,
        };
    }
}
