using System.IO.Compression;
using System.Text;
using ClassHub.Database;
using ClassHub.Rosters;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Rosters;

/// <summary>What the office does with roster files, in few words.</summary>
internal sealed class RosterOffice(TestSchool school)
{
    private PreviewRoster Preview(ClassHubDb db) => new(db, school.Files);

    public Task<int> TakeAsync(string sheet) => TakeAsync(Encoding.UTF8.GetBytes(sheet), "pupils.csv");

    public Task<int> TakeAsync(byte[] bytes, string name) => new TakeRoster(school.Db(), school.Files, school.SchoolClock).FromFileAsync(new MemoryStream(bytes), name, school.Hart.Id, Stop);

    public async Task<RosterPlan> PlanAsync(int id) => (await Preview(school.Db()).RunAsync(id, Stop))!;

    public async Task<RosterPlan> PlanAsync(string sheet) => await PlanAsync(await TakeAsync(sheet));

    public async Task ApplyAsync(int id, RosterTicks? ticks = null, string? hash = null)
    {
        var db = school.Db();
        await new ApplyRoster(db, Preview(db), school.Clock).RunAsync(id, hash ?? (await PlanAsync(id)).Hash, ticks ?? RosterTicks.None, school.Hart.Id, Stop);
    }

    public async Task<int> ApplyAsync(string sheet, RosterTicks? ticks = null)
    {
        var id = await TakeAsync(sheet);
        await ApplyAsync(id, ticks);
        return id;
    }

    public Task<IReadOnlyList<string>> UndoAsync(int id) => new UndoRoster(school.Db(), school.Clock).RunAsync(id, school.Hart.Id, Stop);

    public static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        return bytes.ToArray();
    }

    /// <summary>Everything a roster can touch, as text: two schools that look alike are alike.</summary>
    public async Task<string> LookAsync()
    {
        await using var db = school.Db();
        var people = await db.People.OrderBy(p => p.Id).Select(p => $"{p.Id} {p.Forename} {p.Surname} {p.Title} {p.Role} {p.IsOffice} {p.SchoolKey} {p.YearGroup} {p.DisabledAt != null}").ToListAsync();
        var accounts = await db.Users.OrderBy(a => a.PersonId).Select(a => $"{a.PersonId} {a.UserName} {a.PasswordHash}").ToListAsync();
        var classes = await db.Classes.OrderBy(c => c.Id).Select(c => $"{c.Id} {c.Name} {c.Subject} {c.SchoolKey} {c.ArchivedAt != null}").ToListAsync();
        var seats = (await db.Memberships.OrderBy(m => m.ClassId).ThenBy(m => m.PersonId).ToListAsync()).Select(m => $"{m.ClassId} {m.PersonId} {m.IsTeacher} {m.IsFirst} {m.JoinedAt:O}");
        var groups = await db.PupilGroupMembers.OrderBy(g => g.GroupId).ThenBy(g => g.PersonId).Select(g => $"{g.GroupId} {g.PersonId}").ToListAsync();
        return string.Join('\n', [.. people, "", .. accounts, "", .. classes, "", .. seats, "", .. groups]);
    }
}
