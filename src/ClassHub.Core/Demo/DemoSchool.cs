using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Notifications;
using ClassHub.People;
using ClassHub.Rosters;
using ClassHub.School;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Demo;

/// <summary>Fills an empty database with Harbour Lane Primary: the roster import and the verbs of a user do the work, on the days on which it would have been done. All of it in one transaction, so that a start that was broken off leaves nothing behind.</summary>
public sealed class DemoSchool(ClassHubDb db, IPasswordHasher<Account> hasher, IFileStore store, FileLimits limits, TimeProvider realClock)
{
    public const string Password = "classhub-demo";
    private const string Maple = "5 Maple · Maths";

    /// <param name="folder">Rosters, posts and files as they lie under demo/.</param>
    /// <returns>False when there is a school already; it is left alone.</returns>
    public async Task<bool> FillAsync(string folder, CancellationToken stop)
    {
        if (await IsThereAsync(stop)) return false;
        var now = realClock.GetUtcNow();
        return await db.WriteAsync(async () =>
        {
            if (await IsThereAsync(stop)) return false;
            var school = new SchoolProfile("Harbour Lane Primary", "Europe/London", SchoolDays.MondayToFriday, new(8, 30), now);
            var clock = new DemoClock { At = now };
            var schoolClock = new SchoolClock(clock, SchoolCalendar.Of(school, []));
            var days = new DemoDays(schoolClock, now);
            clock.At = days.Moment("-12 09:00");
            await SetUpAsync(clock, schoolClock, folder, stop);
            await GroupsAsync(stop);
            db.ChangeTracker.Clear();

            var weeks = new DemoWeeks(db, schoolClock, clock, days, now);
            var verbs = new DemoVerbs(db, store, limits, clock, schoolClock, Path.Combine(folder, "files"));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "classes"), "*.md").Order(StringComparer.Ordinal))
                await weeks.PlanAsync(DemoPages.Read(await File.ReadAllTextAsync(file, stop)), verbs, stop);
            weeks.Add(days.Moment("-1 07:30"), EverybodyReadsNewsAsync(clock, stop));
            weeks.Add(days.Moment("-1 12:20"), AskToJoinAsync(clock, stop));
            await weeks.LiveAsync(stop);
            return true;
        }, stop);
    }

    private async Task<bool> IsThereAsync(CancellationToken stop) => await db.Schools.AnyAsync(stop) || await db.People.AnyAsync(stop);

    private async Task SetUpAsync(DemoClock clock, SchoolClock schoolClock, string folder, CancellationToken stop)
    {
        var holiday = schoolClock.Today.AddDays(70);
        await new SetUpSchool(db, hasher, clock).RunAsync(new SchoolProfile("Harbour Lane Primary", "Europe/London", SchoolDays.MondayToFriday, new(8, 30), clock.At),
            [new Holiday("Half-term", holiday.AddDays(1 - (int)holiday.DayOfWeek), holiday.AddDays(5 - (int)holiday.DayOfWeek))], "Lena", "Hart", "Ms", "admin", Password, stop);
        var year = DateOnly.FromDateTime(clock.At.UtcDateTime) is { Month: >= 8 } autumn ? autumn.Year : clock.At.Year - 1;
        await new ChangeTimetable(db, clock).RunAsync(
            [
                new LessonSlot("Period 1", new(9, 0), new(9, 50)), new LessonSlot("Period 2", new(9, 50), new(10, 40)), new LessonSlot("Period 3", new(11, 0), new(11, 50)),
                new LessonSlot("Before lunch", new(11, 50), new(12, 30)), new LessonSlot("After lunch", new(13, 20), new(14, 10)), new LessonSlot("Last lesson", new(14, 10), new(15, 0)),
            ],
            [new Term("Autumn term", new(year, 9, 3), new(year, 12, 18)), new Term("Spring term", new(year + 1, 1, 4), new(year + 1, 3, 26)), new Term("Summer term", new(year + 1, 4, 12), new(year + 1, 7, 21))],
            plannedHours: 4, (await db.People.SingleAsync(p => p.IsOffice, stop)).Id, stop);
        var office = await db.Users.Include(a => a.Person).SingleAsync(stop);
        var lena = office.Person;
        // The roster knows her by the school's own id.
        await new ManagePeople(db, clock).ChangeAsync(lena.Id, lena.Forename, lena.Surname, lena.Title, null, "st-hart", null, isOffice: true, lena.Id, stop);

        clock.At += TimeSpan.FromMinutes(20);
        var preview = new PreviewRoster(db, store);
        var import = await new TakeRoster(db, store, schoolClock).FromFolderAsync(Directory.EnumerateFiles(Path.Combine(folder, "roster", "oneroster")), "oneroster", lena.Id, stop);
        var plan = await preview.RunAsync(import, stop) ?? throw new InvalidOperationException("The demo roster cannot be read.");
        await new ApplyRoster(db, preview, clock).RunAsync(import, plan.Hash, RosterTicks.None, lena.Id, stop);

        // One hash for all: making one costs 50 ms, and everybody knows this password anyway.
        foreach (var account in await db.Users.Where(a => a.PasswordHash == null).OrderBy(a => a.Id).ToListAsync(stop)) account.TakePassword(office.PasswordHash!, once: false);
        await db.SaveChangesAsync(stop);
    }

    private async Task GroupsAsync(CancellationToken stop)
    {
        var maple = await DemoClass.ReadAsync(db, Maple, stop);
        foreach (var (name, first) in new[] { ("Otters", 0), ("Kites", 1) })
        {
            var group = db.PupilGroups.Add(new PupilGroup(maple.ClassId, name)).Entity;
            await db.SaveChangesAsync(stop);
            db.PupilGroupMembers.AddRange(maple.Pupils.Where((_, place) => place % 5 == first).Select(id => new PupilGroupMember(group.Id, id)));
        }
        await db.SaveChangesAsync(stop);
    }

    private Func<Task> EverybodyReadsNewsAsync(DemoClock clock, CancellationToken stop) => async () =>
    {
        foreach (var id in await db.Notifications.Select(n => n.RecipientId).Distinct().OrderBy(id => id).ToListAsync(stop)) await db.SeeNewsAsync(id, clock.At, stop);
    };

    private Func<Task> AskToJoinAsync(DemoClock clock, CancellationToken stop) => async () =>
    {
        var maple = await DemoClass.ReadAsync(db, Maple, stop);
        var asked = db.JoinRequests.Add(new JoinRequest(maple.ClassId, null, "Tomasz", "Zieliński", clock.At)).Entity;
        await db.SaveChangesAsync(stop);
        await db.NotifyAsync(maple.Teachers, NotificationKind.JoinAsked, asked.Id, 0, maple.ClassId, clock.At, stop);
    };
}
