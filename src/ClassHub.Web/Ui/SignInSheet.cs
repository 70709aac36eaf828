using ClassHub.Database;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Ui;

/// <summary>Usernames and one-time passwords on paper, to cut apart. Made and shown in the same answer, never again.</summary>
/// <param name="Group">The class, when the sheet is for one.</param>
public sealed record SignInSheet(string School, string? Group, string Site, string BackTo, string BackWords, IReadOnlyList<SignInSheet.Slip> Slips)
{
    /// <summary>Hashing takes its time: no more at once.</summary>
    public const int Most = 60;

    public sealed record Slip(string Name, string UserName, string Password);

    /// <summary>Makes the passwords and reads who they are for, in the order of a class list.</summary>
    public static async Task<IReadOnlyList<Slip>> MakeAsync(ClassHubDb db, Passwords passwords, IReadOnlyCollection<int> personIds, int byPersonId, CancellationToken stop)
    {
        var made = await passwords.MakeAsync(personIds, byPersonId, stop);
        var names = await db.Users.AsNoTracking().Where(a => personIds.Contains(a.PersonId)).OrderBy(a => a.Person.SortName).ThenBy(a => a.PersonId).Take(Most)
            .Select(a => new { a.PersonId, a.Person.Name, a.UserName }).ToListAsync(stop);
        return [.. names.Select(n => new Slip(n.Name, n.UserName!, made[n.PersonId]))];
    }

    /// <summary>Without https://, which nobody types.</summary>
    /// <exception cref="RuleBroken">Nobody set it: asked before a password is made.</exception>
    public static string SiteOf(HttpRequest request) =>
        request.HttpContext.RequestServices.GetRequiredService<SiteAddress>().ForPrinting(request).Replace("https://", "",
        StringComparison.Ordinal).Replace("http://", "", StringComparison.Ordinal);
}
